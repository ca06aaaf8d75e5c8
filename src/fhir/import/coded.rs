//! Values with a code or a number in them: codings and quantities.

use super::super::questionnaire::code;
use super::items::{ItemReader, object_span};
use crate::answer::AnswerValue;
use crate::diagnostics::{Diagnostic, find_value, key_span, span_of};
use crate::pack::{Choice, Question, QuestionType, Range};
use crate::printable::Printable;
use jsonc_parser::ast::{Object, ObjectProp, Value};
use rust_decimal::Decimal;

/// What a code stands for, and the field that has it in words.
#[derive(Clone, Copy)]
struct CodeLabels {
    what: &'static str,
    wording: &'static str,
}

const OPTION: CodeLabels = CodeLabels { what: "option", wording: "display" };
const UNIT: CodeLabels = CodeLabels { what: "unit", wording: "unit" };

impl ItemReader<'_> {
    pub(super) fn option(&self, question: &Question, property: &ObjectProp<'_>, path: &str) -> Option<usize> {
        if property.name.as_str() != "valueCoding" {
            return self.report_wrong_type(property, path, "`valueCoding`");
        }
        let object = self.reporter.object(&property.value, path)?;
        let known = ["id", "extension", "system", "version", "code", "display", "userSelected"];
        self.reporter.only(object, |name| known.contains(&name), path);
        self.check_version(object, path);
        self.coded(question, object, path, OPTION)
    }

    pub(super) fn quantity(&self, question: &Question, property: &ObjectProp<'_>, path: &str) -> Option<AnswerValue> {
        if property.name.as_str() != "valueQuantity" {
            return self.report_wrong_type(property, path, "`valueQuantity`");
        }
        let object = self.reporter.object(&property.value, path)?;
        let known = ["id", "extension", "value", "comparator", "unit", "system", "code"];
        self.reporter.only(object, |name| known.contains(&name), path);
        if let Some(comparator) = find_value(object, "comparator") {
            let problem =
                Diagnostic::warning("wrong-type", span_of(comparator), "more or less than an amount is no amount");
            self.reporter.report(problem, &format!("{path}.comparator"), "give the amount itself");
            return None;
        }
        let Some(amount) = find_value(object, "value") else {
            let problem = Diagnostic::warning("no-value", object_span(object), "this quantity has no value");
            self.reporter.report(problem, path, "leave the answer out where there is none");
            return None;
        };
        let QuestionType::Quantity(range, _) = &question.shape else { return None };
        let amount = self.number(amount, range, true, &format!("{path}.value"))?;
        let unit = self.coded(question, object, path, UNIT)?;
        Some(AnswerValue::Quantity { amount, unit })
    }

    /// A number with its digits as written. Zeros at the end are no digits more than the question takes, and a FHIR
    /// `decimal` may have an exponent.
    pub(super) fn number(&self, value: &Value<'_>, range: &Range, is_decimal: bool, path: &str) -> Option<Decimal> {
        let written = if let Value::NumberLit(number) = value { Some(number.value) } else { None };
        let number =
            written.and_then(|text| if is_decimal { decimal(text) } else { Decimal::from_str_exact(text).ok() });
        let Some(mut number) = number else {
            let wanted =
                "a number of at most 28 digits".to_owned() + if is_decimal { "" } else { ", without an exponent," };
            self.reporter.wrong(value, path, &wanted);
            return None;
        };
        if is_decimal && number.scale() > range.decimals && number.normalize().scale() <= range.decimals {
            number.rescale(range.decimals);
        }
        Some(number)
    }

    /// The codes have the version of their pack.
    fn check_version(&self, object: &Object<'_>, path: &str) {
        let Some(value) = find_value(object, "version") else { return };
        let path = format!("{path}.version");
        let Some(version) = self.reporter.text(value, &path) else { return };
        let own = &self.layout.pack.version;
        if version != own {
            let message = format!("the code is of version {}, and this is version {own}", Printable::line(version));
            let problem = Diagnostic::warning("wrong-version", span_of(value), message);
            self.reporter.report(problem, &path, "it is read as a code of this version; look through the answers");
        }
    }

    /// The option or unit with the code in this object.
    fn coded(&self, question: &Question, object: &Object<'_>, path: &str, names: CodeLabels) -> Option<usize> {
        let (pack, what) = (&self.layout.pack, names.what);
        if let Some(system) = find_value(object, "system") {
            let path = format!("{path}.system");
            let url = self.reporter.text(system, &path)?;
            if !self.base.matches(url, |base| base.code_system(pack)) {
                let problem = Diagnostic::warning(
                    "not-offered",
                    span_of(system),
                    format!("the {what} is of another code system"),
                );
                self.reporter.report(problem, &path, &format!("the questionnaire has {}", self.base.code_system(pack)));
                return None;
            }
        }
        let code_path = format!("{path}.code");
        let Some(given) = find_value(object, "code") else {
            let problem = Diagnostic::warning("not-offered", object_span(object), format!("the {what} has no code"));
            self.reporter.report(problem, &code_path, "its wording alone does not say which one it is");
            return None;
        };
        let text = self.reporter.text(given, &code_path)?;
        let choices = question.shape.choices();
        let codes: Vec<String> = choices.iter().map(|choice| code(question, choice)).collect();
        let Some(found) = codes.iter().position(|known| known == text) else {
            let message = format!("there is no {what} `{}`", Printable::line(text));
            let problem = Diagnostic::warning("not-offered", span_of(given), message).path(code_path);
            let problem = problem.hint("`preconsult fhir questionnaire` prints every option");
            self.reporter.sink.report(problem.suggest(text, codes.iter().map(String::as_str)));
            return None;
        };
        self.check_wording(choices, &codes, found, object, path, names);
        Some(found)
    }

    /// The code decides. Words that say something else are told, as one of the two is wrong.
    fn check_wording(
        &self,
        choices: &[Choice],
        codes: &[String],
        found: usize,
        object: &Object<'_>,
        path: &str,
        CodeLabels { what, wording }: CodeLabels,
    ) {
        let Some(property) = object.properties.iter().find(|property| property.name.as_str() == wording) else {
            return;
        };
        let path = format!("{path}.{wording}");
        let Some(text) = self.reporter.text(&property.value, &path) else { return };
        let pack = &self.layout.pack;
        let says = |choice: &Choice| {
            pack.each_language().any(|language| is_same(choice.text.in_language(language).as_str(), text))
        };
        if says(&choices[found]) {
            return;
        }
        let code = &codes[found];
        let message = match choices.iter().position(says) {
            Some(other) => format!("these are the words of `{}`, and the code is `{code}`", codes[other]),
            None => format!("these are not the words of `{code}`"),
        };
        let hint = format!("the code counts: make sure that it is the {what} that was meant");
        self.reporter.report(Diagnostic::warning("other-words", key_span(property), message), &path, &hint);
    }
}

/// Whether two wordings are the same but for spaces and capital letters.
fn is_same(one: &str, other: &str) -> bool {
    let words = |text: &str| text.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>();
    words(one) == words(other)
}

/// A FHIR `decimal`, with its digits as written and its exponent worked in.
fn decimal(text: &str) -> Option<Decimal> {
    let (digits, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let mut number = Decimal::from_str_exact(digits).ok()?;
    let scale = i64::from(number.scale()).checked_sub(exponent.parse().ok()?)?;
    number.set_scale(u32::try_from(scale.max(0)).ok()?).ok()?;
    // No number of 28 digits takes more.
    let zeros = u32::try_from(scale.min(0).unsigned_abs()).ok().filter(|zeros| *zeros <= 28)?;
    (0..zeros).try_fold(number, |number, _| number.checked_mul(Decimal::TEN))
}

#[cfg(test)]
mod tests {
    use super::decimal;

    #[test]
    fn decimals_are_read_exactly() {
        for (text, number) in [
            ("6.5", "6.5"),
            ("72.50", "72.50"),
            ("65e-1", "6.5"),
            ("6.5E+1", "65"),
            ("6.5e2", "650"),
            ("0.0650e2", "6.50"),
            ("-1e0", "-1"),
            ("1e-28", "0.0000000000000000000000000001"),
        ] {
            assert_eq!(decimal(text).map(|number| number.to_string()).as_deref(), Some(number), "{text}");
        }
        for text in ["1e29", "1e-29", "9e28", "1e99999999999999999999", "1e-9223372036854775808", "1e", "e1"] {
            assert_eq!(decimal(text), None, "{text}");
        }
    }
}

//! Values with a code or a number: codings and quantities.

use super::super::questionnaire::code;
use super::items::{ItemReader, object_span};
use crate::answer::AnswerValue;
use crate::diagnostics::{Diagnostic, find_value, key_span, span_of};
use crate::pack::{Choice, Question, QuestionType, Range};
use crate::printable::{Printable, comparison_form};
use jsonc_parser::ast::{Object, ObjectProp, Value};
use rust_decimal::Decimal;

/// The noun for a code in messages, and the name of the field with its display text.
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
        self.reporter.report_unknown_fields(object, |name| known.contains(&name), path);
        self.check_version(object, path);
        self.coded(question, object, path, OPTION)
    }

    pub(super) fn quantity(&self, question: &Question, property: &ObjectProp<'_>, path: &str) -> Option<AnswerValue> {
        if property.name.as_str() != "valueQuantity" {
            return self.report_wrong_type(property, path, "`valueQuantity`");
        }
        let object = self.reporter.object(&property.value, path)?;
        let known = ["id", "extension", "value", "comparator", "unit", "system", "code"];
        self.reporter.report_unknown_fields(object, |name| known.contains(&name), path);
        if let Some(comparator) = find_value(object, "comparator") {
            let problem = Diagnostic::warning("wrong-type", span_of(comparator), "a comparator is not an exact amount");
            self.reporter.report(problem, &format!("{path}.comparator"), "give the exact amount");
            return None;
        }
        let Some(amount) = find_value(object, "value") else {
            let problem = Diagnostic::warning("no-value", object_span(object), "this quantity has no value");
            self.reporter.report(problem, path, "omit the answer if there is none");
            return None;
        };
        let QuestionType::Quantity(range, _) = &question.shape else { return None };
        let amount = self.number(amount, range, true, &format!("{path}.value"))?;
        let unit = self.coded(question, object, path, UNIT)?;
        Some(AnswerValue::Quantity { amount, unit })
    }

    /// Reads a number without losing digits. Trailing zeros do not count as decimals of the question. A FHIR `decimal` may
    /// have an exponent.
    pub(super) fn number(&self, value: &Value<'_>, range: &Range, is_decimal: bool, path: &str) -> Option<Decimal> {
        let literal = if let Value::NumberLit(number) = value { Some(number.value) } else { None };
        let number =
            literal.and_then(|text| if is_decimal { decimal(text) } else { Decimal::from_str_exact(text).ok() });
        let Some(mut number) = number else {
            let expected =
                "a number of at most 28 digits".to_owned() + if is_decimal { "" } else { " without an exponent" };
            self.reporter.report_wrong_value(value, path, &expected);
            return None;
        };
        if is_decimal && number.scale() > range.decimals && number.normalize().scale() <= range.decimals {
            number.rescale(range.decimals);
        }
        Some(number)
    }

    /// Reports a code whose version is not that of the pack.
    fn check_version(&self, object: &Object<'_>, path: &str) {
        let Some(value) = find_value(object, "version") else { return };
        let path = format!("{path}.version");
        let Some(version) = self.reporter.text(value, &path) else { return };
        let pack_version = &self.tree.pack.version;
        if version != pack_version {
            let message =
                format!("the code has version {}, and this is version {pack_version}", Printable::line(version));
            let problem = Diagnostic::warning("wrong-version", span_of(value), message);
            self.reporter.report(problem, &path, "check the answers; it is read as a code of this version");
        }
    }

    /// Returns the index of the option or unit that this object's code names.
    fn coded(&self, question: &Question, object: &Object<'_>, path: &str, labels: CodeLabels) -> Option<usize> {
        let (pack, what) = (&self.tree.pack, labels.what);
        if let Some(system) = find_value(object, "system") {
            let path = format!("{path}.system");
            let url = self.reporter.text(system, &path)?;
            if !self.base.matches(url, |base| base.code_system(pack)) {
                let problem =
                    Diagnostic::warning("not-offered", span_of(system), format!("the {what} has another code system"));
                self.reporter.report(problem, &path, &format!("use the code system {}", self.base.code_system(pack)));
                return None;
            }
        }
        let code_path = format!("{path}.code");
        let Some(value) = find_value(object, "code") else {
            let problem = Diagnostic::warning("not-offered", object_span(object), format!("the {what} has no code"));
            self.reporter.report(problem, &code_path, "add the code; the text alone is ambiguous");
            return None;
        };
        let text = self.reporter.text(value, &code_path)?;
        let choices = question.shape.choices();
        let codes: Vec<String> = choices.iter().map(|choice| code(question, choice)).collect();
        let Some(index) = codes.iter().position(|code| code == text) else {
            let message = format!("there is no {what} `{}`", Printable::line(text));
            let problem = Diagnostic::warning("not-offered", span_of(value), message).path(code_path);
            let problem = problem.hint("`preconsult fhir questionnaire` prints every option");
            self.reporter.sink.report(problem.suggest(text, codes.iter().map(String::as_str)));
            return None;
        };
        self.check_wording(choices, &codes, index, object, path, labels);
        Some(index)
    }

    /// Reports a display text that differs from the code's. The code counts, but one of the two is wrong.
    fn check_wording(
        &self,
        choices: &[Choice],
        codes: &[String],
        index: usize,
        object: &Object<'_>,
        path: &str,
        CodeLabels { what, wording }: CodeLabels,
    ) {
        let Some(property) = object.properties.iter().find(|property| property.name.as_str() == wording) else {
            return;
        };
        let path = format!("{path}.{wording}");
        let Some(text) = self.reporter.text(&property.value, &path) else { return };
        let pack = &self.tree.pack;
        let form = comparison_form(text);
        let has_text = |choice: &Choice| {
            pack.each_language().any(|language| comparison_form(choice.text.in_language(language).as_str()) == form)
        };
        if has_text(&choices[index]) {
            return;
        }
        let code = &codes[index];
        let message = match choices.iter().position(has_text) {
            Some(other) => format!("this is the text of `{}`, and the code is `{code}`", codes[other]),
            None => format!("this is not the text of `{code}`"),
        };
        let hint = format!("the code counts; check that it is the intended {what}");
        self.reporter.report(Diagnostic::warning("other-words", key_span(property), message), &path, &hint);
    }
}

/// Parses a FHIR `decimal`: keeps its digits and applies its exponent.
fn decimal(text: &str) -> Option<Decimal> {
    let (digits, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let mut number = Decimal::from_str_exact(digits).ok()?;
    let scale = i64::from(number.scale()).checked_sub(exponent.parse().ok()?)?;
    number.set_scale(u32::try_from(scale.max(0)).ok()?).ok()?;
    // A `Decimal` has at most 28 digits.
    let zeros = u32::try_from(scale.min(0).unsigned_abs()).ok().filter(|zeros| *zeros <= 28)?;
    (0..zeros).try_fold(number, |number, _| number.checked_mul(Decimal::TEN))
}

#[cfg(test)]
mod tests {
    use super::decimal;

    #[test]
    fn decimals_keep_their_digits() {
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

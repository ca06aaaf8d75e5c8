//! Finds the options that a reply names, in lines and in lists: by number, code or text.

use crate::ask::letters::plain_letters;
use crate::printable::comparison_form;
use std::borrow::Cow;

/// The room for a number in [`OptionList::max_bytes`], in bytes.
const MAX_DIGITS: usize = 32;

/// An option as a reply can name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NamedOption<'o> {
    /// The number in the list.
    pub(super) number: u64,
    /// The code, if it has one.
    pub(super) code: Option<&'o str>,
    /// True if the beginning of the code names it too, as `y` does for `yes`.
    pub(super) code_may_be_cut: bool,
    /// The text.
    pub(super) text: Cow<'o, str>,
}

impl<'o> NamedOption<'o> {
    /// Creates an option without a code.
    pub(super) fn new(number: u64, text: impl Into<Cow<'o, str>>) -> Self {
        Self { number, code: None, code_may_be_cut: false, text: text.into() }
    }
}

/// The reason why a reply names no option.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum NoOption {
    /// No option has this number, code or text.
    Unknown(String),
    /// The texts of these options begin like this.
    Ambiguous(String, Vec<usize>),
}

/// A list of options, prepared for comparison.
pub(super) struct OptionList<'o> {
    options: &'o [NamedOption<'o>],
    /// The texts in the form of [`fold`].
    texts: Vec<String>,
    /// Words that are never the beginning of a text, in the form of [`fold`].
    whole_words: Vec<String>,
    /// The number of words in the longest text.
    max_words: usize,
    /// The maximum length of a reply that can name an option, in bytes. A reply may be a pasted book.
    max_bytes: usize,
}

/// What the characters typed so far name in a list.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Naming {
    /// This option and no other.
    Option(usize),
    /// No option yet: a number that goes on, or the beginning of these texts.
    Unfinished(Vec<usize>),
    Nothing,
}

/// The result of a search: an index, or the reason why there is none.
enum Search {
    Found(usize),
    Several(Vec<usize>),
    Nothing,
}

impl<'o> OptionList<'o> {
    /// Prepares a list. `whole_words`, separated by spaces, are never the beginning of a text: the answer "no" is not the
    /// option "No idea".
    pub(super) fn new(options: &'o [NamedOption<'o>], whole_words: &str) -> Self {
        let texts: Vec<String> = options.iter().map(|option| fold(&option.text)).collect();
        let max_words = texts.iter().map(|text| text.split(' ').count()).max().unwrap_or_default();
        let longest = options.iter().map(|option| option.text.len().max(option.code.map_or(0, str::len))).max();
        // Accents that are typed as characters of their own make a text longer.
        let max_bytes = MAX_DIGITS + 4 * longest.unwrap_or_default();
        let whole_words = whole_words.split(' ').map(fold).collect();
        Self { options, texts, whole_words, max_words, max_bytes }
    }

    /// Returns whether the whole reply is an option's code or text.
    pub(super) fn has(&self, typed: &str) -> bool {
        typed.len() <= self.max_bytes && self.exact(&fold(typed)).is_some()
    }

    /// Returns the index of the option with this code or text.
    fn exact(&self, folded: &str) -> Option<usize> {
        let by_code = self.options.iter().position(|option| option.code == Some(folded));
        by_code.or_else(|| self.texts.iter().position(|text| text == folded))
    }

    /// Returns the index of the option that the whole reply names.
    ///
    /// # Errors
    /// Returns an error if it names none, or the texts of several begin with it.
    pub(super) fn find(&self, typed: &str) -> Result<usize, NoOption> {
        match self.search(typed) {
            Search::Found(index) => Ok(index),
            Search::Several(options) => Err(NoOption::Ambiguous(typed.to_owned(), options)),
            Search::Nothing => Err(NoOption::Unknown(typed.to_owned())),
        }
    }

    /// Returns the indices of the options that a reply names, in its order. Commas, spaces and the words in `and`
    /// separate them, unless an option has these in its text.
    ///
    /// # Errors
    /// Returns an error for the first part that names no option.
    pub(super) fn find_all(&self, typed: &str, and: &str) -> Result<Vec<usize>, NoOption> {
        let typed = typed.trim_matches(is_separator);
        let is_one_word = !typed.is_empty() && !typed.contains(is_separator);
        if is_one_word || self.has(typed) {
            return self.find(typed).map(|index| vec![index]);
        }
        let parts = typed.split(',').map(|part| self.find_words(part, and));
        match parts.collect::<Result<Vec<_>, _>>() {
            Ok(found) => Ok(found.concat()),
            // A comma may also belong to a text.
            Err(_) => self.find_words(typed, and),
        }
    }

    fn find_words(&self, typed: &str, and: &str) -> Result<Vec<usize>, NoOption> {
        let is_and = |word: &str| and.split(' ').any(|and| word.eq_ignore_ascii_case(and));
        let (mut found, mut rest) = (Vec::new(), typed.trim_matches(is_separator));
        while !rest.is_empty() {
            let ends = word_ends(rest, self.max_words);
            // "Face and" is not the beginning of "Face and neck": another option follows.
            let is_complete = |end: &&usize| !rest[..**end].rsplit(is_separator).next().is_some_and(is_and);
            let complete: Vec<usize> = ends.iter().filter(is_complete).copied().collect();
            let (index, end) = match self.longest(rest, &complete) {
                Ok((index, end)) => (Some(index), end),
                Err(_) if is_and(&rest[..ends[0]]) => (None, ends[0]),
                Err(error) => return Err(error),
            };
            found.extend(index);
            rest = rest[end..].trim_start_matches(is_separator);
        }
        Ok(found)
    }

    /// Returns the option that the longest beginning of `rest` names, and where this beginning ends.
    fn longest(&self, rest: &str, ends: &[usize]) -> Result<(usize, usize), NoOption> {
        let mut ambiguous = None;
        for end in ends.iter().rev() {
            match self.search(&rest[..*end]) {
                Search::Found(index) => return Ok((index, *end)),
                Search::Several(options) => ambiguous = ambiguous.or(Some((*end, options))),
                Search::Nothing => {}
            }
        }
        Err(match ambiguous {
            Some((end, options)) => NoOption::Ambiguous(rest[..end].to_owned(), options),
            None => NoOption::Unknown(rest.split(',').next().unwrap_or(rest).trim_end().to_owned()),
        })
    }

    /// Finds an option by its number, its code, its text or the beginning of its text, in this order.
    fn search(&self, typed: &str) -> Search {
        if typed.len() > self.max_bytes {
            return Search::Nothing;
        }
        let by_number =
            parse_list_number(typed).and_then(|number| self.options.iter().position(|option| option.number == number));
        let folded = fold(typed);
        if let Some(index) = by_number.or_else(|| self.exact(&folded)) {
            return Search::Found(index);
        }
        // A number is never the beginning of a text: the "6" of "6 or more" is not option 6.
        let is_number = folded.bytes().all(|byte| byte.is_ascii_digit());
        if is_number || self.whole_words.contains(&folded) {
            return Search::Nothing;
        }
        let fitting = self.beginning_with(&folded);
        match fitting[..] {
            [] => Search::Nothing,
            [index] => Search::Found(index),
            _ => Search::Several(fitting),
        }
    }

    /// Returns the indices of the options whose text begins with this folded text.
    fn beginning_with(&self, folded: &str) -> Vec<usize> {
        let begins = |index: &usize| {
            let NamedOption { code, code_may_be_cut, .. } = self.options[*index];
            self.texts[*index].starts_with(folded)
                || code_may_be_cut && code.is_some_and(|code| code.starts_with(folded))
        };
        (0..self.options.len()).filter(begins).collect()
    }

    /// Returns what a reply names that may not be typed to its end.
    pub(super) fn naming(&self, typed: &str) -> Naming {
        let typed = typed.trim_end();
        match self.search(typed) {
            Search::Found(index) => return Naming::Option(index),
            Search::Several(options) => return Naming::Unfinished(options),
            Search::Nothing if typed.len() > self.max_bytes => return Naming::Nothing,
            Search::Nothing => {}
        }
        let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let folded = fold(typed);
        if is_number(&folded) {
            let goes_on = |option: &NamedOption<'_>| option.number.to_string().starts_with(typed);
            let is_begun = !typed.is_empty() && is_number(typed) && self.options.iter().any(goes_on);
            return if is_begun { Naming::Unfinished(Vec::new()) } else { Naming::Nothing };
        }
        // A whole word, such as "no", may be the beginning of a longer text, such as "none".
        match self.beginning_with(&folded) {
            options if options.is_empty() => Naming::Nothing,
            options => Naming::Unfinished(options),
        }
    }
}

/// Converts the number of a list entry: digits without a leading zero, with or without a point after them.
pub(super) fn parse_list_number(typed: &str) -> Option<u64> {
    let digits = typed.strip_suffix('.').unwrap_or(typed);
    let is_valid = digits.bytes().all(|byte| byte.is_ascii_digit()) && (digits == "0" || !digits.starts_with('0'));
    digits.parse().ok().filter(|_| is_valid)
}

/// Returns whether a character separates words.
fn is_separator(c: char) -> bool {
    c.is_whitespace() || c == ','
}

/// Returns the ends of the first words of a text, at most `count`. There is at least one.
fn word_ends(text: &str, count: usize) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((index, c)) = chars.next() {
        let end = index + c.len_utf8();
        let is_last_of_word = chars.peek().is_none_or(|(_, next)| is_separator(*next));
        if !is_separator(c) && is_last_of_word {
            ends.push(end);
            if ends.len() >= count {
                break;
            }
        }
    }
    ends
}

/// Returns a text in the form for comparison, without accents.
///
/// Commas count as spaces, and punctuation at the beginning and a point at the end are dropped, because people leave these
/// out.
fn fold(text: &str) -> String {
    let letters = plain_letters(&comparison_form(text)).replace(',', " ");
    let letters = letters.trim_start_matches(|c: char| !c.is_alphanumeric());
    let text = letters.split_whitespace().collect::<Vec<_>>().join(" ");
    text.strip_suffix('.').unwrap_or(&text).to_owned()
}

#[cfg(test)]
mod tests {
    use super::{NamedOption, Naming, NoOption, OptionList};

    const TEXTS: [(&str, &str); 10] = [
        ("metal", "Un metal, como el níquel"),
        ("none", "Nada de esto"),
        ("rest", "Other scars"),
        ("face-neck", "Face and neck"),
        ("face", "Face"),
        ("6-plus", "6 or more"),
        ("unsure", "No lo sé"),
        ("arm", "Arms"),
        ("hand", "Hands"),
        ("limb", "Arms, hands or feet"),
    ];

    fn find_all(typed: &str) -> Result<Vec<usize>, NoOption> {
        let option = |(index, (code, text)): (usize, &(&'static str, &'static str))| NamedOption {
            number: index as u64 + 1,
            code: Some(code),
            code_may_be_cut: false,
            text: (*text).into(),
        };
        let options: Vec<NamedOption<'_>> = TEXTS.iter().enumerate().map(option).collect();
        OptionList::new(&options, "no y").find_all(typed, "and y")
    }

    #[test]
    fn a_reply_names_options_by_number_code_and_text() {
        for (typed, expected) in [
            ("11.", None),
            ("2.", Some(vec![1])),
            ("no lo", Some(vec![6])),
            ("No.", None),
            ("face, no", None),
            ("1 2", Some(vec![0, 1])),
            ("1,2 and 3", Some(vec![0, 1, 2])),
            ("1 y 3.", Some(vec![0, 2])),
            ("un metal como el niquel", Some(vec![0])),
            ("UN METAL, COMO EL NÍQUEL, nada", Some(vec![0, 1])),
            ("face", Some(vec![4])),
            ("face and neck", Some(vec![3])),
            ("face and other", Some(vec![4, 2])),
            ("face and neck and face", Some(vec![3, 4])),
            ("face and", Some(vec![4])),
            ("arms, hands", Some(vec![7, 8])),
            ("Arms, hands or feet", Some(vec![9])),
            ("arms, hands or", Some(vec![9])),
            ("6-plus", Some(vec![5])),
            ("6 or more", Some(vec![5])),
            ("6", Some(vec![5])),
            ("11", None),
            ("-1", None),
            ("01", None),
            ("0", None),
            ("1-3", None),
            ("and", None),
            (" , ", Some(vec![])),
        ] {
            assert_eq!(find_all(typed).ok(), expected, "{typed:?}");
        }
    }

    #[test]
    fn every_part_of_a_reply_has_to_name_an_option() {
        let unknown = |part: &str| Err(NoOption::Unknown(part.to_owned()));
        assert_eq!(find_all("face but not neck"), unknown("but not neck"));
        assert_eq!(find_all("Níquel, me sale un sarpullido"), unknown("Níquel"));
        assert_eq!(find_all("face, mole on it, 2"), unknown("mole on it"));
        assert_eq!(find_all("f"), Err(NoOption::Ambiguous("f".to_owned(), vec![3, 4])));
    }
    #[test]
    fn characters_name_an_option_as_soon_as_they_fit_no_other() {
        let texts = ["Níquel", "None of these", "¿Otra?", "“Quoted”", "Dark spots", "Dark circles", "Not sure"];
        let named = (1..).zip(texts).map(|(number, text)| NamedOption {
            number: if number == 7 { 103 } else { number },
            code: None,
            code_may_be_cut: false,
            text: text.into(),
        });
        let named: Vec<NamedOption<'_>> = named.collect();
        let options = OptionList::new(&named, "no n");
        for (typed, expected) in [
            ("N", Naming::Unfinished(vec![0, 1, 6])),
            ("ní", Naming::Option(0)),
            ("no", Naming::Unfinished(vec![1, 6])),
            ("non", Naming::Option(1)),
            ("none of", Naming::Option(1)),
            ("no idea", Naming::Nothing),
            ("o", Naming::Option(2)),
            ("q", Naming::Option(3)),
            ("dark ", Naming::Unfinished(vec![4, 5])),
            ("dark c", Naming::Option(5)),
            ("2", Naming::Option(1)),
            ("10", Naming::Unfinished(vec![])),
            ("103", Naming::Option(6)),
            ("58", Naming::Nothing),
            ("0", Naming::Nothing),
            ("1s", Naming::Nothing),
            (",", Naming::Nothing),
            ("2,", Naming::Nothing),
            ("-2", Naming::Nothing),
            ("2 ", Naming::Option(1)),
        ] {
            assert_eq!(options.naming(typed), expected, "{typed}");
        }
    }
}

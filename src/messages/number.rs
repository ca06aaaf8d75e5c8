//! Numbers as a language writes them. JSON, FHIR and other data keep the decimal point.

use super::Messages;
use rust_decimal::Decimal;

impl Messages {
    /// Formats a number with the decimal mark of the language.
    #[must_use]
    pub fn number(&self, number: &Decimal) -> String {
        number.to_string().replace('.', &self.get("decimal-mark"))
    }

    /// Parses a typed number: digits, with an optional minus sign and an optional decimal mark.
    ///
    /// A language with a decimal comma takes a point too, because many of its countries write one. A point before exactly
    /// three digits would be ambiguous: it may separate thousands.
    #[must_use]
    pub fn parse_number(&self, typed: &str) -> Option<Decimal> {
        let digits = typed.strip_prefix('-').unwrap_or(typed);
        let has_comma = self.get("decimal-mark") == ",";
        let (whole, fraction) = match digits.split_once('.') {
            Some((_, fraction)) if has_comma && fraction.len() == 3 => return None,
            Some(parts) => parts,
            None => digits.split_once(',').filter(|_| has_comma).unwrap_or((digits, "0")),
        };
        let is_number = |digits: &str| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        let is_valid = is_number(whole) && is_number(fraction);
        if is_valid { Decimal::from_str_exact(&typed.replace(',', ".")).ok() } else { None }
    }
}

#[cfg(test)]
mod tests {
    use super::Messages;

    #[test]
    fn numbers_are_typed_and_written_as_in_the_language() {
        for (tag, typed, number) in [
            ("en", "3.5", Some("3.5")),
            ("en", "3,5", None),
            ("en", "1.000", Some("1.000")),
            ("es", "3,5", Some("3.5")),
            ("es", "3.5", Some("3.5")),
            ("es", "-0,50", Some("-0.50")),
            ("es", "72", Some("72")),
            // A thousand, or one?
            ("es", "1.000", None),
            ("es", "1.0000", Some("1.0000")),
            ("es", "1.000,5", None),
            ("es", "1,000.5", None),
            ("es", "3,5,5", None),
            ("es", "3,", None),
            ("es", ",5", None),
            ("es", "3，5", None),
            ("es", "３", None),
            ("es", "+3", None),
            ("es", "1e3", None),
        ] {
            let messages = Messages::new(tag);
            let parsed = messages.parse_number(typed);
            assert_eq!(parsed.map(|parsed| parsed.to_string()).as_deref(), number, "{tag} {typed}");
            if let Some(parsed) = parsed {
                let written = messages.number(&parsed);
                assert_eq!(messages.parse_number(&written), Some(parsed), "{tag} {written}");
                assert_eq!(written.contains(','), tag == "es" && written.len() > 2, "{written}");
            }
        }
    }
}

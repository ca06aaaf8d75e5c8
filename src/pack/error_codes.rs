//! Explanations of the codes of `pack check`, parsed from `error_codes.md`.

/// A code with its explanation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code {
    /// Name, as reports show it.
    pub name: &'static str,
    /// Meaning of the code.
    pub meaning: &'static str,
    /// How to fix the problem.
    pub fix: &'static str,
    /// An example of the problem or of its fix.
    pub example: &'static str,
}

/// Returns all codes in alphabetical order.
#[must_use]
pub fn codes() -> Vec<Code> {
    include_str!("error_codes.md").split("\n## ").skip(1).filter_map(parse).collect()
}

fn parse(section: &'static str) -> Option<Code> {
    let (name, rest) = section.split_once('\n')?;
    let (meaning, rest) = rest.split_once("\nFix: ")?;
    let (fix, example) = rest.split_once("\nExample: ")?;
    Some(Code { name, meaning, fix, example: example.trim() })
}

#[cfg(test)]
mod tests {
    use super::codes;

    #[test]
    fn every_section_is_complete_and_sorted() {
        let names: Vec<&str> = codes().iter().map(|code| code.name).collect();
        assert_eq!(names.len(), include_str!("error_codes.md").matches("\n## ").count());
        assert!(names.is_sorted_by(|a, b| a < b), "{names:?}");
        for code in codes() {
            assert!(!code.meaning.is_empty() && !code.fix.is_empty() && !code.example.is_empty(), "{}", code.name);
        }
    }
}

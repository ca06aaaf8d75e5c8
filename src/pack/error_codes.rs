//! What each code of `pack check` means. The codes are declared in `error_codes.md`, and nowhere else.

/// One code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code {
    /// Its name, as reports show it.
    pub name: &'static str,
    /// What it means.
    pub means: &'static str,
    /// How to mend it.
    pub mend: &'static str,
    /// An example.
    pub example: &'static str,
}

/// Every code, in alphabetical order.
#[must_use]
pub fn codes() -> Vec<Code> {
    include_str!("error_codes.md").split("\n## ").skip(1).filter_map(parse).collect()
}

fn parse(section: &'static str) -> Option<Code> {
    let (name, rest) = section.split_once('\n')?;
    let (means, rest) = rest.split_once("\nMend: ")?;
    let (mend, example) = rest.split_once("\nExample: ")?;
    Some(Code { name, means, mend, example: example.trim() })
}

#[cfg(test)]
mod tests {
    use super::codes;

    #[test]
    fn every_section_is_whole_and_in_order() {
        let names: Vec<&str> = codes().iter().map(|code| code.name).collect();
        assert_eq!(names.len(), include_str!("error_codes.md").matches("\n## ").count());
        assert!(names.is_sorted_by(|a, b| a < b), "{names:?}");
        for code in codes() {
            assert!(!code.means.is_empty() && !code.mend.is_empty() && !code.example.is_empty(), "{}", code.name);
        }
    }
}

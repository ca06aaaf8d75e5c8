//! Chooses options in the lists of a terminal, by their text.

use super::terminal::{DOWN, END, ENTER, SPACE, Terminal, one_line};

impl Terminal {
    /// Returns the highlighted option of a list, without its checkbox and its number; `None` if no option is highlighted.
    pub(crate) fn option_at_cursor(&self) -> Option<String> {
        let screen = self.screen();
        let lines: Vec<&str> = screen.lines().collect();
        let (first, text) = lines.iter().enumerate().rev().find_map(|(row, line)| Some((row, option_text(line)?)))?;
        let indent = " ".repeat(lines[first].len() - text.len());
        let continuation = lines[first + 1..].iter().map_while(|line| line.strip_prefix(&indent));
        Some(one_line(&std::iter::once(text).chain(continuation).collect::<Vec<_>>().join(" ")))
    }

    /// Moves the cursor of a list down, and from the end to the start, to an option that starts with `option`.
    fn move_to(&mut self, option: &str) {
        let mut first = None;
        loop {
            let current = self.option_at_cursor();
            if current.as_ref().is_some_and(|current| current.starts_with(option)) {
                return;
            }
            assert!(first.is_none() || current != first, "the list has no option {option:?}\n{}", self.screen());
            first = first.or(current);
            self.press_in_list(DOWN);
        }
    }

    /// Finishes the interview at the review, whose last entry does that.
    pub(crate) fn finish(&mut self) {
        self.press_in_list(END);
        self.press(ENTER);
    }

    /// Chooses an option of a list by the beginning of its text.
    pub(crate) fn choose(&mut self, option: &str) {
        self.move_to(option);
        self.press(ENTER);
    }

    /// Toggles options of a list, and presses Enter.
    pub(crate) fn tick(&mut self, options: &[&str]) {
        for option in options {
            self.move_to(option);
            self.press_in_list(SPACE);
        }
        self.press(ENTER);
    }
}

/// Returns the text of the first row of a highlighted option: after the cursor, the checkbox and the number.
pub(crate) fn option_text(line: &str) -> Option<&str> {
    let option = line.strip_prefix("> ")?;
    let option = option.strip_prefix("[ ] ").or_else(|| option.strip_prefix("[x] ")).unwrap_or(option);
    let (number, text) = option.trim_start().split_once(". ")?;
    number.bytes().all(|byte| byte.is_ascii_digit()).then_some(text)
}

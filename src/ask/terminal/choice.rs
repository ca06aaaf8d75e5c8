//! Questions with options: a list, and the optional free text of a choice.

use super::keyboard::QUIET_PERIOD;
use super::pending_input::InputKey;
use super::select::Select;
use super::validate::{ListEntry, SelectionValidator, check_length};
use super::{PromptOutcome, Terminal, TextPrompt, sanitize};
use crate::answer::{Answer, AnswerValue};
use crate::ask::lines;
use crate::ask::{BackTarget, OfferedChoice, PromptError, QuestionAction, QuestionView};
use crate::pack::{ChoiceList, QuestionType};
use std::collections::BTreeSet;

impl Terminal<'_> {
    /// Returns the entries of a question's list, and their texts.
    fn entries(&self, view: &QuestionView<'_>) -> (Vec<ListEntry>, Vec<String>) {
        let entry = |choice: &OfferedChoice| (ListEntry::Choice(choice.index), choice.text.to_string());
        let mut entries: Vec<_> = view.choices.iter().map(entry).collect();
        if !view.question.required {
            entries.push((ListEntry::Skip, self.words.get("choice-skip")));
            entries.push((ListEntry::Decline, self.words.get("choice-decline")));
        }
        entries.into_iter().unzip()
    }

    /// Asks for one or several options. Nothing is selected at the start, except the current answer.
    pub(super) fn ask_choice(
        &mut self,
        view: &QuestionView<'_>,
        options: &ChoiceList,
    ) -> Result<QuestionAction, PromptError> {
        let (entries, texts) = self.entries(view);
        let is_current = |entry: &ListEntry| match (view.current, entry) {
            (Some(Answer::Value(value)), ListEntry::Choice(index)) => value.chosen().contains(index),
            (Some(Answer::Skipped), ListEntry::Skip) | (Some(Answer::Declined), ListEntry::Decline) => true,
            _ => false,
        };
        let initial: BTreeSet<usize> =
            entries.iter().enumerate().filter(|(_, entry)| is_current(entry)).map(|(index, _)| index).collect();
        let is_multiple = matches!(view.question.shape, QuestionType::MultipleChoice(_));
        let mut selected = self.pending_input.take_ticks(view.key).unwrap_or(initial);
        let check = SelectionValidator::new(view.question, view, self.words);
        loop {
            let help = self.words.get(if is_multiple { "keys-many" } else { "keys-one" });
            let prompt = self.prompt(view.text.as_str(), &help);
            let mut list = if is_multiple {
                Select::many(&texts, selected, self.words)
            } else {
                Select::one(&texts, selected.first().copied(), self.words)
            };
            list.choice.whole_words = if options.yes_no { String::new() } else { self.words.get("reply-yes-no") };
            let outcome = list.prompt_user(&prompt, QUIET_PERIOD, |selected| {
                if is_multiple { check.validate(&entries, selected) } else { Ok(()) }
            })?;
            // Going back from the free text shows the current choice again.
            selected = list.choice.selected();
            if matches!(outcome, PromptOutcome::Back) {
                if view.back == BackTarget::Review {
                    self.pending_input.clear(InputKey::FreeText(view.key));
                } else if is_multiple {
                    self.pending_input.store_ticks(view.key, selected);
                }
                return Ok(QuestionAction::Back);
            }
            let mut chosen = Vec::new();
            for index in &selected {
                match entries[*index] {
                    ListEntry::Skip => return Ok(QuestionAction::Answer(Answer::Skipped)),
                    ListEntry::Decline => return Ok(QuestionAction::Answer(Answer::Declined)),
                    ListEntry::Choice(choice) => chosen.push(choice),
                }
            }
            let text = match options.free_text {
                None => None,
                Some(limit) => match self.prompt_free_text(view, limit)? {
                    PromptOutcome::Submitted(text) => text,
                    PromptOutcome::Back => continue,
                },
            };
            return Ok(QuestionAction::Answer(Answer::Value(AnswerValue::Choice { chosen, text })));
        }
    }

    /// Prompts for the optional free text of a choice.
    fn prompt_free_text(
        &mut self,
        view: &QuestionView<'_>,
        limit: usize,
    ) -> Result<PromptOutcome<Option<String>>, PromptError> {
        let current_text = match view.current {
            Some(Answer::Value(AnswerValue::Choice { text: Some(text), .. })) => text.as_str(),
            _ => "",
        };
        let initial = sanitize(current_text);
        let question = self.words.get("own-words");
        let words = self.words;
        let check = |text: &str| match text.trim() {
            // An unchanged text is accepted, even if it reads like a command.
            command if lines::is_command(command) && text != initial => {
                Err(words.format("refused-command-here", [("command", command.into())]))
            }
            _ => check_length(text, limit, words).map(|()| None),
        };
        let text_prompt = TextPrompt { question: &question, help: "keys-own-words", check: &check };
        Ok(match self.prompt_text(InputKey::FreeText(view.key), &text_prompt, &initial)? {
            PromptOutcome::Back => PromptOutcome::Back,
            // An unchanged text keeps its original form, from before it was cleaned for the screen.
            PromptOutcome::Submitted(text) => {
                let text = if text == initial { current_text } else { text.trim() };
                PromptOutcome::Submitted(Some(text.to_owned()).filter(|text| !text.is_empty()))
            }
        })
    }
}

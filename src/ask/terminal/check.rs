//! What is refused while the prompt is still there.

use super::Entry;
use crate::ask::Screen;
use crate::interview::Refusal;
use crate::messages::Words;
use crate::pack::Question;
use inquire::list_option::ListOption;
use inquire::validator::Validation;

/// Checks a choice of several while the list is still on the screen.
#[derive(Clone)]
pub(super) struct Check {
    empty: String,
    alone: Vec<(usize, String)>,
    skip_alone: String,
}

impl Check {
    pub(super) fn new(question: &Question, screen: &Screen<'_>, words: &Words) -> Self {
        let refusal = |refusal| words.refusal(&refusal, question, screen.language);
        let choices = question.shape.choices().iter().enumerate().filter(|(_, choice)| choice.exclusive);
        Self {
            empty: if question.required {
                refusal(Refusal::Empty)
            } else {
                words.with("refused-no-tick", [("skip", words.say("choice-skip").into())])
            },
            alone: choices.map(|(at, _)| (at, refusal(Refusal::Exclusive(at)))).collect(),
            skip_alone: words.say("refused-skip-alone"),
        }
    }

    pub(super) fn run(&self, chosen: &[ListOption<&Entry>]) -> Validation {
        let refuse = |message: &str| Validation::Invalid(message.to_owned().into());
        if chosen.is_empty() {
            return refuse(&self.empty);
        }
        if chosen.len() > 1 {
            for option in chosen {
                match option.value {
                    Entry::Skip(_) | Entry::Decline(_) => return refuse(&self.skip_alone),
                    Entry::Choice(at, _) => {
                        if let Some((_, message)) = self.alone.iter().find(|(alone, _)| alone == at) {
                            return refuse(message);
                        }
                    }
                }
            }
        }
        Validation::Valid
    }
}

/// Whether a text is short enough.
pub(super) fn length(text: &str, limit: usize, tag: &str) -> Validation {
    let length = text.trim().chars().count();
    if length <= limit {
        return Validation::Valid;
    }
    let message = Words::new(tag).with("refused-too-long", [("length", length.into()), ("limit", limit.into())]);
    Validation::Invalid(message.into())
}

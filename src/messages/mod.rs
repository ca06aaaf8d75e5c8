//! The interface's own texts, by language. Texts of a pack are not among them.
//!
//! Messages are [Fluent](https://projectfluent.org) catalogues, embedded from this folder. A language without a catalogue
//! falls back to English. A test checks that every catalogue has every message.

mod number;

use chrono::{Datelike, NaiveDate};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use std::sync::OnceLock;
use unic_langid::LanguageIdentifier;

/// The catalogues: language tag and text. The first one is the fallback.
const CATALOGUES: [(&str, &str); 2] = [("en", include_str!("en.ftl")), ("es", include_str!("es.ftl"))];

/// The parsed catalogues. Each is parsed at its first use.
static BUNDLES: [OnceLock<Bundle>; CATALOGUES.len()] = [const { OnceLock::new() }; CATALOGUES.len()];

type Bundle = FluentBundle<FluentResource>;

/// The interface's texts in one language.
#[derive(Debug, Clone)]
pub struct Messages {
    catalogue: usize,
}

impl Default for Messages {
    /// English, the language of all texts that no patient reads.
    fn default() -> Self {
        Self { catalogue: 0 }
    }
}

impl Messages {
    /// Selects the texts of a language by its tag or the tag's primary part; English if there are none.
    #[must_use]
    pub fn new(tag: &str) -> Self {
        let primary = tag.split(['-', '_']).next().unwrap_or_default().to_lowercase();
        Self { catalogue: CATALOGUES.iter().position(|(known, _)| *known == primary).unwrap_or_default() }
    }

    /// The tag of the language that is used.
    #[must_use]
    pub fn tag(&self) -> &'static str {
        CATALOGUES[self.catalogue].0
    }

    /// Formats a message without parameters; the key itself if there is no such message.
    #[must_use]
    pub fn get(&self, key: &str) -> String {
        self.format(key, [])
    }

    /// Formats a message with parameters, each a number or a text.
    #[must_use]
    pub fn format<'a, const N: usize>(&self, key: &'a str, parameters: [(&'a str, FluentValue<'a>); N]) -> String {
        self.format_with(key, &parameters.into_iter().collect())
    }

    fn format_with(&self, key: &str, arguments: &FluentArgs<'_>) -> String {
        let bundle = BUNDLES[self.catalogue].get_or_init(|| {
            let (tag, catalogue) = CATALOGUES[self.catalogue];
            bundle(tag, catalogue)
        });
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
            return key.to_owned();
        };
        bundle.format_pattern(pattern, Some(arguments), &mut Vec::new()).into_owned()
    }

    /// Formats a date in words, in the order of the language.
    #[must_use]
    pub fn date(&self, date: NaiveDate) -> String {
        let month = self.format("month", [("month", date.month().into())]);
        let (day, year) = (date.day().to_string(), date.year().to_string());
        self.format("date", [("day", day.into()), ("month", month.into()), ("year", year.into())])
    }
}

fn bundle(tag: &str, catalogue: &str) -> Bundle {
    let mut bundle = FluentBundle::new_concurrent(tag.parse::<LanguageIdentifier>().into_iter().collect());
    // Isolation marks are invisible characters that terminals do not support.
    bundle.set_use_isolating(false);
    // The other messages of a catalogue with an error can still be used. A test checks that the built-in ones have none.
    let resource = FluentResource::try_new(catalogue.to_owned()).unwrap_or_else(|(resource, _)| resource);
    bundle.add_resource_overriding(resource);
    bundle
}

#[cfg(test)]
pub(crate) mod tests {
    use super::{CATALOGUES, Messages, bundle};
    use fluent_bundle::{FluentResource, FluentValue};
    use std::collections::BTreeMap;

    /// Maps each key to the parameters that its message uses.
    fn messages(text: &str) -> BTreeMap<String, Vec<String>> {
        let resource = FluentResource::try_new(text.to_owned()).expect("the catalogue has no syntax errors");
        assert!(resource.entries().count() > 0);
        let mut messages: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let mut key = String::new();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            if let Some((name, _)) = line.split_once(" =").filter(|_| !line.starts_with(' ')) {
                key = name.to_owned();
                messages.entry(key.clone()).or_default();
            }
            for parameter in line.split("{ $").skip(1) {
                let name: String = parameter.chars().take_while(|c| c.is_alphanumeric()).collect();
                messages.entry(key.clone()).or_default().push(name);
            }
        }
        for parameters in messages.values_mut() {
            parameters.sort_unstable();
            parameters.dedup();
        }
        messages
    }

    #[test]
    fn every_catalogue_has_every_message_with_the_same_parameters() {
        let (first, rest) = CATALOGUES.split_first().expect("there is a catalogue");
        for (tag, text) in rest {
            assert_eq!(messages(first.1), messages(text), "{tag} against {}", first.0);
        }
    }

    /// Every message of every language with its parameters set: language, key and text.
    pub(crate) fn all_messages() -> Vec<(&'static str, String, String)> {
        let mut all = Vec::new();
        for (tag, text) in CATALOGUES {
            for (key, parameters) in messages(text) {
                let arguments = parameters.iter().map(|name| (name.as_str(), FluentValue::from(2))).collect();
                let text = Messages::new(tag).format_with(&key, &arguments);
                all.push((tag, key, text));
            }
        }
        all
    }

    #[test]
    fn every_message_formats_without_an_error() {
        for (tag, text) in CATALOGUES {
            let bundle = bundle(tag, text);
            for (key, parameters) in messages(text) {
                let pattern =
                    bundle.get_message(&key).and_then(|message| message.value()).expect("the catalogue has the key");
                for number in [1, 2] {
                    let arguments = parameters.iter().map(|name| (name.as_str(), FluentValue::from(number))).collect();
                    let mut errors = Vec::new();
                    bundle.format_pattern(pattern, Some(&arguments), &mut errors);
                    assert!(errors.is_empty(), "{key} in {tag}: {errors:?}");
                }
            }
        }
    }

    #[test]
    fn plurals_follow_the_language() {
        for (tag, one, two) in [("en", "One question", "2 questions"), ("es", "Una pregunta", "2 preguntas")] {
            let messages = Messages::new(tag);
            assert!(messages.format("review-open", [("count", 1.into())]).starts_with(one));
            assert!(messages.format("review-open", [("count", 2.into())]).starts_with(two));
        }
    }

    #[test]
    fn a_list_of_one_is_not_numbered_from_one_to_one() {
        for (tag, one, two) in
            [("en", "Type 1.", "Type a number from 1 to 2."), ("es", "Escriba 1.", "Escriba un número del 1 al 2.")]
        {
            let message = |key: &str, count: usize| {
                Messages::new(tag).format(key, [("count", count.into()), ("typed", "x".into())])
            };
            assert_eq!((message("choose-prompt", 1).as_str(), message("choose-prompt", 2).as_str()), (one, two));
            for key in ["refused-review", "refused-option"] {
                let (for_one, for_two) = (message(key, 1), message(key, 2));
                assert!(!for_one.contains("1 to 1") && !for_one.contains("1 a 1"), "{for_one}");
                assert!(for_one.contains('1') && for_two.contains('2'), "{for_two}");
            }
        }
    }

    #[test]
    fn a_language_without_a_catalogue_falls_back_to_english() {
        assert_eq!(Messages::new("xx").get("yes"), "Yes");
        assert_eq!(Messages::new("es-MX").get("yes"), "Sí");
    }
}

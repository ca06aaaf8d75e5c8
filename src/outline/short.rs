//! The patient's copy in short: the box at its beginning.

use super::build::OutlineWriter;
use super::{Block, Part, PartKind};
use crate::printable::Printable;

impl OutlineWriter<'_> {
    /// Returns the patient's copy in a few lines: the concerns by what the source says of them, and what to keep in mind.
    pub(super) fn short(&self) -> Part {
        let summary = self.summary;
        let concerns = &summary.concerns.choices;
        let texts = |wanted: &dyn Fn(&Printable) -> bool| -> Option<Printable> {
            let texts: Vec<&str> = concerns.iter().filter(|text| wanted(text)).map(Printable::as_str).collect();
            (!texts.is_empty()).then(|| Printable::line(&texts.join("; ")))
        };
        let because = || summary.benefits.iter().flat_map(|benefit| &benefit.because);
        // The source speaks of a concern only if a link is neither the editors' own nor limited.
        let covered = |text: &Printable| because().any(|link| link.text == *text && !link.editorial && !link.limited);
        let limited = |text: &Printable| !covered(text) && because().any(|link| link.text == *text && link.limited);
        let editorial = |text: &Printable| !covered(text) && !limited(text) && because().any(|link| link.text == *text);
        let general = |text: &Printable| {
            summary.overview.iter().flat_map(|benefit| &benefit.because).any(|link| link.text == *text)
        };
        let not_covered =
            |text: &Printable| summary.not_covered.iter().flat_map(|line| &line.because).any(|link| link.text == *text);
        let line = |(key, text): (&str, Option<Printable>)| {
            Some(Block::Short { label: self.word(key), lines: vec![(text?, String::new())] })
        };
        let lines = [
            ("short-concerns", texts(&|_| true)),
            ("short-covered", texts(&covered)),
            ("short-limited", texts(&limited)),
            ("short-editorial", texts(&editorial)),
            ("short-general", texts(&general).map(|_| self.word("short-general-text"))),
            ("short-not-covered", texts(&not_covered)),
        ];
        let caveats = summary.variability.iter().map(|variability| &variability.line);
        let caveats = caveats.chain(&summary.safety).chain(&summary.consult);
        let caveats = caveats.filter_map(|line| Some((line.short.clone()?, self.mark(&line.cites))));
        let caveats: Vec<(Printable, String)> = caveats.collect();
        let caveats =
            (!caveats.is_empty()).then(|| Block::Short { label: self.word("short-keep-in-mind"), lines: caveats });
        self.part(PartKind::Short, "heading-short", lines.into_iter().filter_map(line).chain(caveats).collect())
    }
}

//! `preconsult explain`: the rule, answers and source of each line of the summary.

use super::{output_plan::language, print, stdout, summarize};
use crate::cli::ExplainArgs;
use crate::error::Error;
use crate::pack::Role;
use crate::printable::Printable;
use crate::summary::{AnswerRecord, AnswerState, Because, BenefitLine, CopyKind, Line, Summary, SummaryOptions};
use crate::wrap::OutputStyle;
use chrono::NaiveDate;
use std::fmt::Write as _;

pub(super) fn run(args: &ExplainArgs) -> Result<(), Error> {
    let (pack, file) = summarize::read(&args.pack, args.file.as_deref())?;
    let language = language(&pack, [args.pack.lang.as_deref(), file.language.as_deref()])?;
    let options = SummaryOptions {
        date: NaiveDate::default(),
        language,
        asked_in: language,
        copy: CopyKind::Clinician,
        filled_in_by: None,
    };
    let unassigned = file.unassigned.clone();
    let finished = summarize::finish(&pack, file, None)?;
    let mut summary = Summary::new(&finished, options);
    summary.unassigned = unassigned;
    print(explain(&summary, stdout()).as_bytes())
}

fn explain(summary: &Summary, style: OutputStyle) -> String {
    let mut page = Explanation { text: String::new(), style };
    page.line("procedure", &summary.procedure, ALWAYS);
    for (kind, benefits) in [("benefit", &summary.benefits), ("overview", &summary.overview)] {
        for BenefitLine { line, limits, because } in benefits {
            page.line(kind, line, "");
            page.because(because);
            for limit in limits {
                page.line("limit", limit, &format!("printed with {}", line.id));
            }
        }
    }
    for line in &summary.not_covered {
        page.head("not covered", &line.code, line.text.as_str());
        page.because(&line.because);
        page.row("source", "none: the source does not cover it");
    }
    for variability in &summary.variability {
        page.line("variability", &variability.line, ALWAYS);
        for answer in &variability.answers {
            page.record("related", answer);
        }
    }
    for (kind, lines) in [("safety", &summary.safety), ("consult", &summary.consult)] {
        for line in lines {
            page.line(kind, line, ALWAYS);
        }
    }
    for question in &summary.to_ask {
        let ask = summary.pack().statements.ask.iter().find(|ask| ask.statement.id == question.line.id);
        let depends = ask.is_some_and(|ask| ask.when.is_some());
        page.line(
            "ask",
            &question.line,
            if depends { "printed with the benefits whose rules name it" } else { ALWAYS },
        );
    }
    for word in &summary.words {
        page.line("word", &word.line, "printed if a sentence of the copy uses the word");
    }
    page.head("recorded", "as answered", "No rule uses these; they are recorded for the professional.");
    for record in &summary.recorded {
        page.record("answer", record);
    }
    let is_elsewhere = |record: &&AnswerRecord| {
        record.state == AnswerState::Unreadable && matches!(record.role, Role::Branch | Role::Label)
    };
    for record in summary.answers.iter().filter(is_elsewhere) {
        page.record("answer", record);
    }
    if let Some(questions) = &summary.questions {
        page.record("answer", questions);
    }
    for text in &summary.unassigned {
        page.row("unassigned", &format!("“{}”", Printable::line(text)));
    }
    for source in &summary.sources {
        page.head("source", &source.id, source.title.as_str());
    }
    page.text
}

const ALWAYS: &str = "printed on every copy, whatever the answers are";

struct Explanation {
    text: String,
    style: OutputStyle,
}

/// Maximum width of a sentence, in columns.
const MAX_COLUMNS: usize = 80;

/// Width of the name of a row, in columns.
const ROW_NAME_COLUMNS: usize = 11;

impl Explanation {
    fn head(&mut self, kind: &str, id: &str, text: &str) {
        let gap = if self.text.is_empty() { "" } else { "\n" };
        let _ = writeln!(self.text, "{gap}{}", self.style.wrap(&format!("{kind}: {id}"), 2));
        let width = self.style.width.map_or(MAX_COLUMNS, |width| width.min(MAX_COLUMNS));
        for line in textwrap::wrap(text, textwrap::Options::new(width).initial_indent("  ").subsequent_indent("  ")) {
            let _ = writeln!(self.text, "{line}");
        }
    }

    fn row(&mut self, name: &str, text: &str) {
        let row = format!("    {name:<ROW_NAME_COLUMNS$}{}", text.replace('\n', " "));
        let _ = writeln!(self.text, "{}", self.style.wrap(&row, ROW_NAME_COLUMNS));
    }

    fn line(&mut self, kind: &str, line: &Line, rule: &str) {
        self.head(kind, &line.id, line.text.as_str());
        self.row("source", &line.cites.join(", "));
        if !rule.is_empty() {
            self.row("rule", rule);
        }
    }

    fn because(&mut self, because: &[Because]) {
        for Because { question, answer, text, editorial, rule, .. } in because {
            let editorial = if *editorial { ", an editorial link" } else { "" };
            self.row("rule", &format!("{rule}{editorial}"));
            self.row("answer", &format!("{question} = {answer} ({text})"));
        }
    }

    fn record(&mut self, name: &str, record: &AnswerRecord) {
        let about = record.about.as_ref().map(|about| format!("({})", about.code)).unwrap_or_default();
        let codes = if record.codes.is_empty() { String::new() } else { format!(" = {}", record.codes.join(", ")) };
        let text = match record.state {
            // Quotation marks keep the patient's own words apart from the names of states.
            AnswerState::Answered if record.codes.is_empty() && record.free_text.is_some() => {
                format!("“{}”", record.text)
            }
            AnswerState::Declined => format!("{} (declined)", record.text),
            AnswerState::Answered | AnswerState::Skipped | AnswerState::NotAsked | AnswerState::Unreadable => {
                record.text.to_string()
            }
        };
        self.row(name, &format!("{}{about}{codes}: {text}", record.question));
    }
}

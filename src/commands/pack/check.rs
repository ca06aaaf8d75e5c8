//! `preconsult pack check`: reports all problems of a pack, and explains an error code.

use super::super::{pack_files, print_flowing, print_lines, stderr, stdout, today};
use super::test::read_cases;
use crate::authoring::{CaseCopies, CopyReading, JudgedCriterion, judge_criteria};
use crate::cli::CheckArgs;
use crate::error::Error;
use crate::fhir::check_pack;
use crate::pack::{Checked, Criterion, Instrument, Measure, Pack, Reading, codes};
use std::fmt::Write as _;

pub(super) fn run(args: &CheckArgs) -> Result<(), Error> {
    if let Some(code) = &args.explain {
        return explain(code);
    }
    let files = pack_files(args.folder.folder.as_ref())?;
    let date = args.date.unwrap_or_else(today);
    let checked = Pack::check(&files, date)?;
    if args.fhir {
        let unsupported = check_pack(&checked);
        if !unsupported.list().is_empty() {
            return Err(checked.warnings.and(unsupported).into());
        }
    }
    if !checked.warnings.list().is_empty() {
        if args.strict {
            return Err(Error::from(checked.warnings).hint("fix them, or leave out --strict to treat them as warnings"));
        }
        print_lines(&format!("{}\n", checked.warnings.render(stderr())));
    }
    let cases = if args.verbose || args.criteria { copies(args, &checked.pack)? } else { Vec::new() };
    let mut report = report(&checked);
    if args.verbose {
        write_readings(&mut report, &checked, &cases);
    }
    if args.criteria {
        write_criteria(&mut report, &checked.pack, &cases);
    }
    print_flowing(&report)
}

/// Returns the patient's copies of the pack's cases.
fn copies(args: &CheckArgs, pack: &Pack) -> Result<Vec<CaseCopies>, Error> {
    let cases = read_cases(args.folder.folder.as_ref())?;
    let copies = cases.iter().map(|(name, text)| CaseCopies::new(pack, name, text));
    Ok(copies.collect::<Result<_, _>>()?)
}

fn report(checked: &Checked) -> String {
    let pack = &checked.pack;
    let mut report = format!(
        "{} {}: no problems in {} questions, {} statements, {} rules, languages {}\n{}\n",
        pack.id,
        pack.version,
        pack.questions.len(),
        pack.statements.all().count(),
        pack.rules.len(),
        pack.languages.join(", "),
        pack.hash,
    );
    let items = pack.pending_items();
    if !items.is_empty() {
        let _ = writeln!(report, "\nopen items, not problems:");
        for item in items {
            let _ = writeln!(report, "  {item}");
        }
    }
    report
}

/// Writes the figures of the texts one by one, then those of whole copies.
fn write_readings(report: &mut String, checked: &Checked, cases: &[CaseCopies]) {
    for tag in &checked.pack.languages {
        let readings: Vec<&Reading> = checked.reading.iter().filter(|reading| reading.language == *tag).collect();
        write_reading(report, tag, readings);
    }
    if cases.is_empty() {
        let _ = writeln!(report, "\nwhole copies: not measured, because the pack has no cases");
        return;
    }
    let hardest = |tag| Some((tag, CopyReading::hardest(cases, tag)?));
    for (tag, reading) in checked.pack.languages.iter().map(String::as_str).filter_map(hardest) {
        write_copy_reading(report, tag, &reading);
    }
}

fn write_copy_reading(report: &mut String, tag: &str, reading: &CopyReading) {
    let (measure, limit) = (reading.measure, reading.limit());
    let _ = writeln!(
        report,
        "\nwhole copy, {tag}: {} of the hardest case {:.1}, limit {limit:.0}{}: {}",
        measure.name(),
        reading.figure,
        if reading.is_too_hard() { " exceeded" } else { "" },
        reading.case,
    );
    for (part, figure) in &reading.parts {
        let _ = writeln!(report, "  {figure:5.1}  {}", part.name());
    }
}

/// Writes the state of each criterion, by instrument. It counts nothing: a number would read as a score.
fn write_criteria(report: &mut String, pack: &Pack, cases: &[CaseCopies]) {
    let judged = judge_criteria(pack, cases);
    for instrument in [Instrument::PematP, Instrument::Ipdas] {
        let _ = writeln!(report, "\ncriteria of {}, in our own words:", instrument.name());
        for JudgedCriterion { criterion, state, reason } in
            judged.iter().filter(|judged| judged.criterion.instrument == instrument)
        {
            let Criterion { id, item, text, .. } = criterion;
            let _ = writeln!(report, "  {state:<16}  {item} {id}: {text} {reason}");
        }
        let _ = writeln!(report, "{}", instrument.left_out());
    }
    let _ = writeln!(report, "To declare one, use `criteria` in pack.json.");
}

/// Number of the hardest texts that `--verbose` lists.
const LISTED_TEXTS: usize = 10;

fn write_reading(report: &mut String, tag: &str, mut readings: Vec<&Reading>) {
    let Some(measure) = Measure::for_language(tag) else {
        let _ = writeln!(report, "\nreading, {tag}: this program has no measure for the language");
        return;
    };
    readings.sort_by(|a, b| measure.compare(b.figure, a.figure));
    let Some(hardest) = readings.first() else { return };
    #[allow(clippy::cast_precision_loss, reason = "a pack has far fewer than 2^53 texts")]
    let mean = readings.iter().map(|reading| reading.figure).sum::<f64>() / readings.len() as f64;
    let limit = hardest.limit.map_or_else(|| "none".to_owned(), |limit| format!("{limit:.0}"));
    let _ = writeln!(
        report,
        "\nreading, {tag}: {} of {} texts, hardest {:.1}, mean {mean:.1}, limit {limit}",
        measure.name(),
        readings.len(),
        hardest.figure,
    );
    for reading in readings.iter().take(LISTED_TEXTS) {
        let _ = writeln!(report, "  {:5.1}  {}: {}", reading.figure, reading.id, reading.sentence);
    }
}

fn explain(name: &str) -> Result<(), Error> {
    let codes = codes();
    let Some(code) = codes.iter().find(|code| code.name == name) else {
        let near = crate::diagnostics::nearest(name, codes.iter().map(|code| code.name));
        let hint = near.map_or_else(
            || format!("choose one of: {}", codes.iter().map(|code| code.name).collect::<Vec<_>>().join(", ")),
            |near| format!("did you mean {near}?"),
        );
        return Err(Error::input(format!("`pack check` has no error code {name:?}")).hint(hint));
    };
    let width = stdout().width.unwrap_or(100);
    let wrapped = |text: &str, first: &str| {
        textwrap::fill(text, textwrap::Options::new(width).initial_indent(first).subsequent_indent("  "))
    };
    let mut page = format!("{}\n{}\n", code.name, wrapped(code.meaning, "  "));
    let _ = writeln!(page, "how to fix it\n{}", wrapped(code.fix, "  "));
    let _ = writeln!(page, "example\n  {}", code.example);
    print_flowing(&page)
}

//! `preconsult pack check`: every problem of a pack at once, and what a code means.

use super::super::{pack_files, print_flowing, print_lines, stderr, stdout, today};
use crate::cli::CheckArgs;
use crate::error::Error;
use crate::fhir::check_pack;
use crate::pack::{Checked, Measure, Pack, Reading, codes};
use std::fmt::Write as _;

pub(super) fn run(args: &CheckArgs) -> Result<(), Error> {
    if let Some(code) = &args.explain {
        return explain(code);
    }
    let files = pack_files(args.folder.folder.as_ref())?;
    let day = args.date.unwrap_or_else(today);
    let checked = Pack::check(&files, day)?;
    if args.fhir {
        let unsupported = check_pack(&checked);
        if !unsupported.list().is_empty() {
            return Err(checked.warnings.and(unsupported).into());
        }
    }
    if !checked.warnings.list().is_empty() {
        if args.strict {
            return Err(Error::from(checked.warnings).hint("without --strict these are warnings"));
        }
        print_lines(&format!("{}\n", checked.warnings.render(stderr())));
    }
    print_flowing(&report(&checked, args.verbose))
}

fn report(checked: &Checked, verbose: bool) -> String {
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
    let open = pack.pending_items();
    if !open.is_empty() {
        let _ = writeln!(report, "\nopen, and not findings:");
        for open in open {
            let _ = writeln!(report, "  {open}");
        }
    }
    if verbose {
        for tag in &pack.languages {
            let readings: Vec<&Reading> = checked.reading.iter().filter(|reading| reading.language == *tag).collect();
            write_reading(&mut report, tag, readings);
        }
    }
    report
}

/// How many of the hardest texts `--verbose` lists.
const HARDEST: usize = 10;

fn write_reading(report: &mut String, tag: &str, mut readings: Vec<&Reading>) {
    let Some(measure) = Measure::for_language(tag) else {
        let _ = writeln!(report, "\nreading, {tag}: this program knows no measure for the language");
        return;
    };
    readings.sort_by(|a, b| measure.compare(b.figure, a.figure));
    let Some(hardest) = readings.first() else { return };
    #[allow(clippy::cast_precision_loss, reason = "a pack has far fewer texts than a double has whole numbers")]
    let mean = readings.iter().map(|reading| reading.figure).sum::<f64>() / readings.len() as f64;
    let limit = hardest.limit.map_or_else(|| "none".to_owned(), |limit| format!("{limit:.0}"));
    let _ = writeln!(
        report,
        "\nreading, {tag}: {} of {} texts, hardest {:.1}, mean {mean:.1}, limit {limit}",
        measure.name(),
        readings.len(),
        hardest.figure,
    );
    for reading in readings.iter().take(HARDEST) {
        let _ = writeln!(report, "  {:5.1}  {}: {}", reading.figure, reading.id, reading.sentence);
    }
}

fn explain(name: &str) -> Result<(), Error> {
    let codes = codes();
    let Some(code) = codes.iter().find(|code| code.name == name) else {
        let near = crate::diagnostics::nearest(name, codes.iter().map(|code| code.name));
        let hint = near.map_or_else(
            || format!("one of: {}", codes.iter().map(|code| code.name).collect::<Vec<_>>().join(", ")),
            |near| format!("did you mean {near}?"),
        );
        return Err(Error::input(format!("`pack check` has no code {name:?}")).hint(hint));
    };
    let width = stdout().width.unwrap_or(100);
    let wrapped = |text: &str, first: &str| {
        textwrap::fill(text, textwrap::Options::new(width).initial_indent(first).subsequent_indent("  "))
    };
    let mut page = format!("{}\n{}\n", code.name, wrapped(code.meaning, "  "));
    let _ = writeln!(page, "to fix it\n{}", wrapped(code.fix, "  "));
    let _ = writeln!(page, "example\n  {}", code.example);
    print_flowing(&page)
}

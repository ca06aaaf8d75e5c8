//! Every write of an interview fails in turn, or is the last thing that happens.

use crate::inject::{Faulty, at_each_write, run, unable};
use crate::machine::skip;
use crate::program::{World, script};
use preconsult::storage::journal::recover;
use std::collections::BTreeMap;

const ASK: &str = "ask --plain --date 2026-11-22 --out ../out --format json";

/// What the summary of the whole script is.
fn expected(lines: &[String]) -> String {
    let world = World::new();
    let ran = run(world.command(ASK), &typed(lines));
    assert_eq!(ran.code, Some(0), "{ran:?}");
    world.summary()
}

fn typed(lines: &[String]) -> String {
    lines.join("\n") + "\n/done\n"
}

/// The files in the output folder; those that were not whole when the program was killed have no name yet.
fn written(world: &World) -> (BTreeMap<String, String>, bool) {
    let entries = std::fs::read_dir(world.path("out")).expect("a folder").flatten();
    let files = entries.map(|entry| {
        let text = std::fs::read_to_string(entry.path()).expect("a file");
        (entry.file_name().into_string().expect("a name"), text)
    });
    let (unnamed, files): (Vec<_>, _) = files.partition(|(name, _): &(String, _)| name.starts_with(".preconsult-"));
    (files.into_iter().collect(), !unnamed.is_empty())
}

#[test]
fn an_interview_whose_writes_fail_loses_no_answer() {
    if let Some(why) = unable() {
        return skip(&why);
    }
    let lines = script();
    let expected = expected(&lines);
    at_each_write(
        World::new,
        |world| world.command(ASK),
        &typed(&lines),
        |world, faulty| {
            let (files, unnamed) = written(world);
            for text in files.values() {
                assert_eq!(text, &expected, "{faulty}");
            }
            assert!(!unnamed || faulty.killed(), "{faulty}");
            let told = faulty.ran.stdout.lines().next().map(|path| path.trim_start_matches("../out/").to_owned());
            assert!(told.is_none_or(|name| files.contains_key(&name)), "{faulty}");
            if !faulty.killed() {
                ended(world, &faulty, files.len());
            }
            if files.is_empty() {
                goes_on(world, &faulty, &lines, &expected);
            }
            // Whoever comes next starts anew, whatever was left.
            let next = run(world.command(&format!("{ASK} --new")), &typed(&lines));
            assert_eq!((next.code, next.stdout.lines().count()), (Some(0), 1), "{faulty}\n{next:?}");
        },
    );
}

/// What was said of the fault is true.
fn ended(world: &World, faulty: &Faulty, files: usize) {
    let drafts = world.drafts();
    if faulty.ran.code == Some(0) {
        assert_eq!(files, 1, "{faulty}");
        let removed = !faulty.says("could not be removed");
        assert_eq!(drafts.is_empty(), removed, "{faulty}");
        // But for the folder itself, which is synced once more when the draft is gone.
        if faulty.call.file.contains("drafts/") && removed {
            assert!(faulty.says("cannot be kept at the moment"), "{faulty}");
        }
        return;
    }
    faulty.assert_told();
    if faulty.call.file == "1" {
        assert!(files == 1 && drafts.is_empty() && faulty.says("written all the same: "), "{faulty}");
    } else {
        assert!(files == 0 && faulty.is_stderr() | faulty.says("preconsult ask --resume"), "{faulty}");
    }
}

/// Every answer whose next question showed is in the draft, which ends in the same summary.
fn goes_on(world: &World, faulty: &Faulty, lines: &[String], expected: &str) {
    let shown =
        faulty.ran.stderr.matches("\nQuestion ").count() + usize::from(faulty.ran.stderr.starts_with("Question "));
    let ids = world.drafts();
    let kept = ids.last().and_then(|id| recover(&world.journal(id)).ok()).map_or(0, |read| read.answered());
    assert!(kept + 1 >= shown, "{kept} answers after {shown} questions\n{faulty}");
    if kept == 0 {
        return;
    }
    let again = run(world.command(&format!("{ASK} --resume")), &typed(&lines[kept..]));
    assert_eq!(again.code, Some(0), "{faulty}\n{again:?}");
    assert!(written(world).0.values().all(|text| text == expected), "{faulty}\n{again:?}");
    assert!(world.drafts().is_empty(), "{faulty}\n{again:?}");
}

//! Every write of the desk's screen fails in turn, or the program is killed at it, while a patient fills in an intake.
//! The given answers are kept, the interview can be finished, and the store verifies.

use crate::desk::clinic::{LABEL, PASSPHRASE};
use crate::support::fault_injection::{Faulty, at_each_write_of, missing_strace};
use crate::support::terminal::TerminalBuilder;
use crate::support::tools::skip;
use crate::support::{RunOutput, Sandbox, Terminal};
use serde_json::{Value, json};
use std::process::Command;

/// The input for each prompt. [`Sitting::menu`] answers menus.
const REPLIES: [(&str, &str); 14] = [
    ("Name or code (optional)", LABEL),
    ("In which language?", "1"),
    ("Who fills it in?", "1"),
    ("Are you ready?", "1"),
    ("Question 1 of", "acne-scars"),
    ("Question 2 of", "moderate"),
    ("Question 3 of", "good"),
    ("Question 4 of", "none"),
    ("Question 5 of", "no"),
    ("Type /done to finish", "/done"),
    ("The staff has the device", "1"),
    ("Your name or initials", "Berta"),
    ("Passphrase of the clinic", PASSPHRASE),
    ("Which intake?", "1"),
];

const MENU: &str = "What would you like to do?";

/// The ends of a screen that waits for a line.
const WAITS: [&str; 6] =
    ["Type a number from", "Type 1.", "Type /done to finish", "/help.", "(optional):", "for the audit log:"];

/// A simulated user, who begins or resumes an intake and leaves.
struct Sitting {
    /// Choices to make when offered, each once.
    wishes: Vec<&'static str>,
    choices: usize,
    /// The last input.
    typed: String,
}

impl Sitting {
    fn play(mut self, tty: &mut Terminal) {
        while let Some(reply) = tty.until(|text| self.reply(text)) {
            if let Some(wish) = reply.wish {
                let granted = self.wishes.iter().position(|known| *known == wish);
                granted.map(|at| self.wishes.remove(at));
                self.choices += 1;
            }
            assert!(self.choices < 20, "it goes round in circles:\n{}", tty.bytes());
            self.typed = reply.typed;
            tty.press(&format!("{}\r", self.typed));
        }
    }

    fn reply(&self, text: &str) -> Option<Reply> {
        let asked = REPLIES.iter().filter_map(|(question, reply)| Some((text.rfind(question)?, Some(*reply))));
        let menu = text.rfind(MENU).map(|at| (at, None));
        let Some((at, reply)) = asked.chain(menu).max() else {
            // The input came too early and was discarded, so the prompt repeats.
            let again = WAITS[..2].iter().any(|waits| text.contains(waits)) && !self.typed.is_empty();
            return again.then(|| Reply { typed: self.typed.clone(), wish: None });
        };
        let rest = text[at..].split_whitespace().collect::<Vec<_>>().join(" ");
        let is_hidden = rest.starts_with("Passphrase");
        if !is_hidden && !WAITS.iter().any(|waits| rest.contains(waits)) {
            return None;
        }
        match reply {
            Some(typed) => Some(Reply { typed: typed.to_owned(), wish: None }),
            None => self.menu(&text[at..]),
        }
    }

    /// Returns the input for the first wish that the menu offers.
    fn menu(&self, menu: &str) -> Option<Reply> {
        let number = |wish: &str| menu.lines().find_map(|line| line.trim().strip_suffix(wish)?.strip_suffix(". "));
        let always = ["Try again", "Leave the desk", "Back"];
        let (wish, number) = self.wishes.iter().copied().chain(always).find_map(|wish| Some((wish, number(wish)?)))?;
        Some(Reply { typed: number.to_owned(), wish: Some(wish) })
    }
}

struct Reply {
    typed: String,
    wish: Option<&'static str>,
}

fn screen(sandbox: &Sandbox) -> Command {
    sandbox.desk_command("--plain --clinic ../clinic")
}

/// Runs the screen with a simulated user.
fn sit(command: &Command, wishes: &[&'static str]) -> RunOutput {
    let mut tty = TerminalBuilder::of(command).size(60, 100).start();
    Sitting { wishes: wishes.to_vec(), choices: 0, typed: String::new() }.play(&mut tty);
    let status = tty.status();
    let code = status.signal().is_none().then(|| i32::try_from(status.exit_code()).ok()).flatten();
    RunOutput { code, stdout: String::new(), stderr: tty.bytes() }
}

const BEGIN: &[&str] = &["New intake"];
const GO_ON: &[&str] = &["Unlock", "Today's intakes", "Resume the interview", "Resume the interview"];

#[test]
fn an_intake_loses_no_answer_when_a_write_fails() {
    if let Some(why) = missing_strace() {
        return skip(&why);
    }
    at_each_write_of(
        Sandbox::with_clinic,
        screen,
        |command| sit(&command, BEGIN),
        |sandbox, faulty| check(sandbox, &faulty),
    );
}

fn check(sandbox: &Sandbox, faulty: &Faulty) {
    let shows = |text: &str| faulty.says(text);
    match faulty.output.code {
        None => assert!(faulty.killed(), "{faulty}"),
        Some(0 | 130) => {}
        // A terminal whose write fails is reported once it works again.
        _ => {
            assert!(
                shows("error") && shows("hint") && (!faulty.is_stderr() || shows("start the desk again")),
                "{faulty}"
            );
        }
    }
    let states = states(sandbox, faulty);
    // Each question appears after the previous answer was saved, unless the screen reports that it could not be.
    let saved = if shows("cannot be saved at the moment") { 0 } else { questions(faulty).saturating_sub(1) };
    assert!(!shows("is finished.") || states == ["finished"], "{states:?}\n{faulty}");
    assert!(saved == 0 || states.len() == 1, "{states:?}\n{faulty}");
    if states != ["finished"] {
        let can_resume = saved > 0 || shows("can be resumed later");
        let next = sit(&screen(sandbox), if can_resume { GO_ON } else { BEGIN });
        assert!(next.code == Some(0) && next.stderr.contains("is finished."), "{}\nafter {faulty}", next.stderr);
        let resumed = next.stderr.find(" are answered.").or(next.stderr.find(" is answered."));
        let answered = resumed.map_or(0, |at| {
            let words = next.stderr[..at].split_whitespace();
            words.rev().nth(1).and_then(|number| number.parse().ok()).unwrap_or(0)
        });
        assert!(answered >= saved, "{answered} of {saved}\n{}\nafter {faulty}", next.stderr);
    }
    let number = self::states(sandbox, faulty).len();
    let record = sandbox.desk_json(&format!("show {number} --json"));
    let expected = json!({
        "concerns": ["acne-scars"], "severity": { "acne-scars": "moderate" }, "skin-health": "good",
        "treatments-had": "none", "more": false, "label": LABEL,
    });
    assert_eq!(record["answers_file"]["answers"], expected, "{faulty}");
    sandbox.desk_ok("verify --unlock");
    let files = std::fs::read_dir(sandbox.path("../clinic")).expect("a clinic").flatten();
    let unnamed = files.filter(|file| file.file_name().to_string_lossy().starts_with('.')).count();
    assert!(unnamed == 0 || faulty.killed(), "{faulty}");
}

/// Returns the number of the last question on the screen.
fn questions(faulty: &Faulty) -> usize {
    (1..=5).rfind(|number| faulty.says(&format!("Question {number} of"))).unwrap_or(0)
}

fn states(sandbox: &Sandbox, faulty: &Faulty) -> Vec<String> {
    let listed = sandbox.desk("list --json");
    assert_eq!(listed.code, Some(0), "{listed:?}\nafter {faulty}");
    let intakes: Vec<Value> = serde_json::from_str(&listed.stdout).expect("JSON");
    intakes.iter().filter_map(|intake| Some(intake["state"].as_str()?.to_owned())).collect()
}

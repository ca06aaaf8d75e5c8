//! The terminal, the line prompter, the browser and an answers file give the same bytes for the same answers.

use crate::support::pack_files::BUILT_IN;
use crate::support::terminal::ENTER;
use crate::support::{Sandbox, Terminal};
use preconsult::answer::{Answer, AnswerKey, AnswerValue};
use preconsult::interview::{AnswersFile, Completeness, Interview, Step};
use preconsult::pack::{Language, Pack, QuestionType, Role};
use serde_json::{Value, json};

const VIGNETTES: [&str; 6] = [
    "bride-keeps-her-health-private",
    "expects-complete-change",
    "in-a-hurry",
    "not-sure-with-a-label",
    "skips-everything",
    "only-what-is-not-covered",
];

const OPTIONS: &str = "--date 2026-11-22 --copy both --filled-in-by patient --format text,markdown,json,answers";

#[test]
fn the_same_script_gives_the_same_bytes_with_every_prompter() {
    let pack = &*BUILT_IN;
    for name in VIGNETTES {
        let text = answers_file(name);
        let file = AnswersFile::read(pack, name, &text, Completeness::Complete)
            .unwrap_or_else(|problems| panic!("{name}: {problems}"));
        let expected = by_file(&text);
        assert_same(&expected, &by_lines(pack, &file), &format!("{name}, plain lines"));
        assert_same(&expected, &by_terminal(pack, &file), &format!("{name}, the terminal"));
        #[cfg(feature = "serve")]
        assert_same(&expected, &by_browser(pack, &file), &format!("{name}, the browser"));
    }
}

/// Returns the answers of a vignette as an answers file.
fn answers_file(name: &str) -> String {
    let path = format!("{}/tests/vignettes/{name}.json", env!("CARGO_MANIFEST_DIR"));
    let vignette = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let vignette: Value = serde_json::from_str(&vignette).expect("a vignette is JSON");
    json!({ "format": 1, "pack": "microneedling", "answers": vignette["answers"] }).to_string()
}

/// Contents of files by name.
type Files = Vec<(String, String)>;

fn assert_same(expected: &Files, actual: &Files, prompter: &str) {
    let names = |files: &Files| files.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    assert_eq!(names(actual), names(expected), "{prompter}");
    for ((name, expected), (_, actual)) in expected.iter().zip(actual) {
        let differs = expected.lines().zip(actual.lines()).find(|(expected, actual)| expected != actual);
        assert!(expected == actual, "{prompter}: {name} differs, first here: {differs:?}");
    }
}

/// Returns the options of each run. A label that is not asked for comes from the desk.
fn options(pack: &Pack, file: &AnswersFile) -> Vec<String> {
    let mut options: Vec<String> = OPTIONS.split(' ').map(str::to_owned).collect();
    let label = AnswerKey::of_question(pack.with_role(Role::Label).expect("the pack has a label"));
    if let Some(Answer::Value(AnswerValue::Text(text))) = file.answers.get(&label)
        && !Interview::new(pack, file.answers.clone()).asked().contains(&label)
    {
        options.push(format!("--label={text}"));
    }
    options
}

/// Returns the files in the folder by name.
fn files(sandbox: &Sandbox) -> Files {
    let files: Files = sandbox.outputs().into_iter().map(|name| (name.clone(), sandbox.read(&name))).collect();
    assert_eq!(files.len(), 7, "two copies in three formats, and the answers");
    files
}

fn by_file(text: &str) -> Files {
    let sandbox = Sandbox::new();
    sandbox.run(&format!("summarize - {OPTIONS}")).stdin(text).stdout_has(["-patient.txt"]).check();
    files(&sandbox)
}

/// Steps through the interview like a prompter, and calls `give` for each question with its answer.
fn for_each_answer(pack: &Pack, file: &AnswersFile, mut give: impl FnMut(usize, AnswerKey, &Answer)) {
    let mut interview = Interview::new(pack, preconsult::answer::Answers::new());
    while let Step::Ask(slot) = interview.step() {
        let answer = file.answers.get(&slot).unwrap_or_else(|| panic!("the vignette leaves {slot:?} open"));
        give(interview.position().0, slot, answer);
        interview.answer(answer.clone()).unwrap_or_else(|refusal| panic!("{slot:?}: {refusal:?}"));
    }
}

fn by_lines(pack: &Pack, file: &AnswersFile) -> Files {
    let mut replies = String::new();
    for_each_answer(pack, file, |_, slot, answer| {
        let choices = pack.questions[slot.question].shape.choices();
        let reply = match answer {
            Answer::Skipped => "/skip".to_owned(),
            Answer::Declined => "/decline".to_owned(),
            Answer::Value(AnswerValue::Choice { chosen, text }) => {
                let codes: Vec<&str> = chosen.iter().map(|choice| choices[*choice].code.as_str()).collect();
                let own = text.as_ref().map(|text| format!(": {text}")).unwrap_or_default();
                format!("{}{own}", codes.join(", "))
            }
            Answer::Value(AnswerValue::Text(text)) => escape_slash(text),
            other @ (Answer::Value(_) | Answer::Unreadable(_)) => panic!("the pack asks for no {other:?}"),
        };
        replies.push_str(&reply);
        replies.push('\n');
    });
    replies.push_str("/done\n");
    let sandbox = Sandbox::new();
    let options = options(pack, file);
    sandbox
        .run_with(["ask", "--plain"].into_iter().chain(options.iter().map(String::as_str)))
        .stdin(replies)
        .stdout_has(["-patient.txt"])
        .stderr_has(["Your answers"])
        .check();
    files(&sandbox)
}

fn by_terminal(pack: &Pack, file: &AnswersFile) -> Files {
    let sandbox = Sandbox::new();
    let mut tty = sandbox.terminal("ask").arguments(&options(pack, file)).start();
    for_each_answer(pack, file, |number, slot, answer| {
        tty.wait_for_question(number);
        reply(&mut tty, &pack.questions[slot.question].shape, answer);
    });
    tty.wait_for_review();
    tty.finish();
    let ended = tty.end();
    assert_eq!(ended.code, 0, "{}", ended.screen);
    files(&sandbox)
}

#[cfg(feature = "serve")]
fn by_browser(pack: &Pack, file: &AnswersFile) -> Files {
    use crate::support::web::{WebServer, fields, question_path};
    let sandbox = Sandbox::new();
    let options = options(pack, file);
    let server = WebServer::start(&sandbox, options.iter().map(String::as_str));
    let mut client = server.client();
    let mut path = client.start("en").path;
    for_each_answer(pack, file, |_, slot, answer| {
        assert_eq!(path, question_path(pack, slot));
        path = client.send(&path, &fields(pack, slot, answer)).path;
    });
    assert_eq!(path, "/check");
    assert_eq!(client.send("/check", &[("go", "continue")]).path, "/done");
    assert_eq!(server.stop().code, Some(0));
    files(&sandbox)
}

/// Answers the question on the screen with key presses.
fn reply(tty: &mut Terminal, shape: &QuestionType, answer: &Answer) {
    const SKIP: &str = "Skip this question";
    const DECLINE: &str = "I'd rather not say";
    match (shape, answer) {
        (QuestionType::Text(_), Answer::Skipped) => tty.press(&format!("/skip{ENTER}")),
        (QuestionType::Text(_), Answer::Declined) => tty.press(&format!("/decline{ENTER}")),
        (QuestionType::Text(_), Answer::Value(AnswerValue::Text(text))) => {
            tty.press(&format!("{}{ENTER}", escape_slash(text)));
        }
        (QuestionType::MultipleChoice(_), Answer::Skipped) => tty.tick(&[SKIP]),
        (QuestionType::MultipleChoice(_), Answer::Declined) => tty.tick(&[DECLINE]),
        (QuestionType::SingleChoice(_), Answer::Skipped) => tty.choose(SKIP),
        (QuestionType::SingleChoice(_), Answer::Declined) => tty.choose(DECLINE),
        (
            QuestionType::MultipleChoice(options) | QuestionType::SingleChoice(options),
            Answer::Value(AnswerValue::Choice { chosen, text }),
        ) => {
            let texts = chosen.iter().map(|at| options.choices[*at].text.in_language(Language::default()).as_str());
            let texts: Vec<&str> = texts.collect();
            if matches!(shape, QuestionType::MultipleChoice(_)) {
                tty.tick(&texts);
            } else {
                tty.choose(texts[0]);
            }
            if options.free_text.is_some() {
                tty.wait(["Add details", "Esc"]);
                tty.press(&format!("{}{ENTER}", text.as_deref().unwrap_or_default()));
            }
        }
        other => panic!("the pack asks for no {other:?}"),
    }
}

/// Returns a text as it is typed: a slash at its start is doubled.
fn escape_slash(text: &str) -> String {
    if text.starts_with('/') { format!("/{text}") } else { text.to_owned() }
}

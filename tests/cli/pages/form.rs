//! The blank form: every question, every option, and conditions as instructions.

use super::flowing;
use crate::support::Sandbox;
use crate::support::pack_files::BUILT_IN;
use preconsult::pack::{Language, QuestionType};

#[test]
fn the_form_asks_every_question_with_every_option() {
    let pack = &*BUILT_IN;
    let sandbox = Sandbox::new();
    for (tag, language) in [("en", Language::default()), ("es", pack.language("es").expect("the pack speaks Spanish"))]
    {
        let done = sandbox.run(&format!("form --stdout --lang {tag}")).stdout_has([" *"]).check();
        let text = flowing(&done.stdout);
        for (at, question) in pack.questions.iter().enumerate() {
            let asked = question.text.in_language(language).as_str();
            let asked = flowing(asked.split("{for}").max_by_key(|part| part.len()).unwrap_or_default());
            assert!(text.contains(&asked), "{tag}: question {} is missing: {asked}", at + 1);
            for choice in question.shape.choices() {
                let mark = if matches!(question.shape, QuestionType::MultipleChoice(_)) { "[ ]" } else { "( )" };
                let option = format!("{mark} {}", flowing(choice.text.in_language(language).as_str()));
                assert!(text.contains(&option), "{tag}: {} lacks {option}", question.id);
            }
        }
    }
}

#[test]
fn conditions_are_printed_as_instructions() {
    let done = Sandbox::new()
        .run("form --stdout")
        .stdout_has([
            "Only if you ticked \u{201c}Something else\u{201d} in question 1.",
            "Fill in this part only if you ticked \u{201c}Yes\u{201d} in question 6.",
            "Only if you did not tick \u{201c}I am not sure yet\u{201d} in question 1.",
            "Ticked in question 1: ____",
            "If you ticked more than 3, please answer for the others on one more sheet.",
        ])
        .check();
    assert!(!done.stdout.contains("{for}"));
    // Nothing that works only on a screen.
    assert!(!done.stdout.contains("check your answers"));
    // An instruction that the help text already gives is not repeated.
    assert!(done.stdout.contains("Choose all that fit") && !done.stdout.contains("Tick all that fit."));
}

#[test]
fn the_form_is_written_like_other_pages() {
    let sandbox = Sandbox::new();
    let first = sandbox.run("form --format html").stdout("microneedling-form-en.html\n").check();
    let second = sandbox.run("form --format html").stdout("microneedling-form-en-2.html\n").check();
    assert_eq!(sandbox.read(first.stdout.trim()), sandbox.read(second.stdout.trim()));
    // Only formats that can be filled in by pen are offered.
    for format in ["json", "markdown", "answers"] {
        let done = sandbox.run(&format!("form --format {format}")).code(2).stderr_has([format, "html, text]"]).check();
        assert!(!done.stderr.contains("markdown, "), "{}", done.stderr);
    }
}

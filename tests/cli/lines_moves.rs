//! Line prompter: going back, the review, changing an answer, and branches that are hidden and shown again.

use crate::cli::answers::{SHORT_REPLIES, replies_to};
use crate::support::{RunOutput, Sandbox};
use serde_json::{Value, json};

/// Returns the summary after these replies, and standard error.
fn interview(replies: &str) -> (Value, String) {
    let sandbox = Sandbox::new();
    let RunOutput { stdout, stderr, .. } = sandbox
        .run("--plain --format json --date 2026-11-22")
        .stdin(replies)
        .stdout_has([".json\n"])
        .stderr_has(["Your answers"])
        .check();
    (serde_json::from_str(&sandbox.read(stdout.trim_end())).expect("JSON"), stderr)
}

fn answer<'s>(summary: &'s Value, question: &str) -> &'s Value {
    let answers = summary["answers"].as_array().expect("a list");
    answers.iter().find(|record| record["question"] == question).expect("every question has a record")
}

/// Returns how often a question was asked.
fn times_asked(stderr: &str, text: &str) -> usize {
    stderr.lines().filter(|line| *line == text).count()
}

const SKIN_HEALTH: &str = "How healthy is your skin overall, as you see it?";

#[test]
fn back_asks_the_previous_question_and_keeps_its_answer() {
    // Back from the fourth question, and forward with a new answer: the fourth is next.
    let (summary, stderr) = interview("acne-scars\nmild\ngood\n/back\npoor\nnone\nno\n/done\n");
    assert_eq!(answer(&summary, "skin-health")["codes"], json!(["poor"]));
    assert_eq!(times_asked(&stderr, SKIN_HEALTH), 2);
    let before = "Your current answer: Good\nA new answer replaces it. To keep it, type it again or /review.\n";
    assert!(stderr.contains(before), "{stderr}");
    // Back to the first question, and then to the review: no answer is lost.
    let (summary, _) = interview("acne-scars\nmild\ngood\nnone\nback\nback\nback\n/back\n/review\n5\nno\n/done\n");
    assert_eq!(answer(&summary, "treatments-had")["codes"], json!(["none"]));
    assert_eq!(answer(&summary, "severity")["codes"], json!(["mild"]));
}

#[test]
fn back_at_the_first_question_says_so() {
    let sandbox = Sandbox::new();
    sandbox
        .run("--plain")
        .stdin(format!("/back\nback\n{SHORT_REPLIES}"))
        .stdout_has(["2"])
        .stderr_has([
            "This is the first question.\n",
            "Question 1",
            "This is the first question.\n",
            "Question 1",
            "Question 2",
        ])
        .check();
}

#[test]
fn back_works_in_a_text_and_at_the_review() {
    let (summary, stderr) =
        interview(&replies_to("questions", "/back\nalternatives\nWhy?").replace("/done", "/back\n18-21\n/done"));
    assert_eq!(answer(&summary, "to-ask")["codes"], json!(["alternatives"]));
    assert_eq!(summary["questions"]["free_text"], "Why?");
    assert_eq!(answer(&summary, "age-band")["codes"], json!(["18-21"]));
    assert_eq!(times_asked(&stderr, "Which of these would you like to ask at your visit?"), 2);
}

#[test]
fn the_review_shows_every_answer_and_changes_any() {
    let (summary, stderr) = interview("dark-spots,melasma\nmild\nsevere\ngood\nnone\nno\n3\nunsure\n/done\n");
    for line in [
        "  1. Concerns: Dark spots or brown marks, such as flat brown marks left by acne; Brown patches that a doctor has called melasma\n",
        "  2. Severity (Dark spots or brown marks, such as flat brown marks left by acne): Mild\n",
        "  3. Severity (Brown patches that a doctor has called melasma): Severe\n",
        "  3. Severity (Brown patches that a doctor has called melasma): I am not sure\n",
        "  6. More questions: No\n",
    ] {
        assert!(stderr.contains(line), "the review lacks {line:?} in\n{stderr}");
    }
    let severity: Vec<&Value> = summary["answers"]
        .as_array()
        .expect("a list")
        .iter()
        .filter(|record| record["question"] == "severity")
        .map(|record| &record["codes"])
        .collect();
    assert_eq!(severity, [&json!(["mild"]), &json!(["unsure"])]);
}

#[test]
fn an_invalid_reply_at_the_review_ends_a_script_with_the_valid_ones() {
    for (invalid, reason) in [
        ("yes", "Type /done, or a number from 1 to 5."),
        ("0", "Type /done, or a number from 1 to 5."),
        ("6", "Type /done, or a number from 1 to 5."),
        ("-1", "Type /done, or a number from 1 to 5."),
        ("/nothing", "Type /done, or a number from 1 to 5."),
    ] {
        let sandbox = Sandbox::new();
        let error = format!("error: line 6 was refused at the review, and no summary was written. {reason}\n");
        let replies = SHORT_REPLIES.replace("/done", &format!("{invalid}\n/done"));
        sandbox.run("--plain").stdin(replies).code(2).stderr_has(["Your answers", &error]).check();
        assert_eq!(sandbox.outputs(), [""; 0], "after {invalid:?}");
    }
}

#[test]
fn help_and_repeat_at_the_review_list_the_answers_again() {
    let replies = SHORT_REPLIES.replace("/done", "\nhelp\nreview\n/repeat\n5.\nno\ndone");
    let (_, stderr) = interview(&replies);
    assert_eq!(stderr.matches("/done finishes. A number opens that question again.").count(), 1, "{stderr}");
    assert_eq!(times_asked(&stderr, "Your answers"), 5, "{stderr}");
    assert_eq!(stderr.matches("Nothing was typed.\n").count(), 1, "{stderr}");
    // After a change, only the lines that differ are read.
    assert_eq!(times_asked(&stderr, "  5. More questions: No"), 4, "{stderr}");
    assert!(stderr.ends_with("Your answers\nNothing else has changed; /repeat reads all answers.\nType /done to finish, or the number of an answer to change it.\n"), "{stderr}");
}

#[test]
fn an_early_review_lists_the_unanswered_questions() {
    let sandbox = Sandbox::new();
    // `/done` too early is refused, so that the next line does not answer a question that the script did not expect.
    sandbox
        .run("--plain")
        .stdin("acne-scars\n/review\n/done\nmild\ngood\nnone\nno\n/done\n")
        .code(2)
        .stderr_has([
            "Your answers",
            "  2. Severity (Acne scars (dents)): [not answered yet]\n",
            "4 questions need an answer before you can finish.\n",
            "line 3 was refused at question 2",
            "This question still needs an answer.",
        ])
        .check();
}

#[test]
fn after_a_change_from_an_early_review_the_review_shows_again() {
    let (summary, stderr) = interview("acne-scars\nmild\ngood\nnone\n/review\n2\nsevere\n5\nno\n/done\n");
    assert_eq!(answer(&summary, "severity")["codes"], json!(["severe"]));
    let reviews: Vec<&str> = stderr.split("Your answers\n").collect();
    assert_eq!(reviews.len(), 4, "{stderr}");
    assert!(!reviews[2].contains("Question 4"), "{stderr}");
    // Only the questions that the change has made visible are asked first.
    let (_, stderr) = interview("acne-scars\nmild\n/review\n1\nacne-scars,redness\nmild\n4\ngood\nnone\nno\n/done\n");
    assert_eq!(times_asked(&stderr, "Redness: would you say that it is mild, moderate or severe?"), 1, "{stderr}");
    let reviews: Vec<&str> = stderr.split("Your answers\n").collect();
    assert_eq!(reviews.len(), 4, "{stderr}");
    assert!(!reviews[1].contains(SKIN_HEALTH) && reviews[2].contains(SKIN_HEALTH), "{stderr}");
}

#[test]
fn unanswered_optional_questions_count_as_not_asked() {
    let (summary, stderr) = interview("acne-scars\nmild\ngood\nnone\nyes\nface\n/review\n/done\n");
    assert!(stderr.contains("17 questions have no answer yet; they would count as not asked.\n"), "{stderr}");
    assert_eq!(answer(&summary, "area")["codes"], json!(["face"]));
    assert_eq!(answer(&summary, "history")["state"], "not-asked");
}

#[test]
fn a_hidden_branch_is_not_in_the_summary_and_keeps_its_answers() {
    let yes = replies_to("history", "keloid");
    let hidden = yes.replace("/done", "5\nno\n/done");
    let (summary, stderr) = interview(&hidden);
    assert_eq!(answer(&summary, "history")["state"], "not-asked");
    assert_eq!(answer(&summary, "area")["state"], "not-asked");
    assert!(!stderr.rsplit("Your answers").next().expect("a review").contains("Keloids"), "{stderr}");

    let (summary, stderr) = interview(&yes.replace("/done", "5\nno\n5\nyes\n/done"));
    assert_eq!(answer(&summary, "history")["codes"], json!(["keloid"]));
    assert_eq!(answer(&summary, "area")["state"], "skipped");
    assert_eq!(times_asked(&stderr, "Do you have, or have you had, any of these?"), 1, "the question was asked twice");
}

#[test]
fn a_concern_removed_and_added_again_keeps_its_answers() {
    let replies = "acne-scars,stretch-marks\nsevere\nmild\ngood\nnone\nno\n1\nstretch-marks\n1\nacne-scars,stretch-marks\n/done\n";
    let (summary, stderr) = interview(replies);
    assert_eq!(summary["benefits"].as_array().map(Vec::len), Some(2));
    assert_eq!(answer(&summary, "severity")["codes"], json!(["severe"]));
    assert_eq!(times_asked(&stderr, "Acne scars (dents): would you say that it is mild, moderate or severe?"), 1);
    let (summary, _) = interview("acne-scars,stretch-marks\nsevere\nmild\ngood\nnone\nno\n1\nstretch-marks\n/done\n");
    assert_eq!(answer(&summary, "severity")["for"], "stretch-marks");
    assert!(!summary.to_string().contains("acne-scars"), "{summary}");
}

#[test]
fn not_sure_is_asked_once_about_everything() {
    let (summary, stderr) = interview("not-sure\nmild\ngood\nnone\nno\n/done\n");
    assert_eq!(times_asked(&stderr, "Overall, would you say that your skin concerns are mild, moderate or severe?"), 1);
    assert_eq!(answer(&summary, "severity")["for"], "overall");
    assert_eq!(
        (summary["benefits"].as_array().map(Vec::len), summary["overview"].as_array().map(Vec::len)),
        (Some(0), Some(9))
    );
}

#[test]
fn the_shortest_interview_has_five_questions() {
    let (_, stderr) = interview(SHORT_REPLIES);
    let positions: Vec<&str> = stderr.lines().filter(|line| line.starts_with("Question ")).collect();
    assert_eq!(positions, ["1", "2", "3", "4", "5"].map(|number| format!("Question {number} of about 5")));
}

#[test]
fn a_repeated_question_shows_its_current_answer() {
    let (_, stderr) =
        interview(&replies_to("products", "other, 1: The blue jar\n/back\n/skip\n/back\n/decline\n/back\nnone"));
    let answers: Vec<&str> = stderr.lines().filter_map(|line| line.strip_prefix("Your current answer: ")).collect();
    assert_eq!(answers, ["Soap or face wash; Something else; “The blue jar”", "Skipped", "I'd rather not say"]);
}

//! Notes and errors of the program, on terminals of several widths.

use crate::support::Sandbox;
use crate::support::terminal::CTRL_C;

#[test]
fn a_spanish_interview_shows_the_resume_hint_in_spanish() {
    for (options, number) in [("", 2), ("--plain", 1)] {
        let sandbox = Sandbox::new();
        let mut tty = sandbox.terminal(&format!("--lang es {options}")).size(40, 80).start();
        if number == 2 {
            tty.wait(["Pregunta 1", "Esc"]);
            tty.tick(&["Cicatrices de acné"]);
        }
        tty.wait([format!("Pregunta {number}").as_str(), if number == 2 { "Esc" } else { "/help (ayuda)." }]);
        tty.press(CTRL_C);
        let ended = tty.end();
        assert_eq!(ended.code, 130);
        let screen = ended.flowed();
        let (_, message) = screen.split_once("detenido: ").expect("the message says where it stopped");
        let has_hint = message.contains("sugerencia: las respuestas están guardadas: siga con");
        assert!(message.contains("no se escribió ningún resumen") && has_hint == (number == 2), "{}", ended.screen);
        assert!(!["stopped", "hint", "kept", "question"].iter().any(|word| message.contains(word)), "{message}");
    }
}

#[test]
fn notes_and_errors_break_between_words() {
    for columns in [80, 60, 40] {
        let sandbox =
            Sandbox::with("a.json", r#"{"format":1,"pack":"microneedling","answers":{"concerns":["acne-scras"]}}"#);
        let mut tty = sandbox.terminal("--new").size(50, columns).start();
        tty.wait_for_question(1);
        tty.tick(&["Acne scars"]);
        tty.wait_for_question(2);
        tty.press(CTRL_C);
        let stopped = tty.end();
        assert!(stopped.flowed().contains("hint: the answers are saved: continue with `preconsult ask --resume 2"));
        let mut tty = sandbox.terminal("--resume").size(50, columns).start();
        tty.wait(["This resumes the interview", "question is answered.", "Question 2", "Esc"]);
        tty.press(CTRL_C);
        let resumed = tty.end();
        let invalid = sandbox.terminal("summarize a.json").size(50, columns.max(60)).start().end();
        assert!(invalid.flowed().contains("did you mean `acne-scars`?"), "{}", invalid.screen);
        let usage = sandbox.terminal("ask --date 2020-9-99").size(50, columns).start().end();
        assert!(usage.flowed().contains("write it as YYYY-MM-DD, such as 2026-11-22"), "{}", usage.screen);
        let runs = [(stopped, columns), (resumed, columns), (usage, columns), (invalid, columns.max(60))];
        for (ended, columns) in runs {
            // A line that is too long for the terminal still counts as one line of its screen.
            let max_width = ended.screen.lines().map(|line| line.chars().count()).max();
            assert!(max_width <= Some(columns.into()), "{columns}\n{}", ended.screen);
        }
    }
}

//! What the program says beside the questions, on terminals of several widths.

use super::CTRL_C;
use crate::world::World;

#[test]
fn whoever_is_asked_in_spanish_is_told_in_spanish_how_to_go_on() {
    for (further, number) in [("", 2), ("--plain", 1)] {
        let world = World::new();
        let mut tty = world.tty(&format!("--lang es {further}")).size(40, 80).start();
        if number == 2 {
            tty.wait(["Pregunta 1", "Esc"]);
            tty.tick(&[6]);
        }
        tty.wait([format!("Pregunta {number}").as_str(), if number == 2 { "Esc" } else { "/help (ayuda)." }]);
        tty.press(CTRL_C);
        let ended = tty.end();
        assert_eq!(ended.code, 130);
        let (_, told) = ended.screen.split_once("detenido: ").expect("it says where it stopped");
        let is_kept = told.contains("sugerencia: las respuestas están guardadas: siga con");
        assert!(told.contains("no se escribió ningún resumen") && is_kept == (number == 2), "{}", ended.screen);
        assert!(!["stopped", "hint", "kept", "question"].iter().any(|word| told.contains(word)), "{told}");
    }
}

#[test]
fn notes_and_errors_break_between_words() {
    for columns in [80, 60, 40] {
        let world =
            World::with("a.json", r#"{"format":1,"pack":"microneedling","answers":{"concerns":["acne-scras"]}}"#);
        let mut tty = world.tty("--new").size(50, columns).start();
        tty.asked(1);
        tty.tick(&[6]);
        tty.asked(2);
        tty.press(CTRL_C);
        let stopped = tty.end();
        assert!(stopped.flowed().contains("hint: the answers are kept: go on with `preconsult ask --resume 2"));
        let mut tty = world.tty("--resume").size(50, columns).start();
        tty.wait(["Going on with the interview", "question has its answer.", "Question 2", "Esc"]);
        tty.press(CTRL_C);
        let resumed = tty.end();
        let refused = world.tty("summarize a.json").size(50, columns.max(60)).start().end();
        assert!(refused.flowed().contains("did you mean `acne-scars`?"), "{}", refused.screen);
        let usage = world.tty("ask --date 2020-9-99").size(50, columns).start().end();
        assert!(usage.flowed().contains("write it as YYYY-MM-DD, such as 2026-11-22"), "{}", usage.screen);
        let ends = [(stopped, columns), (resumed, columns), (usage, columns), (refused, columns.max(60))];
        for (ended, columns) in ends {
            // A line that the terminal had to cut is one line of the screen still.
            let widest = ended.screen.lines().map(|line| line.chars().count()).max();
            assert!(widest <= Some(columns.into()), "{columns}\n{}", ended.screen);
        }
    }
}

//! What a screen reader speaks in plain lines: whole interviews, each reply after a `>`.
//!
//! Read a changed snapshot aloud. Every line of it costs the patient time.

use crate::support::pack_files::BUILT_IN;
use expect_test::expect_file;
use preconsult::answer::Answers;
use preconsult::ask::lines::LinePrompter;
use preconsult::ask::run_interview;
use preconsult::interview::Interview;
use preconsult::messages::Messages;
use std::cell::RefCell;
use std::io::{BufReader, Read, Write};

/// What was spoken, with the replies.
#[derive(Default)]
struct Transcript(RefCell<Vec<u8>>);

/// Replies that are noted in a transcript as they are read.
struct Replies<'t> {
    lines: Vec<&'t str>,
    transcript: &'t Transcript,
}

impl Read for Replies<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let Some(line) = (!self.lines.is_empty()).then(|| self.lines.remove(0)) else { return Ok(0) };
        self.transcript.0.borrow_mut().extend(format!("> {line}\n").into_bytes());
        let line = format!("{line}\n");
        buffer[..line.len()].copy_from_slice(line.as_bytes());
        Ok(line.len())
    }
}

impl Write for &Transcript {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.borrow_mut().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Runs an interview and returns its transcript.
fn spoken(tag: &str, replies: &str) -> String {
    let language = BUILT_IN.language(tag).expect("a language of the pack");
    let words = Messages::new(tag);
    let transcript = Transcript::default();
    let lines = Replies { lines: replies.lines().map(str::trim).collect(), transcript: &transcript };
    let mut interview = Interview::new(&BUILT_IN, Answers::new());
    let mut prompter = LinePrompter::new(BufReader::new(lines), &transcript, &words).at_terminal(|| Ok(false));
    let finished = run_interview(&mut interview, &mut prompter, &words, language, &mut |_| Ok(()));
    let text = String::from_utf8(transcript.0.take()).expect("text");
    assert!(finished.is_ok(), "{finished:?}\n{text}");
    text
}

#[test]
fn a_whole_interview_is_short_enough_to_listen_to() {
    let english = spoken(
        "en",
        "acne
         acne scars
         2.
         /help
         good
         none
         y
         face neck
         from 1 to 5
         /skip
         1, 4
         /back
         /repeat
         dented and flat
         /decline
         1 2: The blue jar
         a clear
         flare, skin
         diabetes and a skin infection
         waxing: on my lip
         none: aspirin at times
         8
         this
         sun-3
         never
         2, how might my
         How long does it last?
         A12

         under
         2
         severe
         /done",
    );
    expect_file!["spoken/interview-en.txt"].assert_eq(&english);
    let spanish = spoken(
        "es",
        "acné y 13
         leve
         mod
         no lo sé
         no
         5
         /help
         no
         /repeat
         1
         estrías
         /repeat
         /done",
    );
    expect_file!["spoken/interview-es.txt"].assert_eq(&spanish);
}

//! `preconsult ask`: the interview.

use super::{apply_label, load_pack, note, page::Page};
use crate::ask::{Asker, Stop, conduct, lines::Lines, name_of, terminal::Terminal};
use crate::cli::AskArgs;
use crate::error::Error;
use crate::interview::{AnswersFile, Interview, Need, Step};
use crate::keep::read_text;
use crate::messages::Words;
use crate::pack::{Language, Pack};
use std::io::IsTerminal;

pub(super) fn run(args: &AskArgs) -> Result<(), Error> {
    let pack = load_pack(&args.pack)?;
    let file = match &args.answers {
        Some(path) => {
            let (name, text) = read_text(Some(path))?;
            AnswersFile::read(&pack, &name, &text, Need::Partial)?
        }
        None => AnswersFile::default(),
    };
    let page = Page::new(&pack, &args.pack, &args.output, &file)?;
    page.check_folder()?;
    let language = page.language;
    let words = Words::new(pack.tag(language));
    let mut interview = Interview::new(&pack, file.answers.clone());
    apply_label(&mut interview, args.output.label.as_deref())?;

    let plain = args.plain || !is_screen();
    let mut asker: Box<dyn Asker + '_> = if plain {
        Box::new(Lines::new(std::io::stdin().lock(), std::io::stderr(), &words))
    } else {
        Box::new(Terminal::new(&words))
    };
    conduct(&mut interview, asker.as_mut(), &words, language, &mut |_, _| Ok(()))
        .map_err(|stop| stopped(&pack, &interview, stop, &words, language))?;
    let finished = interview.finish().map_err(|_| Error::input(words.say("required-open")))?;
    if std::io::stderr().is_terminal() {
        note(&format!("\n{}", page.on_screen(&finished)?));
    }
    page.write_files(&finished)?;
    note(&words.say("thanks"));
    Ok(())
}

/// Whether there is a terminal that can redraw lists; `inquire` would otherwise look for one by itself.
fn is_screen() -> bool {
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    std::io::stdin().is_terminal() && std::io::stderr().is_terminal() && !dumb
}

fn stopped(pack: &Pack, interview: &Interview<'_>, stop: Stop, words: &Words, language: Language) -> Error {
    let at = match interview.step() {
        Step::Review => "the review".to_owned(),
        Step::Ask(slot) => {
            let id = &pack.questions[slot.question].id;
            format!("question {} ({id}: {})", interview.position().0, name_of(interview, slot, words, language))
        }
    };
    match stop {
        Stop::EndOfInput => Error::input(format!("the input ended at {at}, before /done; no summary was written"))
            .hint("end the replies with /done, or let `preconsult summarize` read an answers file"),
        Stop::Interrupted => Error::stopped(format!("stopped at {at}; no summary was written")),
        Stop::Io(error) => Error::io("go on asking on", std::path::Path::new("the terminal"), &error),
    }
}

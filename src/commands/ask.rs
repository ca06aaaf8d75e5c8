//! `preconsult ask`: the interview.

use super::interrupts::{Interrupts, Phase, clear_below};
use super::keeper::Keeper;
use super::start::Start;
use super::{load_pack, note, page::Page, sample};
use crate::ask::{Asker, Stop, conduct, lines::Lines, name_of, terminal};
use crate::cli::AskArgs;
use crate::error::{Error, way_out, why};
use crate::interview::{Interview, Step};
use crate::messages::Words;
use crate::pack::{Language, Pack, Question};
use crate::printable::Printable;
use std::io::IsTerminal;

pub(super) fn run(args: &AskArgs) -> Result<(), Error> {
    let pack = load_pack(&args.pack)?;
    let start = Start::choose(args, &pack)?;
    let page = Page::new(&pack, &args.pack, &args.output, &start.file)?;
    let language = page.language;
    let words = Words::new(pack.tag(language));
    page.check_folder(&words)?;
    if page.has_template()
        && let Some(finished) = sample::longest(&pack, args.pack.pack.as_deref())?
    {
        page.try_template(&finished)?;
    }
    let (mut interview, mut keeper) = start.begin(args, &pack, &words, language)?;
    if let Err(stop) = ask(args, &mut interview, &mut keeper, &words, language) {
        if !is_plain(args.plain) {
            clear_below();
        }
        let error = stopped(&pack, &interview, stop, &words, language);
        return Err(with_way_back(error, args, &keeper));
    }
    let finished = interview.finish().map_err(|_| Error::input(words.say("required-open")).spoken(&words))?;
    let on_terminal = std::io::stderr().is_terminal();
    if on_terminal {
        note(&format!("\n{}\n\n{}", words.say("thanks"), page.on_screen(&finished)));
    }
    // The draft goes when the summary is there, and not before.
    let told = words.with("summary-file", [("count", page.files().into())]);
    let told = Some(told.as_str()).filter(|_| on_terminal && std::io::stdout().is_terminal());
    let written = page.write_files(&finished, told, &words).map_err(|error| {
        // What the disk did not take before it may take now.
        keeper.keep_now();
        with_way_back(error, args, &keeper)
    })?;
    keeper.finish();
    page.send_to_printer(written, &words)
}

fn ask(
    args: &AskArgs,
    interview: &mut Interview<'_>,
    keeper: &mut Keeper<'_>,
    words: &Words,
    language: Language,
) -> Result<(), Stop> {
    let interrupts = Interrupts::watch(at_once(args, keeper, words));
    let asked = conduct(interview, asker(args.plain, words).as_mut(), words, language, &mut |event| {
        let mut phase = interrupts.hold();
        keeper.event(&event);
        *phase = at_once(args, keeper, words);
        Ok(())
    });
    *interrupts.hold() = Phase::Ending;
    asked
}

/// Who asks: the terminal, or lines where that is wanted or there is none.
pub(super) fn asker(plain: bool, words: &Words) -> Box<dyn Asker + '_> {
    asker_below(plain, words, &[])
}

/// The same, below texts that stay on the screen.
pub(super) fn asker_below<'w>(plain: bool, words: &'w Words, above: &[String]) -> Box<dyn Asker + 'w> {
    if is_plain(plain) {
        let lines = Lines::new(std::io::stdin().lock(), std::io::stderr(), words);
        Box::new(if std::io::stderr().is_terminal() { lines.broken_at(terminal::width) } else { lines })
    } else {
        Box::new(terminal::Terminal::new(words, super::stderr().colour).below(above))
    }
}

/// Whether there is no terminal that can redraw prompts, or none is wanted; crossterm would look for one by itself.
pub(super) fn is_plain(wanted: bool) -> bool {
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    wanted || dumb || !std::io::stdin().is_terminal() || !std::io::stderr().is_terminal()
}

fn stopped(pack: &Pack, interview: &Interview<'_>, stop: Stop, words: &Words, language: Language) -> Error {
    // Whoever wrote the replies knows the questions by their ids; whoever was asked does not.
    let at = |at: &str, id_of: fn(&Question) -> String| match interview.step() {
        Step::Review => words.say(&format!("{at}-at-review")),
        Step::Ask(slot) => {
            let (id, name) = (id_of(&pack.questions[slot.question]), name_of(interview, slot, words, language));
            let (number, name) = (interview.position().0.into(), format!("{id}{name}").into());
            words.with(&format!("{at}-at-question"), [("number", number), ("name", name)])
        }
    };
    match stop {
        Stop::EndOfInput => Error::input(at("ended", |question| format!("{}: ", question.id)))
            .hint(words.say("ended-way-out"))
            .spoken(words),
        Stop::Interrupted => Error::stopped(at("stopped", |_| String::new())).spoken(words),
        Stop::Io(error) => Error::failed(words.with("asking-failed", [("why", why(&error, words).into())]))
            .hint(way_out(&error, words, "elsewhere"))
            .spoken(words),
    }
}

/// What is told where somebody interrupts in the middle of a line.
fn at_once(args: &AskArgs, keeper: &Keeper<'_>, words: &Words) -> Phase {
    let error = Error::stopped(words.say("stopped-at-once")).spoken(words);
    Phase::Asking(Box::new(with_way_back(error, args, keeper)))
}

/// How to go on later, if there is a draft; or that there is none, where there should be one.
fn way_back(args: &AskArgs, keeper: &Keeper<'_>, words: &Words) -> Option<String> {
    let Some(id) = keeper.draft() else { return keeper.is_behind().then(|| words.say("way-back-none")) };
    let pack = args.pack.pack.as_ref().map(|folder| format!(" --pack {}", folder.display())).unwrap_or_default();
    let pack = Printable::line(&pack);
    let gap = if pack.as_str().is_empty() { "" } else { " " };
    let kept = if keeper.is_behind() { "way-back-behind" } else { "way-back" };
    Some(words.with(kept, [("command", format!("preconsult ask --resume {id}{gap}{pack}").into())]))
}

fn with_way_back(error: Error, args: &AskArgs, keeper: &Keeper<'_>) -> Error {
    let Some(way_back) = way_back(args, keeper, &error.words) else { return error };
    match error.hint.clone() {
        Some(hint) => error.hint(format!("{hint}; {way_back}")),
        None => error.hint(way_back),
    }
}

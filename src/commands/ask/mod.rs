//! `preconsult ask`: runs the interview and writes the summary.

mod resume;
mod start;

use super::error_text::io::{io_hint, io_reason};
use super::interrupts::{Interrupts, Phase, clear_below};
use super::prompter::{is_plain, prompter};
use super::{load_pack, output_plan::OutputJob, print_note, trial_page};
use crate::ask::{PromptError, Prompter, question_title, run_interview};
use crate::cli::AskArgs;
use crate::error::Error;
use crate::intake::autosave::Autosave;
use crate::interview::{Interview, Step};
use crate::messages::Messages;
use crate::pack::{Language, Pack, Question};
use crate::printable::Printable;
use crate::storage::config_file;
use start::InterviewStart;
use std::io::IsTerminal;

pub(super) fn run(args: &AskArgs) -> Result<(), Error> {
    let pack = load_pack(&args.pack)?;
    let settings = config_file::load(args.output.config.config.as_deref())?;
    let plain = is_plain(args.plain, &settings.config);
    let start = InterviewStart::choose_draft(args, &pack, &settings, plain)?;
    let page = OutputJob::new(&pack, &settings, &args.pack, &args.output, &start.file)?;
    let language = page.language;
    let words = Messages::new(pack.tag(language));
    page.check_folder(&words)?;
    if page.has_template()
        && let Some(finished) = trial_page::longest_case(&pack, args.pack.pack.as_deref())?
    {
        page.try_template(&finished)?;
    }
    let (mut interview, mut autosave) = start.begin(args, &pack, &words, language)?;
    let mut prompter = prompter(plain, &words);
    if let Err(stop) = ask(args, &mut interview, prompter.as_mut(), &mut autosave, &words, language) {
        if !plain {
            clear_below();
        }
        let error = stopped(&pack, &interview, stop, &words, language);
        return Err(with_resume_hint(error, args, &autosave));
    }
    let finished = interview.finish().map_err(|_| Error::input(words.get("required-open")).localized(&words))?;
    let on_terminal = std::io::stderr().is_terminal();
    if on_terminal {
        print_note(&format!("\n{}\n\n{}", words.get("thanks"), page.on_screen(&finished)));
    }
    // The draft is removed only after the summary is written.
    let heading = words.format("summary-file", [("count", page.files().into())]);
    let heading = Some(heading.as_str()).filter(|_| on_terminal && std::io::stdout().is_terminal());
    let written = page.write_files(&finished, heading, &words).map_err(|error| {
        // A disk that was full before may have space now.
        autosave.flush();
        with_resume_hint(error, args, &autosave)
    })?;
    autosave.finish();
    page.send_to_printer(written, &words)
}

fn ask(
    args: &AskArgs,
    interview: &mut Interview<'_>,
    prompter: &mut dyn Prompter,
    autosave: &mut Autosave<'_>,
    words: &Messages,
    language: Language,
) -> Result<(), PromptError> {
    let interrupts = Interrupts::watch(interrupt_error(args, autosave, words));
    let result = run_interview(interview, prompter, words, language, &mut |event| {
        let mut phase = interrupts.hold();
        autosave.event(&event);
        *phase = interrupt_error(args, autosave, words);
        Ok(())
    });
    *interrupts.hold() = Phase::Ending;
    result
}

fn stopped(pack: &Pack, interview: &Interview<'_>, stop: PromptError, words: &Messages, language: Language) -> Error {
    // The author of a script knows the questions by their ids; the patient does not.
    let describe = |event: &str, id_of: fn(&Question) -> String| match interview.step() {
        Step::Review => words.get(&format!("{event}-at-review")),
        Step::Ask(slot) => {
            let (id, name) = (id_of(&pack.questions[slot.question]), question_title(interview, slot, words, language));
            let (number, name) = (interview.position().0.into(), format!("{id}{name}").into());
            words.format(&format!("{event}-at-question"), [("number", number), ("name", name)])
        }
    };
    match stop {
        PromptError::EndOfInput => Error::input(describe("ended", |question| format!("{}: ", question.id)))
            .hint(words.get("ended-way-out"))
            .localized(words),
        PromptError::Refused { line, reason } => {
            let place = describe("refused", |question| format!("{}: ", question.id));
            let parameters = [("line", line.into()), ("place", place.into()), ("reason", reason.into())];
            Error::input(words.format("refused-line", parameters))
                .hint(words.format("refused-line-way-out", [("line", line.into())]))
                .localized(words)
        }
        PromptError::Interrupted => Error::stopped(describe("stopped", |_| String::new())).localized(words),
        PromptError::Io(error) => {
            Error::failed(words.format("asking-failed", [("why", io_reason(&error, words).into())]))
                .hint(io_hint(&error, words, "elsewhere"))
                .localized(words)
        }
    }
}

/// Returns the error to report if the person interrupts in the middle of a line.
fn interrupt_error(args: &AskArgs, autosave: &Autosave<'_>, words: &Messages) -> Phase {
    let error = Error::stopped(words.get("stopped-at-once")).localized(words);
    Phase::Asking(Box::new(with_resume_hint(error, args, autosave)))
}

/// Returns how to resume the draft, or that the answers could not be saved; `None` if there is nothing to resume.
fn resume_hint(args: &AskArgs, autosave: &Autosave<'_>, words: &Messages) -> Option<String> {
    let Some(id) = autosave.draft() else { return autosave.has_unsaved().then(|| words.get("way-back-none")) };
    let pack = args.pack.pack.as_ref().map(|folder| format!(" --pack {}", folder.display())).unwrap_or_default();
    let pack = Printable::line(&pack);
    let gap = if pack.as_str().is_empty() { "" } else { " " };
    let key = if autosave.has_unsaved() { "way-back-behind" } else { "way-back" };
    Some(words.format(key, [("command", format!("preconsult ask --resume {id}{gap}{pack}").into())]))
}

fn with_resume_hint(error: Error, args: &AskArgs, autosave: &Autosave<'_>) -> Error {
    let Some(resume) = resume_hint(args, autosave, &error.words) else { return error };
    match error.hint.clone() {
        Some(hint) => error.hint(format!("{hint}; {resume}")),
        None => error.hint(resume),
    }
}

//! Which interview goes on: a draft, or a new one.

use super::drafts::{began, found, refused};
use super::note;
use crate::ask::{Asker, Stop, is_sure};
use crate::error::Error;
use crate::messages::Words;
use crate::pack::{Pack, Role};
use crate::printable::Printable;
use crate::storage::drafts::{Draft, DraftFile, Drafts, Refused, State};
use crate::storage::journal::{Entry, Place, Recovered, Replayed};

/// At most this many drafts are offered; the others stand in `drafts list`.
const OFFERED: usize = 5;

/// A draft that goes on.
pub(super) type Taken = (Recovered, DraftFile);

/// Takes over the draft of this name, or the one begun last that nobody is using.
///
/// # Errors
/// When there is none, or it is for another pack.
pub(super) fn take(pack: &Pack, drafts: &Drafts, id: Option<&str>) -> Result<Taken, Error> {
    // Whose draft it is, and in which language, is not known before it is there.
    let words = Words::default();
    if let Some(id) = id {
        let taken = drafts.take(id).map_err(|why| refused(drafts, id, &why, &words))?;
        let asked = &taken.0.header.pack;
        if *asked != pack.id {
            let message = format!("the draft {id} is for the pack {asked}, not for {}", pack.id);
            return Err(Error::input(Printable::line(&message).to_string()).hint("choose its pack with --pack DIR"));
        }
        return Ok(taken);
    }
    for draft in waiting(pack, drafts, &words)? {
        match drafts.take(&draft.id) {
            Ok(taken) => return Ok(taken),
            // Somebody else was quicker.
            Err(Refused::InUse | Refused::Missing) => {}
            Err(why) => return Err(refused(drafts, &draft.id, &why, &words)),
        }
    }
    Err(Error::input(format!("there is no draft for the pack {} to go on with", pack.id))
        .hint("start anew without --resume; `preconsult drafts list` shows all drafts"))
}

/// Asks what to do with the drafts that there are. No answer is shown: the next person at the machine may be another.
///
/// # Errors
/// When nobody can be asked, or the drafts cannot be read.
pub(super) fn offer(
    pack: &Pack,
    drafts: &Drafts,
    asker: &mut dyn Asker,
    words: &Words,
) -> Result<Option<Taken>, Result<Stop, Error>> {
    loop {
        let waiting = waiting(pack, drafts, words).map_err(Err)?;
        let offered = &waiting[..waiting.len().min(OFFERED)];
        if offered.is_empty() {
            return Ok(None);
        }
        let more = match waiting.len() - offered.len() {
            0 => String::new(),
            more => words.with("draft-more", [("offered", offered.len().into()), ("more", more.into())]),
        };
        let question = words.with("draft-question", [("count", waiting.len().into()), ("more", more.into())]);
        let go_on = offered.iter().map(|draft| told("draft-go-on", draft, words));
        let anew = std::iter::once(words.say("draft-new"));
        let discard = offered.iter().map(|draft| told("draft-discard", draft, words));
        let choices: Vec<Printable> = go_on.chain(anew).chain(discard).map(|text| Printable::line(&text)).collect();
        let chosen = asker.choose(&Printable::line(&question), &choices, offered.len(), None).map_err(Ok)?;
        let (id, done) = match offered.get(chosen) {
            Some(draft) => (&draft.id, drafts.take(&draft.id).map(Some)),
            None if chosen == offered.len() => return Ok(None),
            None => {
                let draft = &offered[chosen - offered.len() - 1];
                let question = told("draft-discard-sure", draft, words);
                let (no, yes) = (words.say("draft-discard-no"), words.say("draft-discard-yes"));
                if !is_sure(asker, &question, &no, &yes).map_err(Ok)? {
                    continue;
                }
                let discarded = drafts.discard(&draft.id);
                (&draft.id, discarded.map(|()| note(&told("draft-discarded", draft, words))).map(|()| None))
            }
        };
        match done {
            Ok(Some(taken)) => return Ok(Some(taken)),
            Ok(None) => {}
            Err(why) => note(&refused(drafts, id, &why, words).message),
        }
    }
}

fn waiting(pack: &Pack, drafts: &Drafts, words: &Words) -> Result<Vec<Draft>, Error> {
    let fits = |draft: &Draft| matches!(&draft.state, State::Waiting(read) if read.header.pack == pack.id);
    Ok(found(drafts, words)?.into_iter().filter(fits).collect())
}

fn told(key: &str, draft: &Draft, words: &Words) -> String {
    let State::Waiting(read) = &draft.state else { return draft.id.clone() };
    let parameters = [
        ("id", draft.id.as_str().into()),
        ("began", began(&draft.id, Some(read)).into()),
        ("answered", read.answered().into()),
        ("version", read.header.version.as_str().into()),
    ];
    words.with(key, parameters)
}

/// Says what goes on: how much there is, what was cut out, and what a changed pack leaves behind.
pub(super) fn tell(pack: &Pack, read: &Recovered, replayed: &Replayed, words: &Words) {
    let header = &read.header;
    let began = header.started.format("%Y-%m-%d %H:%M").to_string();
    let label = pack.with_role(Role::Label).filter(|at| header.label.as_deref() == Some(&pack.questions[*at].id));
    let answered = replayed.answers.keys().filter(|slot| Some(slot.question) != label).count();
    note(&words.with("draft-going-on", [("began", began.into()), ("answered", answered.into())]));
    match read.cut {
        Some(cut) if cut.torn => note(&words.say("draft-torn")),
        Some(cut) => note(&words.with("draft-damaged", [("line", cut.line.into()), ("lines", cut.lines.into())])),
        None => {}
    }
    if header.hash != pack.hash {
        let (before, now) = (header.version.as_str().into(), pack.version.as_str().into());
        note(&words.with("draft-changed", [("before", before), ("now", now)]));
        for (place, answer) in last_answers(&read.entries) {
            note(&format!("  {}", in_a_line(place, answer)));
        }
    }
    if !replayed.left.is_empty() {
        note(&words.say("draft-not-carried"));
    }
    for left in &replayed.left {
        let answer = in_a_line(&left.place, &left.answer);
        let line = words.with("draft-not-carried-line", [("answer", answer.into()), ("why", left.why.as_str().into())]);
        note(&format!("  {}", Printable::line(&line)));
    }
}

fn last_answers(entries: &[Entry]) -> std::collections::BTreeMap<&Place, &serde_json::Value> {
    let answers = entries.iter().filter_map(|entry| match entry {
        Entry::Answer(place, answer) => Some((place, answer)),
        _ => None,
    });
    answers.collect()
}

fn in_a_line(place: &Place, answer: &serde_json::Value) -> String {
    Printable::line(&format!("{place}: {answer}")).to_string()
}

//! `preconsult desk correct`: a new version of a record; the one before stays.

use super::open_record::Opened;
use super::{by, note, open, refused, unlock};
use crate::cli::{CorrectArgs, DeskAt};
use crate::commands::{apply_label, pack_files};
use crate::desk::{Desk, Interviewed, Keys, Note};
use crate::error::Error;
use crate::interview::{AnswersFile, Finished, Interview, Need, Slot};
use crate::pack::{Pack, PackFiles, Role};
use crate::storage::read_text;

pub(super) fn run(at: &DeskAt, args: &CorrectArgs) -> Result<(), Error> {
    let mut desk = open(at)?;
    let keys = unlock(&mut desk, at)?;
    let before = Opened::new(&desk, &keys, args.number, None)?;
    let (files, pack) = pack(&desk, &keys, args, &before)?;
    drop(keys);
    let (name, text) = read_text(Some(&args.answers))?;
    let mut file = AnswersFile::read(&pack, &name, &text, Need::Complete).map_err(refused)?;
    // What the new file does not say of the interview stays as it was.
    file.language = file.language.or(before.file.language.clone());
    file.date = file.date.or(before.file.date);
    file.filled_in_by = file.filled_in_by.or(before.file.filled_in_by);
    let mut interview = Interview::new(&pack, file.answers.clone());
    // So does the label, which the intake may have from elsewhere: nobody would find the record without it.
    let says_label = pack.with_role(Role::Label).is_none_or(|label| file.answers.contains_key(&Slot::plain(label)));
    if !says_label {
        apply_label(&mut interview, before.record.label.as_deref())?;
    }
    let finished = interview.finish().map_err(|_| Error::input("a required question has no answer"))?;
    if is_same(&before, &finished, &file) {
        note(&format!("intake {} says all that already: nothing was changed", args.number));
        return Ok(());
    }
    let version = keep(&mut desk, &before, &finished, file, files.as_ref(), &by(at, Some(&args.why)))?;
    note(&format!("intake {} has version {version} now; version {} stays", args.number, version - 1));
    Ok(())
}

/// Whether a correction says what the record says already, by the same pack.
pub(super) fn is_same(before: &Opened, finished: &Finished<'_>, beside: &AnswersFile) -> bool {
    let said = |file: &AnswersFile| (file.language.clone(), file.date, file.filled_in_by, file.id.clone());
    finished.pack().hash == before.record.pack
        && *finished.answers() == before.file.answers
        && said(beside) == said(&before.file)
}

/// Keeps the next version of an opened record, and gives its number.
pub(super) fn keep(
    desk: &mut Desk,
    before: &Opened,
    finished: &Finished<'_>,
    beside: AnswersFile,
    files: Option<&PackFiles>,
    note: &Note,
) -> Result<u32, Error> {
    let now = crate::commands::now();
    let started = chrono::DateTime::parse_from_rfc3339(&before.record.started).unwrap_or(now);
    let version = before.record.version + 1;
    desk.finish(before.record.intake, version, Interviewed { finished, beside, pack: files, started }, now, note)?;
    Ok(version)
}

/// The pack of the corrected answers: another one if it is named, with its files, else that of the record.
fn pack(desk: &Desk, keys: &Keys, args: &CorrectArgs, before: &Opened) -> Result<(Option<PackFiles>, Pack), Error> {
    if args.pack.is_none() {
        return Ok((None, desk.pack(keys, &before.record)?));
    }
    let files = pack_files(args.pack.as_ref())?;
    let pack = Pack::load(&files)?;
    Ok((Some(files), pack))
}

//! `preconsult desk correct`: stores a new version of a record and keeps the previous one.

use super::open_desk::{audit_note, open, unlock};
use super::open_record::OpenRecord;
use super::report::answers_error;
use crate::answer::AnswerKey;
use crate::cli::{CorrectArgs, DeskOptions};
use crate::commands::{apply_label, now, pack_files, print_note};
use crate::desk::{AuditNote, Desk, DeskError, FinishedIntake, PrivateKeys};
use crate::error::Error;
use crate::interview::{AnswersFile, Completeness, Finished, Interview};
use crate::pack::{Pack, PackFiles, Role};
use crate::storage::read_text;

pub(super) fn run(options: &DeskOptions, args: &CorrectArgs) -> Result<(), Error> {
    let mut desk = open(options)?;
    let keys = unlock(&mut desk, options)?;
    let before = OpenRecord::new(&desk, &keys, args.number, None)?;
    let (files, pack) = pack(&desk, &keys, args, &before)?;
    drop(keys);
    let (name, text) = read_text(Some(&args.answers))?;
    let mut file = AnswersFile::read(&pack, &name, &text, Completeness::Complete).map_err(answers_error)?;
    // Metadata that the new file lacks is taken from the record.
    file.language = file.language.or(before.file.language.clone());
    file.date = file.date.or(before.file.date);
    file.filled_in_by = file.filled_in_by.or(before.file.filled_in_by);
    let mut interview = Interview::new(&pack, file.answers.clone());
    // So is the label, by which staff find the record.
    let has_label =
        pack.with_role(Role::Label).is_none_or(|label| file.answers.contains_key(&AnswerKey::of_question(label)));
    if !has_label {
        apply_label(&mut interview, before.record.label.as_deref())?;
    }
    let finished = interview.finish().map_err(|_| Error::input("a required question has no answer"))?;
    let Some(correction) = Correction::new(&before, &finished, file) else {
        print_note(&format!("intake {} already has these answers: nothing was changed", args.number));
        return Ok(());
    };
    let version = correction.save(&mut desk, files.as_ref(), &audit_note(options, Some(&args.why)))?;
    print_note(&format!("intake {} now has version {version}; version {} is kept", args.number, version - 1));
    Ok(())
}

/// New answers that differ from a record.
pub(super) struct Correction<'c> {
    before: &'c OpenRecord,
    finished: &'c Finished<'c>,
    file: AnswersFile,
}

impl<'c> Correction<'c> {
    /// Compares new answers with a record. `None` if the record has the same answers, metadata and pack.
    pub(super) fn new(before: &'c OpenRecord, finished: &'c Finished<'c>, file: AnswersFile) -> Option<Self> {
        let context = |file: &AnswersFile| {
            (file.language.clone(), file.date, file.filled_in_by, file.id.clone(), file.unassigned.clone())
        };
        let is_same = finished.pack().hash == before.record.pack
            && *finished.answers() == before.file.answers
            && context(&file) == context(&before.file);
        (!is_same).then_some(Self { before, finished, file })
    }

    /// Stores the next version of the record and returns its number. `pack` holds the files of a new pack, if there is
    /// one.
    pub(super) fn save(self, desk: &mut Desk, pack: Option<&PackFiles>, note: &AuditNote) -> Result<u32, DeskError> {
        let Self { before: OpenRecord { record, .. }, finished, file } = self;
        let now = now();
        let started = chrono::DateTime::parse_from_rfc3339(&record.started).unwrap_or(now);
        let version = record.version + 1;
        desk.finish(record.intake, version, FinishedIntake { finished, file, pack, started }, now, note)?;
        Ok(version)
    }
}

/// Returns the pack of the corrected answers: the one that is named, with its files, or else that of the record.
fn pack(
    desk: &Desk,
    keys: &PrivateKeys,
    args: &CorrectArgs,
    before: &OpenRecord,
) -> Result<(Option<PackFiles>, Pack), Error> {
    if args.pack.is_none() {
        return Ok((None, desk.pack(keys, &before.record)?));
    }
    let files = pack_files(args.pack.as_ref())?;
    let pack = Pack::load(&files)?;
    Ok((Some(files), pack))
}

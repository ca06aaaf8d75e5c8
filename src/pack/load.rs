//! From the files of a pack to a checked [`Pack`], or to all their problems.

use super::raw::{PackFile, QuestionsFile, RulesFile, StatementsFile};
use super::texts::Texts;
use super::wordings::Wordings;
use super::words::Tokens;
use super::{
    Checked, Content, Pack, Reading, Source, head, ids, in_fhir, language, names, prove, questions, review, rules,
    statements,
};
use crate::located::{Decode, File, Level, Problem, Problems, Sink, parse};
use chrono::NaiveDate;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The files that make up a pack, by name: the four, and one for each further language.
#[derive(Debug, Clone, Default)]
pub struct PackFiles {
    /// What messages put before a file's name: the folder, or nothing.
    pub folder: String,
    /// Name → text.
    pub texts: BTreeMap<String, String>,
}

impl PackFiles {
    fn file(&self, name: &str) -> File {
        File { name: format!("{}{name}", self.folder), text: self.texts.get(name).cloned().unwrap_or_default() }
    }

    /// A hash over everything that can change a question or a page: names, lengths and bytes, in order of name.
    fn hash(&self) -> String {
        let mut hasher = Sha256::new();
        for (name, text) in &self.texts {
            for part in [name, text] {
                hasher.update((part.len() as u64).to_le_bytes());
                hasher.update(part.as_bytes());
            }
        }
        hasher.finalize().iter().fold("sha256:".to_owned(), |mut hash, byte| {
            let _ = write!(hash, "{byte:02x}");
            hash
        })
    }
}

/// One file on its way in: what it holds, and where its problems go.
pub(super) struct Loaded<'f, T> {
    pub(super) sink: Sink<'f>,
    pub(super) raw: Option<T>,
    /// Whether it had the right shape throughout. What refers into a file that has not is not called dangling.
    pub(super) whole: bool,
}

impl<'f, T: Decode> Loaded<'f, T> {
    fn new(files: &PackFiles, name: &str, file: &'f File) -> Self {
        let sink = Sink::new(file);
        let raw = if files.texts.contains_key(name) {
            parse(&sink).and_then(|value| T::decode(&value, &sink))
        } else {
            sink.report(
                Problem::new("missing-file", 0..0, format!("the pack has no {name}"))
                    .hint("a pack is a folder with pack.json, questions.json, statements.json, rules.json and one <language>.json for each further language"),
            );
            None
        };
        Self { whole: sink.is_empty(), sink, raw }
    }
}

/// Checks the files; with a date, also all that takes more time than a start-up has; for FHIR, also what that could
/// not say.
pub(super) fn load(files: &PackFiles, thorough: Option<NaiveDate>, for_fhir: bool) -> Result<Checked, Problems> {
    let names = ["pack.json", "questions.json", "statements.json", "rules.json"];
    let [pack_file, questions_file, statements_file, rules_file] = names.map(|name| files.file(name));
    let mut head = Loaded::<PackFile>::new(files, names[0], &pack_file);
    let tags: Vec<String> = head.raw.iter().flat_map(|head| &head.languages).map(|tag| tag.value.clone()).collect();
    let other_files: Vec<File> = tags.iter().skip(1).map(|tag| files.file(&format!("{tag}.json"))).collect();
    let others = tags.iter().skip(1).zip(&other_files);
    let others = others.map(|(tag, file)| Loaded::new(files, &format!("{tag}.json"), file)).collect();
    let mut asked = Loaded::<QuestionsFile>::new(files, names[1], &questions_file);
    let mut said = Loaded::<StatementsFile>::new(files, names[2], &statements_file);
    let mut ruled = Loaded::<RulesFile>::new(files, names[3], &rules_file);
    ids::mend(&mut head, &mut asked, &mut said, &mut ruled);
    let wordings = Wordings::new(tags, others);

    if let Some(raw) = &head.raw {
        head::check_head(raw, &head.sink);
        head::check_strays(files, &names, &wordings.tags, &head.sink);
    }
    let sources =
        head.raw.iter().flat_map(|raw| &raw.sources).map(|source| head::check_source(source, &wordings, &head.sink));
    let sources: Vec<Source> = sources.collect();
    let (sections, questions) = questions::check(&asked, &wordings);
    let sorted = statements::Sorted::new(&said, &sources);
    let statements = statements::check(&sorted, &said, &head, &questions, &asked, &sources, &wordings);
    let rules = rules::check(&ruled, &sorted, &said, &questions, &asked);
    let glossary = head::check_glossary(&head, &sources, &wordings);

    let pack = head.raw.as_ref().zip(statements).map(|(raw, statements)| Content {
        id: raw.id.value.clone(),
        version: raw.version.value.clone(),
        hash: files.hash(),
        languages: wordings.tags.clone(),
        title: wordings.get("title", &raw.title, &head.sink),
        notice: wordings.get("notice", &raw.notice, &head.sink),
        review: names::review(raw.reviewed_by.as_ref(), raw.reviewed_on.as_ref(), raw.review_due.as_ref(), &head.sink),
        sources,
        glossary,
        sections,
        questions,
        statements,
        rules,
    });
    let pack = pack.map(Pack::from);
    statements::check_kinds(&sorted, &said, pack.as_ref());
    wordings.report_missing();
    if head.whole && asked.whole && said.whole {
        wordings.report_unused();
    }
    let texts = Texts { head: &head, asked: &asked, said: &said, wordings: &wordings };
    let all = if thorough.is_some() { texts.all() } else { texts.careful() };
    let tokens: Vec<Tokens<'_>> = all.iter().map(|text| Tokens::new(text.wording)).collect();
    language::check_banned(&texts, &all, &tokens);
    let mut reading: Vec<Reading> = Vec::new();
    if let Some(today) = thorough {
        // What is proven of a pack with faults would be about the faults.
        let sound = [&head.sink, &asked.sink, &said.sink, &ruled.sink].iter().all(|sink| sink.is_empty());
        if let Some(pack) = pack.as_ref().filter(|_| sound) {
            prove::check(pack, &asked, &said, &ruled);
            if for_fhir {
                in_fhir::check(pack, &asked);
            }
        }
        reading = language::check(&texts, &all, &tokens);
        review::check(&head, &said, &ruled, today);
    }

    let mut problems = head.sink.into_problems();
    problems.extend([asked.sink, said.sink, ruled.sink].into_iter().flat_map(Sink::into_problems));
    problems.extend(wordings.others.into_iter().flat_map(|other| other.sink.into_problems()));
    let refused = problems.iter().any(|problem| problem.level == Level::Error);
    let mut all = vec![pack_file, questions_file, statements_file, rules_file];
    all.extend(other_files);
    let found = Problems::new(problems, all);
    match pack {
        Some(pack) if !refused => Ok(Checked { pack, warnings: found, reading }),
        _ => Err(found),
    }
}

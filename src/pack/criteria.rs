//! Criteria for material that a patient reads, and what a pack declares about them.
//!
//! PEMAT-P is the instrument of the US agency AHRQ for printed material. IPDAS are the standards for patient decision aids;
//! the list has those that fit a form. The words are our own, and `item` is the number in the instrument.

use crate::printable::Printable;
use std::collections::BTreeMap;

/// A criterion of an instrument.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Criterion {
    /// The name, as `criteria` in pack.json declares it.
    pub id: &'static str,
    /// The instrument that has the criterion.
    pub instrument: Instrument,
    /// The number or the dimension of the item in the instrument.
    pub item: &'static str,
    /// What the criterion asks of a pack and its pages.
    pub text: &'static str,
    /// How the criterion is decided.
    pub decision: Decision,
}

impl Criterion {
    /// Returns true if a person may say that it is met: the program cannot check it, or its check is only a sign of it.
    #[must_use]
    pub fn accepts_person(&self) -> bool {
        match self.decision {
            Decision::Person => true,
            Decision::Program { check, .. } => {
                matches!(
                    check,
                    Check::Glossary | Check::Figures | Check::Numbers | Check::ShortTexts | Check::TableHeads
                )
            }
        }
    }
}

/// An instrument that lists criteria.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Instrument {
    /// Patient Education Materials Assessment Tool, for printable materials (AHRQ, 2014).
    PematP,
    /// International Patient Decision Aid Standards: the checklist of 2006, and the versions 3.0 and 4.0 of the instrument.
    Ipdas,
}

impl Instrument {
    /// Returns the name in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::PematP => "PEMAT-P",
            Self::Ipdas => "IPDAS",
        }
    }

    /// Returns the reason why the list has no other items of the instrument.
    #[must_use]
    pub fn left_out(self) -> &'static str {
        match self {
            Self::PematP => {
                "PEMAT-P 16, 17 and 18 ask about pictures, 24 about sums and 25 about charts: the pages have none of these."
            }
            Self::Ipdas => {
                "All other criteria of IPDAS ask about options, probabilities, values and tests: this is a form, and no decision aid."
            }
        }
    }
}

/// How a criterion is decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// Only a person can say: it is open until the pack declares it.
    Person,
    /// The program checks it.
    Program {
        /// The check.
        check: Check,
        /// The reason if it is met.
        met: &'static str,
        /// The reason if it is not.
        open: &'static str,
    },
}

/// A check of a criterion, on the pack or on the copies of its cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Check {
    /// Each copy has the notice.
    Notice,
    /// Each whole copy is within the limit of its reading measure.
    ReadingGrade,
    /// The pack has a glossary. `pack check` rejects a term without an entry.
    Glossary,
    /// No statement has a digit or a percent sign.
    Figures,
    /// No question asks for a number.
    Numbers,
    /// Each text on a copy is short.
    ShortTexts,
    /// Each part of a copy has a heading.
    Headings,
    /// Each copy begins with its main points in short.
    Summary,
    /// Each copy has a box with the main points, and numbered steps.
    Cues,
    /// Each table on a copy has short heads.
    TableHeads,
    /// Each copy names an action.
    Action,
    /// Each copy has more than one step.
    Steps,
    /// Each copy has questions to tick.
    Boxes,
    /// Each statement that makes a claim cites a source.
    Citations,
    /// Each source has its kind.
    SourceKinds,
    /// The pack declares when it was published.
    PublishedOn,
    /// The pack declares how it is kept up to date.
    UpdatePolicy,
    /// The pack declares who pays for it.
    Funding,
    /// The pack declares the interests of its authors.
    Interests,
    /// The pack has been reviewed.
    Review,
}

/// What a pack declares about a criterion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It is met, as this person says.
    Met(Printable),
    /// It is not met, for this reason.
    NotMet(Printable),
}

/// Verdicts by the id of the criterion.
pub type Verdicts = BTreeMap<&'static str, Verdict>;

const fn pemat(item: &'static str, id: &'static str, text: &'static str, decision: Decision) -> Criterion {
    Criterion { id, instrument: Instrument::PematP, item, text, decision }
}

const fn ipdas(item: &'static str, id: &'static str, text: &'static str, decision: Decision) -> Criterion {
    Criterion { id, instrument: Instrument::Ipdas, item, text, decision }
}

const fn program(check: Check, met: &'static str, open: &'static str) -> Decision {
    Decision::Program { check, met, open }
}

/// All criteria, in the order of the instruments.
pub const CRITERIA: [Criterion; 34] = [
    // PEMAT-P: understandability.
    pemat(
        "1",
        "purpose",
        "It says what it is for.",
        program(Check::Notice, "Every copy prints the notice.", "A copy lacks the notice."),
    ),
    pemat("2", "on-topic", "Nothing leads away from its purpose.", Decision::Person),
    pemat(
        "3",
        "common-words",
        "Its words are those of everyday speech.",
        program(
            Check::ReadingGrade,
            "Every whole copy is within the reading limit; --verbose has the figures.",
            "A whole copy is harder than the reading limit, or has no measure; --verbose has the figures.",
        ),
    ),
    pemat(
        "4",
        "terms-explained",
        "Medical words are explained.",
        program(
            Check::Glossary,
            "Every word in `terms` that a text uses has an entry in `glossary`.",
            "The pack lists no `terms`, and explains none.",
        ),
    ),
    pemat("5", "active-voice", "Its sentences say who does what.", Decision::Person),
    pemat(
        "6",
        "clear-numbers",
        "Numbers are clear.",
        program(Check::Figures, "No statement has a figure.", "A statement has a figure."),
    ),
    pemat(
        "7",
        "no-sums",
        "The reader need not calculate.",
        program(Check::Numbers, "No question asks for a number.", "A question asks for a number."),
    ),
    pemat(
        "8",
        "short-parts",
        "It comes in short pieces.",
        program(Check::ShortTexts, "No text on a copy is long.", "A text on a copy is long: split it."),
    ),
    pemat(
        "9",
        "headings",
        "Each part has a heading.",
        program(Check::Headings, "Every part of every copy has one.", "A part of a copy has none."),
    ),
    pemat("10", "order", "Its order makes sense to the reader.", Decision::Person),
    pemat(
        "11",
        "main-points",
        "It sums up its main points.",
        program(Check::Summary, "Every copy begins with them in short.", "A copy does not begin with them in short."),
    ),
    pemat(
        "12",
        "cues",
        "Boxes, marks or type lead to the main points.",
        program(Check::Cues, "The page frames them and numbers the steps.", "A copy has no frame, or no steps."),
    ),
    pemat("15", "pictures", "Pictures are there where they make it easier to understand.", Decision::Person),
    pemat(
        "19",
        "table-heads",
        "Tables are simple and have short heads.",
        program(Check::TableHeads, "Every head is short.", "A table has an empty or a long head."),
    ),
    // PEMAT-P: actionability.
    pemat(
        "20",
        "action",
        "It names something that the reader can do.",
        program(Check::Action, "Every copy has next steps.", "A copy has no next steps."),
    ),
    pemat("21", "addresses-reader", "It speaks to the reader about what to do.", Decision::Person),
    pemat(
        "22",
        "action-steps",
        "What to do is in steps.",
        program(Check::Steps, "Every copy numbers them.", "A copy has fewer than two steps."),
    ),
    pemat(
        "23",
        "tool",
        "It has something to act with.",
        program(Check::Boxes, "Every copy has questions to tick.", "A copy has no questions to tick."),
    ),
    pemat("26", "pictures-to-act", "Pictures are there where they make it easier to act.", Decision::Person),
    // IPDAS, as far as it fits a form.
    ipdas(
        "v4 2.2.1",
        "sources-cited",
        "Claims name their source.",
        program(Check::Citations, "Every statement that makes a claim cites one.", "A statement cites none."),
    ),
    ipdas("v3 Evidence 2", "source-choice", "It says how its sources were chosen.", Decision::Person),
    ipdas(
        "v3 Evidence 3",
        "source-kind",
        "It says of what kind its sources are.",
        program(Check::SourceKinds, "Every source declares its `kind`.", "The `kind` of a source is null."),
    ),
    ipdas(
        "v4 2.2.2",
        "publication-date",
        "It says when it was published.",
        program(Check::PublishedOn, "`published_on` has the date.", "`published_on` is null."),
    ),
    ipdas(
        "v4 2.2.3",
        "upkeep",
        "It says how it is kept up to date.",
        program(Check::UpdatePolicy, "`update_policy` says it.", "`update_policy` is null."),
    ),
    ipdas(
        "v4 2.3.1",
        "payer",
        "It says who pays for it.",
        program(Check::Funding, "`funding` says it.", "`funding` is null."),
    ),
    ipdas(
        "2006 Disclosure",
        "interests-declared",
        "It says what its authors stand to gain.",
        program(Check::Interests, "`interests` says it.", "`interests` is null."),
    ),
    ipdas("v3 Disclosure 2", "authors", "It says who wrote it, and what qualifies them.", Decision::Person),
    ipdas("v4 2.1.1", "harms", "It tells of harms in as much detail as of benefits.", Decision::Person),
    ipdas(
        "v3 Guidance 2",
        "question-list",
        "It helps the reader to talk with the professional.",
        program(Check::Boxes, "Every copy has questions to tick.", "A copy has no questions to tick."),
    ),
    ipdas("v3 Development 1", "needs-asked", "Patients were asked what they need to know.", Decision::Person),
    ipdas("v3 Development 3", "patient-review", "Patients who did not write it have reviewed it.", Decision::Person),
    ipdas(
        "v3 Development 4",
        "clinician-review",
        "A clinician who did not write it has reviewed it.",
        program(Check::Review, "`reviewed_by` has the name.", "`reviewed_by` is null."),
    ),
    ipdas("v3 Development 5", "tried-out", "Patients have tried it out before a visit.", Decision::Person),
    ipdas(
        "v3 Plain language",
        "reading-level",
        "Its reading level is known and low.",
        program(
            Check::ReadingGrade,
            "Every whole copy is within the reading limit; --verbose has the figures.",
            "A whole copy is harder than the reading limit, or has no measure; --verbose has the figures.",
        ),
    ),
];

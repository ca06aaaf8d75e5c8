//! A pack by its names: which question, option or rule a name or an option leads to.

use crate::pack::{Pack, Role, Test};

#[derive(Debug)]
pub(super) struct Index {
    /// Questions by id.
    questions: Names,
    /// For each question, its options or units by code.
    choices: Vec<Names>,
    /// The question that brings statements, and for each of its options the rules that ask for it.
    concerns: Option<(usize, Vec<Vec<usize>>)>,
    /// The question whose answer counts even where it is not asked.
    pub(super) label: Option<usize>,
}

impl Index {
    pub(super) fn new(pack: &Pack) -> Self {
        let choices = |question: &crate::pack::Question| {
            Names::new(question.shape.choices().iter().map(|choice| choice.code.as_str()))
        };
        Self {
            questions: Names::new(pack.questions.iter().map(|question| question.id.as_str())),
            choices: pack.questions.iter().map(choices).collect(),
            concerns: pack.with_role(Role::Concerns).map(|concerns| (concerns, rules_of(pack, concerns))),
            label: pack.with_role(Role::Label),
        }
    }

    pub(super) fn question(&self, id: &[u8]) -> Option<usize> {
        self.questions.place(id)
    }

    pub(super) fn choice(&self, question: usize, code: &[u8]) -> Option<usize> {
        self.choices[question].place(code)
    }

    /// The rules that can fire, in order: each one rests on an option of the concerns.
    pub(super) fn rules<'a>(&self, chosen: impl FnOnce(usize) -> &'a [usize], rules: &mut Vec<usize>) {
        rules.clear();
        if let Some((concerns, by_choice)) = &self.concerns {
            rules.extend(chosen(*concerns).iter().flat_map(|choice| &by_choice[*choice]));
            rules.sort_unstable();
            rules.dedup();
        }
    }
}

fn rules_of(pack: &Pack, concerns: usize) -> Vec<Vec<usize>> {
    let mut by_choice = vec![Vec::new(); pack.questions[concerns].shape.choices().len()];
    for (rule, speaks) in pack.rules.iter().enumerate() {
        for (question, test) in speaks.when.tests() {
            if let (true, Test::Chosen(choice)) = (question == concerns, test) {
                by_choice[*choice].push(rule);
            }
        }
    }
    by_choice
}

/// Names in a table of twice their number: each at the place its sign leads to, or behind it where that is taken.
#[derive(Debug)]
struct Names(Box<[Option<Name>]>);

#[derive(Debug)]
struct Name {
    sign: Sign,
    text: Box<[u8]>,
    place: usize,
}

/// What tells names apart without reading them: their first and last bytes, and how long they are.
type Sign = (u64, u64, usize);

/// Up to this length a name is nothing but its sign.
const SHORT: usize = 2 * size_of::<u64>();

impl Names {
    fn new<'n>(names: impl Iterator<Item = &'n str>) -> Self {
        let names: Vec<&str> = names.collect();
        let mut table = Self(std::iter::repeat_with(|| None).take((2 * names.len()).next_power_of_two()).collect());
        for (place, text) in names.into_iter().enumerate() {
            let sign = sign(text.as_bytes());
            let free = table.from(sign).find(|at| table.0[*at].is_none());
            if let Some(at) = free {
                table.0[at] = Some(Name { sign, text: text.as_bytes().into(), place });
            }
        }
        table
    }

    #[inline]
    fn place(&self, name: &[u8]) -> Option<usize> {
        let wanted = sign(name);
        let is_it = |known: &Name| known.sign == wanted && (name.len() <= SHORT || *known.text == *name);
        let mut known = self.from(wanted).map_while(|at| self.0[at].as_ref());
        known.find(|known| is_it(known)).map(|known| known.place)
    }

    /// The places in which a name with this sign may stand, the likeliest first.
    #[inline]
    fn from(&self, (first, last, length): Sign) -> impl Iterator<Item = usize> {
        // Multiplying by an odd number without a pattern, here that of the golden ratio, mixes all bits into the upper ones.
        let mixed = (first ^ last.rotate_left(32) ^ length as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
        let start = usize::try_from(mixed).unwrap_or_default();
        (start..start + self.0.len()).map(|at| at & (self.0.len() - 1))
    }
}

#[inline]
fn sign(bytes: &[u8]) -> Sign {
    match (bytes.first_chunk(), bytes.last_chunk()) {
        (Some(first), Some(last)) => (u64::from_le_bytes(*first), u64::from_le_bytes(*last), bytes.len()),
        _ => (bytes.iter().fold(0, |sign, byte| sign << 8 | u64::from(*byte)), 0, bytes.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::Names;

    #[test]
    fn a_name_is_found_among_those_like_it() {
        let long = "0123456789abcdef0123456789abcdef";
        let mut names: Vec<String> = (0..=long.len()).map(|length| long[..length].to_owned()).collect();
        names.extend((0..long.len()).map(|at| format!("{}x{}", &long[..at], &long[at + 1..])));
        let known = Names::new(names.iter().map(String::as_str));
        for (place, name) in names.iter().enumerate() {
            assert_eq!(known.place(name.as_bytes()), Some(place), "{name}");
            let other = format!("{}y{}", &name[..name.len() / 2], name.get(name.len() / 2 + 1..).unwrap_or_default());
            assert_eq!(known.place(other.as_bytes()), None, "{other}");
        }
    }
}

//! Checks that accept any bytes from outside and must never fail.
//!
//! The targets in `tests/fuzz` call them with many inputs. Here they get the seeds of these targets, damaged copies of
//! the seeds, and the inputs that fuzzing found (each next to its check).

mod answers;
mod fhir;
mod journal;
mod lines;
mod packs;
mod pages;

use crate::support::strategies::Draw;

/// A part of the program that takes input from outside.
struct Target {
    name: &'static str,
    /// Returns whether the input passed the first validation.
    check: fn(&[u8]) -> bool,
    /// Inputs that pass it.
    seeds: fn() -> Vec<Vec<u8>>,
}

const TARGETS: [Target; 6] = [
    Target { name: "answers", check: answers::check, seeds: answers::seeds },
    Target { name: "fhir", check: fhir::check, seeds: fhir::seeds },
    Target { name: "journal", check: journal::check, seeds: journal::seeds },
    Target { name: "lines", check: lines::check, seeds: lines::seeds },
    Target { name: "packs", check: packs::check, seeds: packs::seeds },
    Target { name: "pages", check: pages::check, seeds: pages::seeds },
];

fn target(name: &str) -> &'static Target {
    TARGETS.iter().find(|target| target.name == name).unwrap_or_else(|| panic!("there is no target {name}"))
}

/// Runs a check on an input.
pub(crate) fn check(name: &str, input: &[u8]) {
    (target(name).check)(input);
}

/// Returns inputs that a check does not refuse at once.
pub(crate) fn seeds(name: &str) -> Vec<Vec<u8>> {
    (target(name).seeds)()
}

/// Splits an input into the numbers that steer a check and the text after them: a count byte, the numbers, the rest.
fn steered(input: &[u8]) -> (Draw, &[u8]) {
    let (count, rest) = input.split_first().map_or((0, input), |(count, rest)| (usize::from(*count), rest));
    let (numbers, rest) = rest.split_at((2 * count).min(rest.len()));
    let numbers: Vec<u16> =
        numbers.chunks(2).map(|pair| pair.iter().fold(0, |n, byte| n << 8 | u16::from(*byte))).collect();
    (Draw::of(&numbers), rest)
}

/// Builds an input that [`steered`] splits again.
fn steering(numbers: &[u16], rest: &[u8]) -> Vec<u8> {
    let count = u8::try_from(numbers.len()).expect("so many numbers");
    let numbers = numbers.iter().flat_map(|number| number.to_be_bytes());
    std::iter::once(count).chain(numbers).chain(rest.iter().copied()).collect()
}

/// Returns numbers that look random and are the same in every run.
fn numbers(seed: u16, count: usize) -> Vec<u16> {
    let mut state = u32::from(seed).wrapping_mul(0x9e37_79b9) | 1;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        u16::try_from(state >> 16).unwrap_or_default()
    };
    (0..count).map(|_| next()).collect()
}

/// Returns answers files of invented patients.
fn patients() -> Vec<String> {
    let vignettes =
        crate::support::pack_files::texts("tests/vignettes").into_iter().chain(preconsult::pack::built_in_cases());
    let answers = vignettes.map(|(name, text)| {
        let case: serde_json::Value = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        case["answers"].clone()
    });
    answers
        .map(|answers| {
            serde_json::json!({ "format": 1, "pack": crate::support::pack_files::BUILT_IN.id, "answers": answers })
                .to_string()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Target, check, numbers, seeds, steered, steering, target};
    use crate::support::strategies::Draw;
    use crate::support::thoroughness::thoroughness;

    /// Removes, doubles or exchanges parts of an input, some times.
    fn damaged(seed: &[u8], mut draw: Draw) -> Vec<u8> {
        let mut bytes = seed.to_vec();
        for _ in 0..=draw.below(3) {
            let at = draw.below(bytes.len());
            let end = (at + draw.below(9)).min(bytes.len());
            let piece = match draw.below(4) {
                0 => Vec::new(),
                1 => [&bytes[at..end], &bytes[at..end]].concat(),
                2 => vec![u8::try_from(draw.below(256)).unwrap_or_default()],
                _ => seed[draw.below(seed.len())..].iter().take(draw.below(40)).copied().collect(),
            };
            bytes.splice(at..end, piece);
        }
        bytes
    }

    fn hold(name: &str) {
        let Target { check, .. } = target(name);
        let seeds = seeds(name);
        assert!(seeds.len() >= 8, "{name}: {} seeds", seeds.len());
        let turned_away = thoroughness().sample(seeds.iter(), 4, 0).position(|seed| !check(seed));
        assert_eq!(turned_away, None, "{name}: a seed is turned away");
        for turn in thoroughness().sample(0..100, 10, 0) {
            let draw = Draw::of(&numbers(turn + 1, 24));
            check(&damaged(&seeds[usize::from(turn) % seeds.len()], draw));
        }
        for bytes in [&b""[..], b"\0", b"\xff\xfe", b"{", &[b'['; 1000], &[0xff; 64]] {
            check(bytes);
        }
    }

    #[test]
    fn answers() {
        hold("answers");
    }

    #[test]
    fn fhir() {
        hold("fhir");
    }

    #[test]
    fn journal() {
        hold("journal");
    }

    #[test]
    fn lines() {
        hold("lines");
    }

    #[test]
    fn packs() {
        hold("packs");
    }

    #[test]
    fn pages() {
        hold("pages");
    }

    #[test]
    fn what_steers_a_check_comes_back() {
        let input = steering(&[7, 65_535], b"text");
        let (mut draw, rest) = steered(&input);
        assert_eq!((draw.below(100), draw.below(65_536), draw.below(9), rest), (7, 65_535, 0, &b"text"[..]));
        check("lines", &[]);
    }
}

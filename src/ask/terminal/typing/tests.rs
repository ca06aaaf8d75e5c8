//! Every sequence of keys is typed with short and long pauses, and must give the same result.

use super::{ListChoice, Selection};
use crate::ask::options::NamedOption;
use crate::messages::Messages;
use std::collections::BTreeSet;
use std::time::Duration;

const ONE: [&str; 5] = ["Mild", "Moderate", "Severe", "I am not sure", "More than a year"];
const MANY: [&str; 6] = ["None of these", "Dull skin", "Dark spots", "Dark circles", "I am not sure yet", "Oily skin"];
/// Pauses around all times that the code knows, in milliseconds.
const PAUSES: [u64; 4] = [0, 900, 1300, 60_000];

fn entries<'t>(items: impl IntoIterator<Item = (u64, &'t str)>) -> Vec<NamedOption<'t>> {
    items.into_iter().map(|(number, text)| NamedOption::new(number, text)).collect()
}

/// Types into a list; `|` is Enter, `>` an arrow key to the next entry. Returns the accepted entries, numbered from 1,
/// if the last Enter is accepted. `pause` is the time before each key, in milliseconds.
fn accepted(texts: &[&str], is_many: bool, keys: &str, pause: u64) -> Option<Vec<usize>> {
    let words = Messages::default();
    let selection = Selection { cursor: None, ticks: is_many.then(BTreeSet::new) };
    let mut list = ListChoice::new(entries((1..).zip(texts.iter().copied())), selection, &words);
    list.whole_words = "yes no y n".to_owned();
    let (mut at, mut result) = (Duration::ZERO, None);
    for key in keys.chars() {
        at += Duration::from_millis(pause);
        match key {
            '|' => {
                let entries = list.submit().map(|()| list.selected().iter().map(|entry| entry + 1).collect());
                result = entries.ok().filter(|entries: &Vec<usize>| !entries.is_empty());
            }
            '>' => list.move_to(list.selection.cursor.map_or(0, |cursor| cursor + 1)),
            key => _ = list.type_char(key, at),
        }
    }
    result
}

#[test]
fn a_list_of_one_accepts_only_what_names_its_mark() {
    for (keys, expected) in [
        ("|", None),
        ("3|", Some(3)),
        ("s|", Some(3)),
        ("SEV|", Some(3)),
        ("ss|", Some(3)),
        ("3 |", Some(3)),
        ("i am not|", Some(4)),
        // Several begin so.
        ("m|||", None),
        ("mm|", None),
        ("mod|", Some(2)),
        ("m|od|", Some(2)),
        // Words, and what is left of them after more of Enter.
        ("no|", None),
        ("ms|", None),
        ("3m|||", None),
        ("3 m|||", None),
        ("3 months||", None),
        ("severe pain||", None),
        ("I do||", None),
        ("58||", None),
        ("diabetes type 2||", None),
        ("x3|", None),
        // After Enter or an arrow key, the next reply counts.
        ("no idea|3|", Some(3)),
        ("no idea>|", Some(1)),
        ("3>|", Some(4)),
    ] {
        for pause in PAUSES {
            let expected = expected.map(|entry| vec![entry]);
            assert_eq!(accepted(&ONE, false, keys, pause), expected, "{keys} {pause}");
        }
    }
}

#[test]
fn a_list_of_many_accepts_only_ticks_that_nothing_else_follows() {
    for (keys, expected) in [
        ("2 |", Some(vec![2])),
        ("3 1 |", Some(vec![1, 3])),
        ("du |", Some(vec![2])),
        ("du 4 |", Some(vec![2, 4])),
        ("none of these |", Some(vec![1])),
        ("none of these|", Some(vec![1])),
        ("i am not sure yet|", Some(vec![5])),
        ("dark s |", Some(vec![3])),
        ("> > |", Some(vec![1, 2])),
        ("2  |", None),
        // A name without its tick.
        ("2|", None),
        ("1 2|||", None),
        ("1 2| |", Some(vec![1, 2])),
        ("1 2|>|", Some(vec![1])),
        ("1 2|3 ||", None),
        // Several begin so, or only "no" was typed.
        ("d |", None),
        ("no |", None),
        ("no idea||", None),
        ("none idea||", None),
        ("I do||", None),
        ("I d||", None),
        ("I am 58||", None),
        ("2 weeks||", None),
        ("5 kg||", None),
        ("2 ,||", None),
        // Words undo only the ticks that were typed with them.
        ("> >idea||", Some(vec![1])),
        ("2 >idea||", Some(vec![2])),
    ] {
        for pause in PAUSES {
            assert_eq!(accepted(&MANY, true, keys, pause), expected, "{keys} {pause}");
        }
    }
}

#[test]
fn digits_with_a_pause_between_them_are_no_number() {
    let texts: Vec<String> = (1..=31).map(|number| format!("Entry {number}")).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    for pause in PAUSES {
        let is_quick = pause < 1000;
        assert_eq!(accepted(&texts, false, "31|", pause), is_quick.then(|| vec![31]), "{pause}");
        assert_eq!(accepted(&texts, true, "31 |", pause), is_quick.then(|| vec![31]), "{pause}");
        assert_eq!(accepted(&texts, false, "97|||", pause), None, "{pause}");
        assert_eq!(accepted(&texts, false, "3|1|", pause), Some(vec![1]), "{pause}");
    }
}

#[test]
fn an_entry_is_found_by_the_number_before_it() {
    let words = Messages::default();
    for (typed, cursor, is_found) in
        [("103", Some(0), true), ("102", Some(1), true), ("7", Some(2), true), ("10", None, true), ("2", None, false)]
    {
        let entries = entries([(103, "one"), (102, "two"), (7, "three")]);
        let mut list = ListChoice::new(entries, Selection { cursor: None, ticks: None }, &words);
        let is_right = typed.chars().map(|c| list.type_char(c, Duration::ZERO)).all(|result| result.is_ok());
        assert_eq!((is_right, list.selection.cursor), (is_found, cursor), "{typed}");
        assert_eq!(list.submit().is_ok(), cursor.is_some(), "{typed}");
    }
}

/// A list that changes while it is open must not change what Enter chooses.
#[test]
fn the_cursor_and_the_typed_reply_stay_with_their_entries() {
    let words = Messages::default();
    let before = || entries([(3, "three"), (2, "two"), (1, "one")]);
    let after = || entries([(14, "fourteen"), (3, "three, changed"), (2, "two")]);
    for (typed, cursor, chosen) in [("", 1, Some(2)), ("", 2, None), ("2", 0, Some(2)), ("t", 1, None), ("1", 0, None)]
    {
        let mut list = ListChoice::new(before(), Selection { cursor: Some(cursor), ticks: None }, &words);
        typed.chars().for_each(|c| _ = list.type_char(c, Duration::ZERO));
        list.replace_entries(after());
        let index = list.submit().ok().and(list.selection.cursor);
        assert_eq!(index.map(|index| list.entries[index].number), chosen, "{typed:?} at {cursor}");
    }
}

//! Promise 2, at the terminal: whatever keys are pressed, an answer is recorded only if a key named or reached its option,
//! or if it was typed.

use crate::properties::CASES;
use crate::support::pack_files::{BUILT_IN, EVERY_KIND};
use crate::support::scripted_console::{Device, Script, ScriptedConsole, key, typed};
use crate::support::strategies::{Draw, numbers};
use crate::support::thoroughness::cases;
use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use preconsult::answer::{Answer, AnswerKey, AnswerValue, Answers};
use preconsult::ask::terminal::Terminal;
use preconsult::ask::{
    MenuItem, PromptError, Prompter, QuestionAction, QuestionView, ReviewAction, ReviewRow, run_interview,
};
use preconsult::interview::{Interview, Step};
use preconsult::messages::Messages;
use preconsult::pack::{Language, Pack, QuestionType};
use preconsult::printable::Printable;
use proptest::prelude::{prop_assert, proptest};
use proptest::test_runner::TestCaseResult;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::rc::Rc;
use std::time::Duration;

proptest! {
    #![proptest_config(cases(CASES))]

    #[test]
    fn an_answer_is_recorded_only_if_its_option_was_reached_or_it_was_typed(draw in numbers()) {
        check_keys(&BUILT_IN, draw)?;
    }

    #[test]
    fn an_answer_of_any_type_is_recorded_only_if_its_option_was_reached_or_it_was_typed(draw in numbers()) {
        check_keys(&EVERY_KIND, draw)?;
    }

    #[test]
    fn words_typed_into_a_list_answer_nothing(draw in numbers()) {
        check_words(&BUILT_IN, draw)?;
    }
}

/// What people type into a list that they take for a text field. Some begin as an option does, and none names options only.
const PHRASES: [&str; 18] = [
    "Níquel, me sale un sarpullido",
    "diabetes type two",
    "I am 58 years old",
    "no sé qué decir",
    "It is on my left arm",
    "7, 8",
    "3;4",
    "penicilina",
    "No idea",
    "I do",
    "I am so unsure",
    "none of your business",
    "No sé",
    "2 weeks",
    "3 m",
    "58",
    "97",
    "1 2",
];

/// Pauses before a typed character, in milliseconds: on both sides of every time that the prompts know.
const PAUSES: [u64; 8] = [0, 30, 200, 700, 1300, 1900, 2700, 60_000];

/// Draws key presses, each with the pause before it.
fn events(draw: &mut Draw) -> Script {
    const KEYS: [KeyCode; 12] = [
        KeyCode::Enter,
        KeyCode::Down,
        KeyCode::Up,
        KeyCode::Esc,
        KeyCode::Home,
        KeyCode::End,
        KeyCode::PageDown,
        KeyCode::PageUp,
        KeyCode::Tab,
        KeyCode::Left,
        KeyCode::Delete,
        KeyCode::Backspace,
    ];
    let mut events = VecDeque::new();
    for _ in 0..draw.below(60) {
        let pressed: Vec<Event> = match draw.below(16) {
            0..=3 => vec![key(KeyCode::Enter, KeyModifiers::NONE)],
            4..=6 => typed(" ").collect(),
            7 | 8 => vec![key(KEYS[draw.below(4)], KeyModifiers::NONE)],
            9 => vec![key(KEYS[draw.below(KEYS.len())], KeyModifiers::NONE)],
            10 | 11 => typed(["1", "2", "3", "5", "8", "9", "0", "12", "17", "31"][draw.below(10)]).collect(),
            12 | 13 => typed(["n", "s", "m", "i", "a", "ñ", "É", "y", "x", ",", "/"][draw.below(11)]).collect(),
            14 => typed(["yes", "/skip", "/decline", "72.5 kg", "2026-11-22", "no"][draw.below(6)]).collect(),
            _ if draw.below(2) == 0 => vec![Event::Paste(format!("{}\r1 \r", PHRASES[draw.below(PHRASES.len())]))],
            _ => typed(PHRASES[draw.below(PHRASES.len())]).collect(),
        };
        let pause = [400, 400, 400, 100, 1200, 2500, 0][draw.below(7)];
        for (index, event) in pressed.into_iter().enumerate() {
            let pause = if index == 0 { pause } else { PAUSES[draw.below(PAUSES.len())] };
            events.push_back((Duration::from_millis(pause), event));
        }
    }
    events
}

/// A prompter that checks each answer against the keys that were pressed for it.
struct Checked<'a> {
    terminal: Terminal<'a>,
    device: Rc<RefCell<Device>>,
    /// The events at each question, from all of its visits: what was left with Esc is offered again.
    visits: BTreeMap<AnswerKey, Vec<Event>>,
    fault: Option<String>,
}

impl Checked<'_> {
    fn fail(&mut self, what: &dyn std::fmt::Debug, why: &str, log: &[Event]) {
        self.fault.get_or_insert(format!("{why}: {what:?} after {log:?}"));
    }

    fn check_answer(&mut self, view: &QuestionView<'_>, answer: &Answer, log: &[Event]) {
        if view.current == Some(answer) {
            return;
        }
        let current = view.current.and_then(Answer::value);
        // An earlier text may also be changed by a space, or by deleting a part of it.
        let is_new = view.current.and_then(Answer::value).is_none();
        let has_text = log.iter().any(|event| match event {
            Event::Paste(_) => true,
            Event::Key(KeyEvent { code: KeyCode::Char(c), .. }) => *c != ' ' || !is_new,
            Event::Key(KeyEvent { code: KeyCode::Backspace | KeyCode::Delete, .. }) => !is_new,
            _ => false,
        });
        if view.question.shape.options().is_none() {
            // An empty text skips an optional question.
            if !has_text && !matches!(answer, Answer::Skipped) {
                self.fail(answer, "nothing was typed", log);
            }
            return;
        }
        let mut texts: Vec<&str> = view.choices.iter().map(|choice| choice.text.as_str()).collect();
        let (skip, decline) = (texts.len(), texts.len() + 1);
        if !view.question.required {
            texts.extend(["Skip this question", "I'd rather not say"]);
        }
        // Only options that are offered have a place in the list.
        let place = |option: &usize| view.choices.iter().position(|choice| choice.index == *option);
        let before: BTreeSet<usize> = match view.current {
            Some(Answer::Value(value)) => value.chosen().iter().filter_map(place).collect(),
            Some(Answer::Skipped) => BTreeSet::from([skip]),
            Some(Answer::Declined) => BTreeSet::from([decline]),
            _ => BTreeSet::new(),
        };
        let reached = reached(&texts, &before, log);
        let (chosen, text) = match answer {
            Answer::Skipped => (vec![skip], None),
            Answer::Declined => (vec![decline], None),
            Answer::Value(AnswerValue::Choice { chosen, text }) => {
                (chosen.iter().map(|option| place(option).unwrap_or(usize::MAX)).collect(), text.as_ref())
            }
            _ => (vec![usize::MAX], None),
        };
        if let Some(option) = chosen.iter().find(|option| !reached.contains(option) && !before.contains(option)) {
            self.fail(&(&view.text, option, answer), "no key has reached the option", log);
        }
        let is_ticked = log.iter().any(|event| typed(" ").any(|space| space == *event));
        let is_multiple = matches!(view.question.shape, QuestionType::MultipleChoice(_));
        if is_multiple && !is_ticked && chosen.iter().copied().collect::<BTreeSet<_>>() != before {
            self.fail(answer, "nothing was ticked", log);
        }
        let text_before = match current {
            Some(AnswerValue::Choice { text, .. }) => text.as_ref(),
            _ => None,
        };
        if text.is_some() && text != text_before && !has_text {
            self.fail(answer, "nothing was typed", log);
        }
    }
}

/// Returns the entries of a list that the keys may have chosen. `before` holds the entries where the cursor may start.
///
/// Arrow keys choose where they move to. What is typed between other keys chooses what it names, however long the pauses are.
fn reached(texts: &[&str], before: &BTreeSet<usize>, log: &[Event]) -> BTreeSet<usize> {
    let last = texts.len() - 1;
    let (mut reached, mut cursors) = (BTreeSet::new(), before.clone());
    // After Esc, a letter may be typed, or belong to a key sequence with the Esc.
    let mut runs = vec![String::new()];
    for (index, event) in log.iter().enumerate() {
        let Event::Key(KeyEvent { code, .. }) = event else { continue };
        let moved = |by: isize| {
            let target = |cursor: &usize| cursor.checked_add_signed(by).filter(|to| *to <= last);
            cursors.iter().filter_map(target).collect::<Vec<_>>()
        };
        let new: Vec<usize> = match code {
            KeyCode::Down => [moved(1), vec![0]].concat(),
            KeyCode::Up => [moved(-1), vec![last]].concat(),
            KeyCode::PageDown => [moved(6), vec![0, last]].concat(),
            KeyCode::PageUp => [moved(-6), vec![0]].concat(),
            KeyCode::Home => vec![0],
            KeyCode::End => vec![last],
            _ => Vec::new(),
        };
        match code {
            KeyCode::Char(c) => {
                let is_escaped = index > 0 && log[index - 1] == key(KeyCode::Esc, KeyModifiers::NONE);
                for run in &mut runs {
                    run.push(*c);
                }
                for run in &runs {
                    cursors.extend(marked(texts, run));
                    if *c == ' ' {
                        reached.extend(named(texts, run));
                    }
                }
                runs.extend(is_escaped.then(String::new));
            }
            // A key without a meaning does not end what was typed.
            KeyCode::Tab | KeyCode::Left | KeyCode::Delete | KeyCode::Backspace => {}
            _ => {
                reached.extend(runs.iter().flat_map(|run| named(texts, run)));
                runs = vec![String::new()];
            }
        }
        reached.extend(&new);
        cursors.extend(new);
    }
    reached.extend(runs.iter().flat_map(|run| named(texts, run)));
    reached
}

/// Returns the entries where the last character of a text may put the cursor.
fn marked(texts: &[&str], typed: &str) -> Vec<usize> {
    let start = typed.rfind(|c: char| !c.is_ascii_digit()).map_or(0, |end| end + 1);
    let digits = typed.get(start..).unwrap_or_default();
    let numbers = (0..digits.len()).filter_map(|from| digits[from..].parse::<usize>().ok());
    let numbers = numbers.filter(|number| (1..=texts.len()).contains(number)).map(|number| number - 1);
    let letters: Vec<char> = folded(typed).chars().collect();
    let begins = |text: &&str| {
        let text: Vec<char> = folded(text).chars().collect();
        (0..letters.len()).any(|from| text.starts_with(&letters[from..]))
    };
    let spelled = texts.iter().enumerate().filter(|(_, text)| begins(text)).map(|(index, _)| index);
    numbers.chain(spelled).collect()
}

/// Returns the entries that whole words of a text name: by number or by the beginning of their text.
fn named(texts: &[&str], typed: &str) -> Vec<usize> {
    let words: Vec<String> = typed.split(' ').filter(|word| !word.is_empty()).map(folded).collect();
    let names = |index: usize, text: &str| {
        let (text, number) = (folded(text), (index + 1).to_string());
        (0..words.len()).any(|from| {
            (from + 1..=words.len()).any(|to| {
                let words = &words[from..to];
                let repeated = words[0].chars().next().filter(|first| words[0].chars().all(|next| next == *first));
                text.starts_with(&words.join(" "))
                    || text.starts_with(&words.concat())
                    || words == [number.as_str()]
                    || words.len() == 1 && repeated.is_some_and(|letter| text.starts_with(letter))
            })
        })
    };
    texts.iter().enumerate().filter(|(index, text)| names(*index, text)).map(|(index, _)| index).collect()
}

/// Returns a text in small letters without the accents that the keys have, and without punctuation around it.
fn folded(text: &str) -> String {
    let plain = |c: char| match c {
        'ñ' => 'n',
        'é' => 'e',
        'í' => 'i',
        '\u{2019}' => '\'',
        c => c,
    };
    let text: String = text.to_lowercase().chars().map(plain).collect();
    text.trim_start_matches(|c: char| !c.is_alphanumeric()).replace(',', "")
}

impl Prompter for Checked<'_> {
    fn start(&mut self, title: &Printable, notice: &Printable) -> Result<(), PromptError> {
        self.terminal.start(title, notice)
    }

    fn ask(&mut self, view: &QuestionView<'_>) -> Result<QuestionAction, PromptError> {
        self.device.borrow_mut().log.clear();
        let action = self.terminal.ask(view);
        let log = std::mem::take(&mut self.device.borrow_mut().log);
        let visits = self.visits.entry(view.key).or_default();
        visits.extend(log);
        let visits = visits.clone();
        if let Ok(QuestionAction::Answer(answer)) = &action {
            self.check_answer(view, answer, &visits);
        }
        action
    }

    fn review(&mut self, rows: &[ReviewRow], open: &str) -> Result<ReviewAction, PromptError> {
        self.device.borrow_mut().log.clear();
        let action = self.terminal.review(rows, open);
        let log = std::mem::take(&mut self.device.borrow_mut().log);
        if matches!(action, Ok(ReviewAction::Done)) {
            let titles: Vec<String> = rows.iter().map(|row| row.title.to_string()).collect();
            let texts: Vec<&str> = titles.iter().map(String::as_str).chain(["Everything is correct"]).collect();
            // The cursor may start at any row that was opened before.
            let rows = (0..rows.len()).collect();
            if !reached(&texts, &rows, &log).contains(&titles.len()) {
                self.fail(&"the end", "no key has reached it", &log);
            }
        }
        action
    }

    fn choose(&mut self, _: &Printable, _: &[MenuItem], _: usize, _: Option<usize>) -> Result<usize, PromptError> {
        unreachable!("an interview shows no menus")
    }

    fn ask_text(&mut self, _: &Printable, _: &Printable) -> Result<Option<String>, PromptError> {
        unreachable!("an interview asks for no text outside its questions")
    }

    fn show_error(&mut self, message: &str) -> Result<(), PromptError> {
        self.terminal.show_error(message)
    }
}

/// Draws an interview at any of its questions, or at the review.
fn begun<'p>(draw: &mut Draw, pack: &'p Pack) -> Interview<'p> {
    let mut interview = Interview::new(pack, Answers::new());
    for _ in 0..draw.below(30) {
        let Step::Ask(key) = interview.step() else { break };
        let answer = draw.offered_answer(&interview, key.question);
        interview.answer(answer.clone()).unwrap_or_else(|refusal| panic!("{answer:?} was refused: {refusal:?}"));
    }
    interview
}

/// Runs an interview with these keys until they end.
fn run(interview: &mut Interview<'_>, events: Script, size: (u16, u16)) -> TestCaseResult {
    let words = Messages::default();
    let device = Rc::new(RefCell::new(Device::new(events, size)));
    let terminal = Terminal::new(&words, false).with_console(Box::new(ScriptedConsole(Rc::clone(&device))));
    let mut checked = Checked { terminal, device, visits: BTreeMap::new(), fault: None };
    let result = run_interview(interview, &mut checked, &words, Language::default(), &mut |_| Ok(()));
    prop_assert!(matches!(result, Ok(()) | Err(PromptError::Interrupted)), "{result:?}");
    prop_assert!(checked.fault.is_none(), "{}", checked.fault.unwrap_or_default());
    let fault = checked.device.borrow_mut().fault.take();
    prop_assert!(fault.is_none(), "{}", fault.unwrap_or_default());
    Ok(())
}

fn check_keys(pack: &Pack, mut draw: Draw) -> TestCaseResult {
    let mut interview = begun(&mut draw, pack);
    let size = [(80, 24), (100, 40), (20, 5), (40, 12)][draw.below(4)];
    run(&mut interview, events(&mut draw), size)
}

fn check_words(pack: &Pack, mut draw: Draw) -> TestCaseResult {
    let mut interview = begun(&mut draw, pack);
    let step = interview.step();
    if matches!(step, Step::Ask(key) if pack.questions[key.question].shape.options().is_none()) {
        return Ok(());
    }
    let before = interview.answers().clone();
    let mut events = VecDeque::new();
    for _ in 0..=draw.below(3) {
        let phrase = PHRASES[draw.below(PHRASES.len())];
        let enter = || key(KeyCode::Enter, KeyModifiers::NONE);
        for event in typed(phrase) {
            let pause = if events.is_empty() { 400 } else { PAUSES[draw.below(PAUSES.len())] };
            events.push_back((Duration::from_millis(pause), event));
        }
        events.extend((0..draw.below(4)).map(|_| (Duration::from_millis([0, 100, 3000][draw.below(3)]), enter())));
    }
    run(&mut interview, events, (80, 24))?;
    prop_assert!(interview.step() == step, "{:?} instead of {step:?}", interview.step());
    prop_assert!(*interview.answers() == before, "{:?}", interview.answers());
    Ok(())
}

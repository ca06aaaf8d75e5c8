//! Handing an interview over to a tablet or a phone: the choice, and the screens at 80 × 24.

use crate::desk::invite::{ADDRESS, LONG_ADDRESS};
use crate::desk::qr_code;
use crate::support::terminal::{ENTER, ESC};
use crate::support::{Sandbox, Terminal};
use serde_json::json;

const WHERE: &str = "Where is it filled in?";
const MENU: &str = "What would you like to do?";
const WAITING: &str = "Waiting for the patient to begin: 15 minutes left";

/// Goes from the menu to the question where the form is filled in.
fn hand_over(tty: &mut Terminal, label: &str) {
    tty.choose_at(MENU, "New intake");
    tty.type_in("Name or code (optional)", label);
    tty.choose_at("In which language?", "en ·");
    tty.choose_at("Who fills it in?", "The patient");
}

/// Returns the code on the screen: two groups of three letters or digits on a line.
fn code_on(screen: &str) -> String {
    let is_group = |word: &&str| word.len() == 3 && word.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
    let mut codes = screen.lines().filter_map(|line| {
        let words: Vec<&str> = line.split_whitespace().collect();
        words.last_chunk::<2>().filter(|groups| groups.iter().all(is_group)).map(|groups| groups.join(" "))
    });
    codes.next_back().unwrap_or_else(|| panic!("no code on\n{screen}"))
}

#[test]
fn a_phone_gets_a_qr_code_that_fits_a_small_screen_and_the_screen_follows_the_patient() {
    let sandbox = Sandbox::with_clinic();
    for (number, address) in [(1, ADDRESS), (2, LONG_ADDRESS)] {
        let _server = sandbox.server(address);
        let mut tty = sandbox.terminal("desk --clinic ../clinic").start();
        hand_over(&mut tty, "A12");
        tty.choose_at(WHERE, "On the patient's phone");
        tty.wait([WAITING, "0. Back"]);
        let screen = tty.screen();
        assert!(screen.starts_with('█') && screen.lines().count() <= 24, "{screen}");
        assert!(qr_code::decode(&qr_code::rows(&screen)).starts_with(&format!("{address}?i=")));
        let beside: String = screen.lines().map(|line| line.chars().skip(41).collect::<String>()).collect();
        let beside = beside.replace(' ', "");
        assert!(beside.contains(address) && beside.contains("Thecodeopensuntil"), "{screen}");
        assert!(!screen.contains("A12"), "{screen}");
        assert_eq!(sandbox.begin_in_browser(&code_on(&screen), 1, 9), number);
        tty.wait(["The interview has begun: question 1 of about 9.", "0. Back"]);
        tty.press(ESC);
        tty.wait(["In browsers: 0 waiting, 1 answering.", MENU]);
        sandbox.desk_ok(&format!("invite --withdraw {number}"));
    }
    assert_eq!(sandbox.desk_json("list --unlock --json")[0]["label"], json!("A12"));
}

#[test]
fn a_tablet_gets_a_large_code_and_the_address() {
    let sandbox = Sandbox::with_clinic();
    let _server = sandbox.server(ADDRESS);
    let mut tty = sandbox.terminal("desk --clinic ../clinic").start();
    hand_over(&mut tty, "");
    tty.choose_at(WHERE, "On a tablet");
    tty.wait([ADDRESS, WAITING, "0. Back"]);
    let screen = tty.screen();
    assert!(screen.starts_with("On a tablet") && screen.lines().filter(|line| line.contains("██")).count() == 7);
    sandbox.begin_in_browser(&code_on(&screen), 2, 9);
    tty.wait("The interview has begun: question 2 of about 9.");
    tty.press(ENTER);
    tty.wait([MENU, "New intake"]);
    // In a narrow window there are no large letters.
    let mut tty = sandbox.terminal("desk --clinic ../clinic").size(24, 60).start();
    hand_over(&mut tty, "");
    tty.choose_at(WHERE, "On a tablet");
    tty.wait([ADDRESS, WAITING]);
    assert!(!tty.screen().contains('█') && !code_on(&tty.screen()).is_empty(), "{}", tty.screen());
}

#[test]
fn on_this_screen_is_as_without_a_server() {
    let sandbox = Sandbox::with_clinic();
    let server = sandbox.server(ADDRESS);
    let mut tty = sandbox.desk_terminal("");
    hand_over(&mut tty, "A12");
    tty.choose_at(WHERE, "On this screen");
    tty.choose_at("Are you ready?", "Yes, begin");
    tty.answer_all();
    tty.choose_at("Thank you", "The staff has the device");
    tty.wait(["Intake 1 is finished.", MENU]);
    drop(server);
    hand_over(&mut tty, "B");
    tty.wait("Are you ready?");
    assert!(!tty.screen().contains(WHERE), "{}", tty.screen());
}

#[test]
fn a_small_window_has_a_code_to_type_until_it_is_larger() {
    let sandbox = Sandbox::with_clinic();
    let _server = sandbox.server(ADDRESS);
    let mut tty = sandbox.terminal("desk --clinic ../clinic").size(20, 80).start();
    hand_over(&mut tty, "");
    tty.choose_at(WHERE, "On the patient's phone");
    tty.wait(["This window is too small for the QR code.", "1. Look again", "0. Back"]);
    let code = code_on(&tty.screen());
    tty.resize(24, 80);
    tty.wait(["1. Look again", "0. Back"]);
    tty.choose("Look again");
    tty.wait(["Scan this with the phone's camera.", WAITING]);
    assert_eq!(code_on(&tty.screen()), code);
    assert!(qr_code::decode(&qr_code::rows(&tty.screen())).starts_with(ADDRESS));
}

#[test]
fn an_address_of_this_machine_is_said_to_be_one() {
    let sandbox = Sandbox::with_clinic();
    let _server = sandbox.server("http://localhost:8181/");
    for device in ["On a tablet", "On the patient's phone"] {
        let mut tty = sandbox.terminal("desk --clinic ../clinic").start();
        hand_over(&mut tty, "");
        tty.choose_at(WHERE, device);
        tty.wait(["Only a browser on this machine can open this address.", WAITING]);
        assert!(qr_code::rows(&tty.screen()).len() <= 7, "only large letters: {}", tty.screen());
    }
}

#[test]
fn in_plain_lines_the_screen_is_read_again_on_request() {
    let sandbox = Sandbox::with_clinic();
    let _server = sandbox.server(ADDRESS);
    let mut tty = sandbox.desk_terminal("--plain");
    for (wait, reply) in [
        (MENU, "1"),
        ("Name or code (optional)", "A12"),
        ("In which language?", "1"),
        ("Who fills it in?", "1"),
        (WHERE, "3"),
    ] {
        tty.wait(wait);
        if reply != "A12" {
            tty.wait("Type ");
        }
        tty.press(&format!("{reply}\r"));
    }
    tty.wait([ADDRESS, WAITING, "1. Look again", "0. Back", "Type "]);
    assert!(!tty.screen().contains('█'), "{}", tty.screen());
    sandbox.begin_in_browser(&code_on(&tty.screen()), 4, 9);
    tty.press("1\r");
    tty.wait(["The interview has begun: question 4 of about 9.", "0. Back", "Type "]);
    tty.press("0\r");
    tty.wait([MENU, "2. Today's intakes", "Type "]);
    tty.press("2\r");
    tty.wait(["Intake 1, ", "in progress (question 4 of about 9)", "Look again", "0. Back", "Type "]);
}

#[test]
fn spanish_staff_read_spanish_on_a_small_screen() {
    let sandbox = Sandbox::with_clinic();
    std::fs::write(sandbox.path("../clinic/preconsult.toml"), "language = \"es\"\n").expect("settings");
    let _server = sandbox.server(LONG_ADDRESS);
    let mut tty = sandbox.terminal("desk --clinic ../clinic").start();
    for (question, option) in [
        ("¿Qué quiere hacer?", "Entrevista nueva"),
        ("Nombre o código (opcional):", ""),
        ("¿En qué idioma?", "es ·"),
        ("¿Quién lo rellena?", "El paciente"),
        ("¿Dónde se rellena?", "En el teléfono del paciente"),
    ] {
        tty.wait([question, "Intro para"]);
        if option.is_empty() {
            tty.press(ENTER);
        } else {
            tty.choose(option);
        }
    }
    tty.wait(["Esperando a que el paciente empiece: quedan 15 minutos", "0. Volver"]);
    assert!(qr_code::decode(&qr_code::rows(&tty.screen())).starts_with(LONG_ADDRESS), "{}", tty.screen());
}

/// The screen changes without input; that must not keep the desk unlocked.
#[test]
fn a_screen_that_follows_a_patient_locks_when_it_is_idle() {
    let sandbox = Sandbox::with_clinic();
    std::fs::write(sandbox.path("../clinic/preconsult.toml"), "idle_seconds = 10\n").expect("settings");
    let _server = sandbox.server(ADDRESS);
    let mut tty = sandbox.desk_terminal("");
    tty.unlock();
    hand_over(&mut tty, "A12");
    tty.choose_at(WHERE, "On a tablet");
    tty.wait(WAITING);
    let code = code_on(&tty.screen());
    sandbox.begin_in_browser(&code, 1, 9);
    tty.wait("question 1 of about 9");
    tty.wait(["Locked.", "The screen was cleared"]);
    assert!(!tty.left_over().contains(&code));
}

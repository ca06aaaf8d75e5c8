//! The `age` tool decrypts a record with the clinic's key file and passphrase, so no clinic depends on this program.

use crate::desk::clinic::{LABEL, PASSPHRASE, WORDS};
use crate::support::Sandbox;
use crate::support::run::run;
use crate::support::terminal::TerminalBuilder;
use crate::support::tools::find_program;
use serde_json::{Value, json};

#[test]
fn the_age_tool_decrypts_a_record() {
    let Some(age) = find_program("age") else { return };
    let sandbox = Sandbox::with_clinic();
    let number = sandbox.intake();
    let mut export = sandbox.desk_command(&format!("export {number} --sealed --clinic ../clinic"));
    let output = export.output().expect("the program runs");
    assert!(output.status.success() && output.stdout.starts_with(b"age-encryption.org/v1\n"), "{output:?}");
    std::fs::write(sandbox.path("../out/record.age"), &output.stdout).expect("a file");
    // `age` reads passphrases only from a terminal.
    let arguments = ["-d", "-i", "../clinic/key.age", "-o", "../out/record.json", "../out/record.age"];
    let mut tty = TerminalBuilder::of(&sandbox.command_of(age.to_str().expect("a path"), arguments)).start();
    tty.wait("Enter passphrase");
    tty.press(&format!("{PASSPHRASE}\r"));
    assert_eq!(tty.code(), 0, "{}", tty.screen());
    let opened = std::fs::read_to_string(sandbox.path("../out/record.json")).expect("a file");
    let opened: Value = serde_json::from_str(&opened).expect("JSON");
    assert_eq!((&opened["intake"], &opened["label"]), (&json!(number), &json!(LABEL)));
    assert_eq!(opened["answers_file"]["answers"]["concern-other"], json!(WORDS));
}

#[test]
fn the_clinic_decrypts_files_of_the_age_tool() {
    let Some(age) = find_program("age") else { return };
    let sandbox = Sandbox::with_clinic();
    let key = std::fs::read_to_string(sandbox.path("../clinic/key.pub")).expect("a key");
    let mut seal = std::process::Command::new(age);
    seal.args(["-r", key.trim(), "-o"]).arg(sandbox.path("../out/sealed.age")).arg(sandbox.path("../answers.json"));
    assert_eq!(run(seal).code, Some(0));
    let locked = std::fs::read_to_string(sandbox.path("../clinic/key.age")).expect("a key");
    let passphrase = preconsult::desk::Passphrase::from(PASSPHRASE.to_owned());
    let keys = preconsult::desk::PrivateKeys::unlock(&locked, &passphrase).expect("it unlocks");
    let opened = keys.open(&std::fs::read(sandbox.path("../out/sealed.age")).expect("a file")).expect("it opens");
    assert!(opened.contains(WORDS));
}

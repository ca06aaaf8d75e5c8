//! `preconsult fhir push`: sends a file to a FHIR server.

use super::super::{print, print_note};
use crate::cli::PushArgs;
use crate::commands::password_prompt::PasswordPrompt;
use crate::error::Error;
use crate::printable::Printable;
use crate::push::{Address, Delivery, Payload, Server, ServerOptions};
use crate::storage::error::FileAction;
use crate::storage::{read_bytes, read_text};
use std::path::Path;
use std::time::Duration;

pub(super) fn run(args: &PushArgs) -> Result<(), Error> {
    let address = Address::parse(&args.url)?;
    if args.file == Path::new("-") {
        return Err(Error::input("what is sent has to be in a file, so that it is there if sending fails")
            .hint("write it to a file first: preconsult fhir document answers.json > summary.fhir.json"));
    }
    let (name, text) = read_text(Some(&args.file))?;
    let parcel = Payload::read(&name, &text)?;
    let to = address.of(parcel.kind);
    if args.dry_run {
        return print(dry_run(args, &parcel, &to).as_bytes());
    }
    let setting = ServerOptions {
        timeout: Duration::from_secs(args.timeout),
        give_up_after: Duration::from_secs(args.give_up_after),
        trusted: args.ca_file.as_deref().map(|path| read_bytes(FileAction::ReadCertificates, path)).transpose()?,
    };
    let server = Server::new(address, token(args)?, &setting)?;
    let sent = server.send(&parcel, |why, pause| {
        print_note(&format!("note: {why}; trying again in {:.2} s", pause.as_secs_f32()));
    })?;
    report(&sent)
}

fn dry_run(args: &PushArgs, parcel: &Payload, to: &str) -> String {
    let token = if args.token_file.is_some() || args.ask_token { "Authorization: Bearer (not shown)\n" } else { "" };
    format!(
        "POST {to}\nContent-Type: application/fhir+json; charset=utf-8\nIf-None-Exist: {}\n{token}\n{}",
        parcel.condition, parcel.text
    )
}

fn report(sent: &Delivery) -> Result<(), Error> {
    let place = match &sent.location {
        Some(location) => Printable::line(location).to_string(),
        None => "(the server does not say where)".to_owned(),
    };
    if sent.created {
        return print(format!("created {place}\n").as_bytes());
    }
    if sent.tries == 1 {
        print_note("note: the server had it already, and nothing was created");
        print_note("hint: if this is another patient with the same answers, give each a label of their own (--label)");
    }
    print(format!("there already {place}\n").as_bytes())
}

fn token(args: &PushArgs) -> Result<Option<String>, Error> {
    let token = match &args.token_file {
        Some(path) if path == Path::new("-") => {
            return Err(Error::input("a token is read from a file, not from standard input").hint("or use --ask-token"));
        }
        Some(path) => read_text(Some(path))?.1,
        None if args.ask_token => PasswordPrompt {
            question: "Token:",
            no_terminal: "there is no terminal to ask at",
            hint: "name a file that holds it instead: --token-file FILE",
            stopped: "nothing was sent",
        }
        .ask(|typed| if typed.is_empty() { Err("Type the token; Esc stops.".to_owned()) } else { Ok(()) })?,
        None => return Ok(None),
    };
    let token = token.trim();
    // Anything else would not be a token, and could be a header of its own.
    if token.is_empty() || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(Error::input("that is no token: it has to be one word of visible letters, digits and signs")
            .hint("put the token alone on one line"));
    }
    Ok(Some(token.to_owned()))
}

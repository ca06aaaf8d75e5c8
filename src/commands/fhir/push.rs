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
        return Err(Error::input("standard input cannot be sent: a file can be sent again if sending fails")
            .hint("write it to a file first: preconsult fhir document answers.json > summary.fhir.json"));
    }
    let (name, text) = read_text(Some(&args.file))?;
    let payload = Payload::read(&name, &text)?;
    let url = address.resource_url(payload.kind);
    if args.dry_run {
        return print(dry_run(args, &payload, &url).as_bytes());
    }
    let options = ServerOptions {
        timeout: Duration::from_secs(args.timeout),
        give_up_after: Duration::from_secs(args.give_up_after),
        trusted_certificates: args
            .ca_file
            .as_deref()
            .map(|path| read_bytes(FileAction::ReadCertificates, path))
            .transpose()?,
    };
    let server = Server::new(address, token(args)?, &options)?;
    let delivery = server.send(&payload, |reason, pause| {
        print_note(&format!("note: {reason}; trying again in {:.2} s", pause.as_secs_f32()));
    })?;
    report(&delivery)
}

fn dry_run(args: &PushArgs, payload: &Payload, url: &str) -> String {
    let token = if args.token_file.is_some() || args.ask_token { "Authorization: Bearer (not shown)\n" } else { "" };
    format!(
        "POST {url}\nContent-Type: application/fhir+json; charset=utf-8\nIf-None-Exist: {}\n{token}\n{}",
        payload.condition, payload.text
    )
}

fn report(delivery: &Delivery) -> Result<(), Error> {
    let location = match &delivery.location {
        Some(location) => Printable::line(location).to_string(),
        None => "(the server did not name the address)".to_owned(),
    };
    if delivery.created {
        return print(format!("created {location}\n").as_bytes());
    }
    if delivery.attempts == 1 {
        print_note("note: the server already had it; nothing was created");
        print_note("hint: if this is another patient with the same answers, give each of them a label (--label)");
    }
    print(format!("there already {location}\n").as_bytes())
}

fn token(args: &PushArgs) -> Result<Option<String>, Error> {
    let token = match &args.token_file {
        Some(path) if path == Path::new("-") => {
            return Err(
                Error::input("a token cannot be read from standard input").hint("name a file, or use --ask-token")
            );
        }
        Some(path) => read_text(Some(path))?.1,
        None if args.ask_token => PasswordPrompt {
            question: "Token:",
            no_terminal: "there is no terminal for the prompt",
            hint: "use --token-file FILE instead",
            stopped: "nothing was sent",
        }
        .ask(|typed| if typed.is_empty() { Err("Type the token; Esc stops.".to_owned()) } else { Ok(()) })?,
        None => return Ok(None),
    };
    let token = token.trim();
    // A line break in a token would inject another header.
    if token.is_empty() || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(Error::input("invalid token: it must be one word of printable ASCII characters")
            .hint("put only the token into the file, on one line"));
    }
    Ok(Some(token.to_owned()))
}

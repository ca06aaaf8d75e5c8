//! What is trusted and what is not, where data is stored, and what was tested.
//!
//! # Trusted
//!
//! - The program and everyone who can write to it; the user who runs it, and the operating system.
//! - The chosen pack (`--pack`): its texts are printed. A pack is data and runs no code. It is still checked, because people
//!   write packs.
//! - The settings, with the logo, the fonts and the template that they name. A template is a typst program that runs inside
//!   this process. It can read its own text, the data of the page and the logo: no other file, clock, network or package. Its
//!   time and memory are not limited. A page that lacks a source, a limit or a caveat is rejected.
//!
//! # Not trusted
//!
//! - **Answers**, typed, in a file or as records: [`interview`](crate::interview) accepts answers that fit the question and
//!   its length limit. It reports everything else as an error. JSON may be nested 512 levels deep.
//! - **Texts and labels** reach a screen or a page only as [`Printable`](crate::printable::Printable). It contains nothing
//!   that controls a terminal, is invisible, or reverses the direction of text. Single joiners stay where a script or an emoji
//!   needs them. Every format escapes texts in its own way, and an HTML page has a policy that runs no script and loads nothing.
//!   A label in a file name keeps only letters with their marks, and digits.
//! - **Records** ([`batch`](crate::batch)): a line has at most 1 MiB; a longer one is an error of that line. `.gz` and `.zst`
//!   files are decompressed while they are read. A `.zst` file may use a window of up to 100 MiB.
//! - **Drafts and journals** that were cut or changed: each line has a checksum that covers the line before it. Lines that
//!   fail the check are left out, never guessed. The checksum has no key: it detects damage, not forgery.
//! - **FHIR files** of other programs, and the responses of a server, of which at most 64 KiB are read.
//!
//! - **Requests to `serve`**: it listens on this machine alone and answers only to its own names (`Host`). A form needs the
//!   token of its session, and a browser must not call it a form of another site. A request has at most 64 KiB, and a slow
//!   client is cut off. A page has a policy that allows nothing but the server's own style sheet, script, logo and forms.
//!
//! An answers file, a pack and a line typed in plain mode are read into memory without a limit. If strangers can send them,
//! limit the memory of the process, or accept records only.
//!
//! # Where data is stored
//!
//! | what | where | how |
//! | --- | --- | --- |
//! | pages and answers files | the folder of `--out` | unencrypted, mode 0600; the name may contain the label |
//! | drafts | `preconsult/drafts` in the user's state folder (`~/.local/state`) | unencrypted, mode 0600 in a folder 0700; removed when the summary is written |
//! | interviews in a browser | the same drafts | with a hash of the secret in the browser's cookie; a locked interview is not in memory |
//! | intakes of the desk | the clinic's folder, 0700 | records, journals, names and reasons are encrypted with age; unencrypted: numbers, times, states, actions and their times, paths of written files |
//! | invitations to a browser | the same records | encrypted: the label; as hashes: the code, the secret of the link and that of the browser; unencrypted, until the interview is handed in or the invitation taken back: when it was made and until when it opens, whether it was used, the language, who fills it in, the position and the likely number of questions |
//! | the server's address | `server` in the same folder, 0600 | unencrypted |
//! | the desk's private key | `key.age` in that folder | encrypted with the passphrase (scrypt) |
//! | the output of `config template` | the named folder | unencrypted, 0600 in 0700: `data.json` holds answers |
//! | printed pages | the system's print service | according to its settings; the job is named `preconsult` |
//!
//! A code and its link are shown once, on the desk's screen or on standard output. They open for 15 minutes, in one browser. Who
//! sees that screen, or reads that output, can begin the interview, but never read an answer of another.
//!
//! Windows has no such modes: there, files are as private as their folder. Deleted data is gone as far as the disk forgets it;
//! the desk's database overwrites what it deletes (see `desk`). The desk's process leaves no core dump. Memory may be swapped
//! to disk.
//!
//! # How files are written
//!
//! A page, an answers file, the settings or a key is written under a temporary name, synced, then renamed. So it is complete or
//! absent. A page never replaces an existing file and never follows an existing link. A draft grows by whole lines, each synced
//! before the next question is shown. The exceptions are standard output and a pack copied by `pack new`, which can be cut off.
//!
//! # Connections and programs
//!
//! Only `preconsult fhir push URL` opens a connection: to that address, through the proxy of the environment if there is one,
//! and with TLS unless the address is on this machine. It follows no redirects. A build without the feature `push` has no code
//! for it. Only `preconsult serve` listens, and only on this machine; its notes name no answer, label or file.
//! `--print` starts `lp`, and no other program is started. The print service may send the page over the network.
//!
//! # What was tested
//!
//! - Hostile texts in every format and in every kind of question: headings, lists and number of lines are the same as with
//!   harmless texts (`tests/properties/hostile.rs`).
//! - Journals cut and damaged at every byte (`tests/journal/damage.rs`), processes killed after every answer, disks that
//!   fail at every write or fill up, and damaged stores and journals of the desk. Also that no answer of a patient appears in
//!   the desk's files (`tests/desk`).
//! - Packs with every kind of error, and packs changed at random (`tests/packs`).
//! - File readers under a fuzzer, and failures injected into writes: see the folder `tests`.
//! - Licences, sources and duplicates of the dependencies, in each run of CI (`.ci/deny.toml`).
//!
//! The program has no unsafe code (`unsafe_code = "forbid"`); some dependencies do. The README has the command for the bill of
//! materials.
//!
//! There has been no external audit.

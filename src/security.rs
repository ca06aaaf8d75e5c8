//! What is trusted and what is not, where data lies, and what was tested.
//!
//! # What is trusted
//!
//! - The program and whoever may write to it; the user who runs it, and the system below.
//! - The pack that one chooses (`--pack`): what it says is printed. It is data and runs nothing; it is checked all the same,
//!   because people write it.
//! - The settings, with the logo, the fonts and the template that they name. A template is a typst program. It runs inside
//!   this process and can reach its own text, the data of the page and the logo: no other file, no clock, no network, no
//!   package. It can take any time and memory, and a page that lacks a source, a limit or a caveat is refused.
//!
//! # What is not
//!
//! - **Answers**, typed, in a file or as records: [`interview`](crate::interview) takes what fits the question, with its
//!   length, and tells everything else as a fault. JSON may be nested 512 deep.
//! - **Texts and labels** reach a screen or a page only as [`Printable`](crate::printable::Printable): nothing in them
//!   steers a terminal, hides, or turns the direction around; every format escapes them in its own way, and an HTML page has
//!   a policy that runs no script and loads nothing. A label in a file's name keeps its letters and digits.
//! - **Records** ([`batch`](crate::batch)): a line has at most 1 MiB, and a longer one is a fault of that line. `.gz` and
//!   `.zst` are unpacked as they are read, never whole; a `.zst` may ask for a window of 100 MiB.
//! - **Drafts and journals** that somebody has cut or changed: each line has a checksum that covers the one before it, and
//!   what cannot be trusted is left out, never guessed. The checksum has no key: it finds damage, not a forger.
//! - **FHIR files** of others, and what a server answers, of which 64 KiB are read.
//!
//! An answers file, a pack and a line typed in plain mode are read whole, however long: who lets strangers send these sets
//! a limit on memory, as for any program, or has them come as records.
//!
//! # Where data lies
//!
//! | what | where | how |
//! | --- | --- | --- |
//! | pages and answers files | the folder of `--out` | in the clear, mode 0600; the name may hold the label |
//! | drafts | `preconsult/drafts` in the user's state folder (`~/.local/state`) | in the clear, mode 0600 in a folder 0700; removed when the summary is written |
//! | intakes of the desk | the clinic's folder, 0700 | records, journals, names and reasons sealed with age; in the clear: numbers, times, states, what was done when, paths of files written |
//! | the desk's private key | `key.age` in that folder | sealed by the passphrase (scrypt) |
//! | what `config template` makes | the folder named | in the clear, 0600 in 0700: `data.json` holds answers |
//! | what was printed | the system's print service | as that keeps it; the job is called `preconsult` |
//!
//! Windows knows no such modes: there, files are as private as the folder that they are in. What is deleted is gone as far as
//! the disk forgets; the desk's database overwrites what it deletes (see `desk`). The desk's process leaves no core
//! dump. Memory may be swapped out.
//!
//! # What is written, and how
//!
//! A page, an answers file, the settings, a key: written beside under another name, synced, then given its name, so it is whole
//! or not there. A page never takes the place of a file that is there, nor follows a link that is. A draft grows by whole lines, each
//! synced before the next question shows. Standard output and a pack that `pack new` copies are what is left over: they can be cut off.
//!
//! # Connections and programs
//!
//! `preconsult fhir push URL` opens the only connection: to that address, through the proxy that the environment names if
//! there is one, by TLS unless the address is this machine's, without following anybody elsewhere. A build without the
//! feature `push` has no code for it. `--print` starts `lp`, and nothing else is started; the print service may send the page
//! on.
//!
//! # What was tested
//!
//! - Hostile texts in every format and in every kind of question: the same headings, lists and number of lines as with harmless
//!   ones (`tests/properties/hostile.rs`).
//! - Journals cut and damaged at every byte (`tests/journal/damage.rs`), processes killed after every answer, disks that
//!   fail at every write or fill up; damaged stores and journals of the desk, and that nothing a patient says stands in its
//!   files (`tests/desk`).
//! - Packs with a fault of every kind, and packs changed at random (`tests/packs`).
//! - Readers of files under a fuzzer, and failure injected into writes: see the tests' folder.
//! - Licences, sources and duplicates of the crates behind it, in each run of CI (`.ci/deny.toml`).
//!
//! The program has no unsafe code (`unsafe_code = "forbid"`); some crates behind it have. The bill of materials is made by
//! one command: see the README.
//!
//! Nobody from outside has audited it.

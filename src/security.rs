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
//!   its length limit. It reports everything else as an error. JSON may have 512 levels of lists or 256 of objects, and
//!   100,000 values.
//! - **Texts and labels** reach a screen or a page only as [`Printable`](crate::printable::Printable). It contains nothing
//!   that controls a terminal, is invisible, or reverses the direction of text. Single joiners stay where a script or an emoji
//!   needs them. Every format escapes texts in its own way, and an HTML page has a policy that runs no script and loads nothing.
//!   A label in a file name keeps only letters with their marks, and digits. What errors, notes and usage errors quote is
//!   `Printable` too. JSON escapes control and hidden characters, so that an id cannot control a terminal. A path is printed
//!   exactly where standard output is no terminal.
//! - **Records** ([`batch`](crate::batch)): a line has at most 1 MiB; a longer one is an error of that line. `.gz` and `.zst`
//!   files are decompressed while they are read. Each frame of a `.zst` file may have a window of up to 100 MiB. A file that
//!   is cut anywhere but between two frames is an error.
//! - **Drafts and journals** that were cut or changed: each line has a checksum that covers the line before it. Lines that
//!   fail the check are left out, never guessed. The checksum has no key: it detects damage, not forgery.
//! - **FHIR files** of other programs, and the responses of a server, of which at most 64 KiB are read.
//!
//! - **The current folder**: a clinic in it is used only if no other is named, configured or the user's own. Any clinic's
//!   folder must belong to the user, or to the group that `desk_group` in the user's settings names. `desk new` and the
//!   screen say which clinic it is.
//! - **The clinic's public key**: its hash is in the audit log, and is compared before anything is encrypted. The private keys
//!   are compared with it whenever the desk is unlocked. A clinic of an earlier version trusts its key from the first unlocking.
//! - **A backup**: it has a hash but no signature. Files that only a restored backup names are never deleted.
//! - **The clock**: a purge stops if the desk was last used more than 60 days ago, not counting the last week, until someone
//!   confirms the date. Drafts are kept if even the newest seems to be more than a year overdue.
//!
//! A file that is read whole has at most 64 MiB, and a line typed in plain mode 1 MiB. Of the errors in a file the first 100 are
//! stored and the rest counted, except those of an import. So one file takes about ten times its size in memory, and a small
//! one up to 20 MiB.
//!
//! # Where data is stored
//!
//! | what | where | how |
//! | --- | --- | --- |
//! | pages and answers files | the folder of `--out` | unencrypted, mode 0600; the name may contain the label |
//! | drafts | `preconsult/drafts` in the user's state folder (`~/.local/state`) | unencrypted, mode 0600 in a folder 0700; removed when the summary is written |
//! | intakes of the desk | the clinic's folder, 0700 | records, journals, names and reasons are encrypted with age; unencrypted: numbers, times, states, actions and their times, paths of written files |
//! | the desk's private key | `key.age` in that folder | encrypted with the passphrase (scrypt) |
//! | the output of `config template` | the named folder | unencrypted, 0600 in 0700: `data.json` holds answers |
//! | printed pages | the system's print service | according to its settings; the job is named `preconsult` |
//!
//! Folders of drafts and clinics that exist already are restricted to their owner. A folder of another user is refused. Locks,
//! journals, keys and records are regular files: a link is not followed, and a pipe is an error.
//!
//! Windows has no such modes: there, files are as private as their folder. Deleted data is gone as far as the disk forgets it;
//! the desk's database overwrites what it deletes (see `desk`). No process leaves a core dump. Memory may be swapped to
//! disk. C code, such as SQLite, is compiled with the flags of `CFLAGS`: a packager sets
//! `-fstack-protector-strong -D_FORTIFY_SOURCE=2` there.
//!
//! # How files are written
//!
//! A page, an answers file, a template or a new pack is synced before it gets its name. So it is complete or absent, also if
//! the program is killed. Where the system has no files without a name (`O_TMPFILE`), the name begins with `.preconsult-`
//! until then. What a killed program leaves under such a name is removed by the next one that writes there after a minute,
//! and by `desk delete`. Settings, keys and generated pages of packs are replaced by renaming. A page never replaces an
//! existing file and never follows an existing link. A draft grows by whole lines, each synced before the next question is
//! shown. Standard output can be cut off.
//!
//! `desk delete` removes an exported page only if it is the same regular file, with one name and the same content. Anything
//! else is reported and kept.
//!
//! # Connections and programs
//!
//! Only `preconsult fhir push URL` opens a connection: to that address, through the proxy of the environment if there is one,
//! and with TLS unless the address is on this machine. It follows no redirects. A build without the feature `push` has no code
//! for it. `--print` starts `lp`, which reads the page on standard input and learns no file name. No other program is started. The
//! print service may send the page over the network.
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

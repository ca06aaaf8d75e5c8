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
//! - **Requests to `serve`**: it answers only to its own names (`Host`). Without a certificate it listens on this machine
//!   alone. A form needs the token of its session, and a browser must not call it a form of another site. A request has at
//!   most 64 KiB, and a slow client is cut off. A page has a policy that allows nothing but the server's own style sheet,
//!   script, logo and forms.
//!
//! - **Codes for `serve --clinic`**: six letters or digits of 21, so 85 million; the reply to a wrong one takes a second, and after
//!   ten in a row codes open nothing for a minute. A link has 128 random bits. Either opens once, within 15 minutes.
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
//! | interviews in a browser, without a clinic | the same drafts | with a hash of the secret in the browser's cookie; a locked interview is not in memory |
//! | intakes of the desk | the clinic's folder, 0700 | records, journals, names and reasons are encrypted with age; unencrypted: numbers, times, states, actions and their times, paths of written files |
//! | the key of the server, and of the clinic's own authority | the folder of `serve certificate`, 0700 | unencrypted, mode 0600; a key that every user can read is refused |
//! | invitations to a browser | the same records | encrypted: the label; as hashes: the code, the secret of the link and that of the browser; unencrypted, until the interview is handed in or the invitation taken back: when it was made and until when it opens, whether it was used, the language, who fills it in, the position and the likely number of questions |
//! | the server's address | `server` in the same folder, 0600 | unencrypted |
//! | the desk's private key | `key.age` in that folder | encrypted with the passphrase (scrypt) |
//! | the output of `config template` | the named folder | unencrypted, 0600 in 0700: `data.json` holds answers |
//! | printed pages | the system's print service | according to its settings; the job is named `preconsult` |
//!
//! Folders of drafts and clinics that exist already are restricted to their owner. A folder of another user is refused. Locks,
//! journals, keys and records are regular files: a link is not followed, and a pipe is an error.
//!
//! A code and its link are shown once, on the desk's screen or on standard output. They open for 15 minutes, in one browser. Who
//! sees that screen, or reads that output, can begin the interview, but never read an answer of another.
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
//! for it. Only `preconsult serve` listens; its notes name no answer, label or file.
//! `--print` starts `lp`, which reads the page on standard input and learns no file name. No other program is started. The print
//! service may send the page over the network.
//!
//! # A clinic's server
//!
//! `preconsult serve --clinic` has no key of the clinic. The secret in a browser's cookie determines a key for its interview, which
//! is stored nowhere. The lines of the journal are encrypted for this key and for the clinic's. While an interview is locked, its
//! answers are not in the server's memory, but its key is, so that another browser can continue it with a second code. After a
//! restart only the browser with the cookie can. A finished interview is encrypted for the clinic alone, and its journal is removed.
//! Freed memory is not overwritten.
//!
//! # TLS
//!
//! `preconsult serve` speaks TLS 1.2 and 1.3 (rustls with ring, which `push` uses too) to other machines, and nothing else. A
//! handshake ends within ten seconds. Browsers send the cookie of a session over TLS alone and to this host alone
//! (`__Host-`, `Secure`). A certificate that browsers would refuse, and a key of another one, keep the server from starting.
//!
//! There is no `Strict-Transport-Security`. The printed address begins with `https://`, and no cookie is sent without TLS. The
//! header would protect only an address that someone types without `https://`. But it holds for all ports of a name, and
//! lasts: other programs of the same machine would need TLS too, and staff could not even look at the page after the
//! clinic's own certificate has expired.
//!
//! `preconsult serve certificate` makes an authority for the names of the clinic. Its name constraints are critical, and
//! allow these names and those of the machine itself (`localhost`, `127.0.0.1`, `::1`). So who steals its key cannot imitate
//! another site on a tablet. rustls, OpenSSL and Chromium (from version 112) enforce this for an authority that a user has
//! added. A device that does not enforce it still accepts the certificates. A server's certificate lasts two years: Apple's
//! devices refuse more than 825 days (support.apple.com/103769). The authority lasts ten years. There is no revocation: for a
//! stolen key, remove the authority from the tablets.
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

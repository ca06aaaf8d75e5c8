//! How fast it is, beside the least that anybody's program needs for the same.
//!
//! `cargo bench` measures all of it, `cargo bench --bench core` one part; `cargo bench | grep ratio` is the summary. Ours and its floor
//! run in turn, in the same run, so that the ratio says more than either time.
//!
//! These were measured on 26 November 2026 on two idle cores of an Intel Xeon (a virtual machine, Linux 6.18, Rust 1.95), by
//! `cargo bench --bench` `core`, `cold`, `batch`, `pdf`, `desk` and `startup`; the fastest of many runs is told, of starts the
//! middle one. Of 16 pages in PDF four are shown: all take 0.95 to 1.05 times what their floor takes. The desk has 10,000
//! records; opening them with the clinic's key is nearly all that a search takes.
//!
//! A start hangs on how the program lies in the system's memory: just after it was linked it is there in small pieces, and a
//! start takes a third longer than once it was read from the disk. These figures are of a program that was read from there.
//!
//! | what | ours | the floor | takes | ratio | limit |
//! | --- | --- | --- | --- | --- | --- |
//! | pack: check the built-in one | 2.33 ms | serde_json reads the same files and checks nothing | 235 µs | 9.94 | 10 |
//! | pack: load one of one's own | 1.24 ms | serde_json reads the same files and checks nothing | 235 µs | 5.29 |  |
//! | pack: load the built-in one, as each start does | 83.8 µs | serde_json reads the same files and checks nothing | 226 µs | 0.37 |  |
//! | answers: read and check a file | 19 µs | serde_json reads it into a struct | 2.44 µs | 7.76 |  |
//! | interview: every question, one after another | 30.5 µs | the same answers go into a map | 1.41 µs | 21.68 |  |
//! | summary: rules and every line | 72.2 µs | the finished summary is copied | 21.4 µs | 3.37 |  |
//! | page: text | 141 µs | serde_json copies the finished page into a string | 3.37 µs | 41.74 |  |
//! | page: markdown | 48.6 µs | serde_json copies the finished page into a string | 2.7 µs | 18.00 |  |
//! | page: html | 32.5 µs | serde_json copies the finished page into a string | 7.82 µs | 4.15 |  |
//! | page: json | 143 µs | serde_json copies the finished page into a string | 14.2 µs | 10.01 |  |
//! | journal: an answer on the disk | 151 µs | as many bytes are written and synced | 146 µs | 1.03 |  |
//! | cold: answers to text, short | 1.6 ms | a program that parses the same JSON | 918 µs | 1.75 | 1.5 |
//! | cold: answers to text, usual | 1.92 ms | a program that parses the same JSON | 992 µs | 1.93 | 1.5 |
//! | cold: answers to text, longest | 2.93 ms | a program that parses the same JSON | 1.1 ms | 2.67 | 1.5 |
//! | batch: a record, CPU time of one thread | 4.72 µs | serde_json parses it, and a line as long is written | 2.64 µs | 1.79 | 1.5 |
//! | pdf: cold, usual, patient | 41.6 ms | a bare typst | 39.8 ms | 1.05 | 1.3 |
//! | pdf: cold, usual, clinician | 48.7 ms | a bare typst | 47.7 ms | 1.02 | 1.3 |
//! | pdf: cold, longest, patient | 76.5 ms | a bare typst | 74.2 ms | 1.03 | 1.3 |
//! | pdf: cold, longest, clinician | 94.2 ms | a bare typst | 92.5 ms | 1.02 | 1.3 |
//! | desk: list of today, locked | 273 µs | SQLite alone | 16.1 µs | 16.92 |  |
//! | desk: search by label | 474 ms | SQLite alone | 13.4 ms | 35.47 |  |
//! | desk: purge of 9960 | 4.16 s | SQLite alone | 228 ms | 18.20 |  |
//! | start to the first option | 3.35 ms | ten lines of inquire | 2.40 ms | 1.39 | 1.3 |
//! | the same without the PDF | 4.25 ms | ten lines of inquire | 3.06 ms | 1.39 | 1.3 |
//! | spark: a record, one core | 150 µs | the recipe with cat | 107 µs | 1.40 |  |
//! | spark: a record, one core | 150 µs | the recipe with a line as long | 135 µs | 1.12 |  |
//! | spark: a record, one core | 150 µs | one process without Spark, 1 threads | 9.13 µs | 16.46 |  |
//!
//! A million records take 5.1 s on one thread and 2.9 s on two, 1.76 times as fast (a hundred thousand 0.55 s and 0.30 s),
//! and 10 to 11 MB, as ten thousand do.
//!
//! Over their limits are the start, a cold summary, and the batch: 1.70 to 1.83 in nine runs, of which 0.8 is reading with
//! every check, and 0.75 to 0.85 writing lines of ten kilobytes, whose pieces come from all over the memory.
//!
//! Spark was measured two days before, on a busy machine. Behind a record there stand Python and the two pipes (`cat` and the ready-made line),
//! not the summaries: whoever has one machine is faster without.

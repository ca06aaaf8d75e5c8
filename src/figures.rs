//! How fast it is, beside the least that anybody's program needs for the same.
//!
//! `cargo bench` measures all of it, `cargo bench --bench core` one part; `cargo bench | grep ratio` is the summary. Ours and its floor
//! run in turn, in the same run, so that the ratio says more than either time.
//!
//! These were measured on 24 November 2026 on two idle cores of an AMD EPYC (a virtual machine, Linux 6.18, Rust 1.95), by
//! `cargo bench --bench` `core`, `cold`, `batch`, `pdf`, `desk` and `startup`; the fastest of many runs is told, of starts the middle one. Of 16 pages in
//! PDF four are shown: all take 0.93 to 1.03 times what their floor takes. The desk has 10,000 records; opening them
//! with the clinic's key, 94 µs each, is nearly all that a search takes.
//!
//! | what | ours | the floor | takes | ratio | limit |
//! | --- | --- | --- | --- | --- | --- |
//! | pack: check the built-in one | 2.33 ms | serde_json reads the same files and checks nothing | 241 µs | 9.66 | 10 |
//! | pack: load one of one's own | 1.29 ms | serde_json reads the same files and checks nothing | 238 µs | 5.40 |  |
//! | pack: load the built-in one, as each start does | 76 µs | serde_json reads the same files and checks nothing | 234 µs | 0.33 |  |
//! | answers: read and check a file | 22.8 µs | serde_json reads it into a struct | 3.17 µs | 7.18 |  |
//! | interview: every question, one after another | 35.3 µs | the same answers go into a map | 1.32 µs | 26.70 |  |
//! | summary: rules and every line | 64 µs | the finished summary is copied | 23.8 µs | 2.69 |  |
//! | page: text | 237 µs | serde_json copies the finished page into a string | 3.65 µs | 64.82 |  |
//! | page: markdown | 42.1 µs | serde_json copies the finished page into a string | 3.23 µs | 13.04 |  |
//! | page: html | 27.7 µs | serde_json copies the finished page into a string | 9.11 µs | 3.04 |  |
//! | page: json | 155 µs | serde_json copies the finished page into a string | 18.5 µs | 8.38 |  |
//! | journal: an answer on the disk | 108 µs | as many bytes are written and synced | 106 µs | 1.02 |  |
//! | cold: answers to text, short | 2.33 ms | a program that parses the same JSON | 854 µs | 2.73 | 1.5 |
//! | cold: answers to text, usual | 2.56 ms | a program that parses the same JSON | 840 µs | 3.05 | 1.5 |
//! | cold: answers to text, longest | 4.05 ms | a program that parses the same JSON | 896 µs | 4.52 | 1.5 |
//! | batch: a record, CPU time of one thread | 5.36 µs | serde_json parses it, and a line as long is written | 3.00 µs | 1.79 | 1.5 |
//! | pdf: cold, usual, patient | 33.8 ms | a bare typst | 32.9 ms | 1.03 | 1.3 |
//! | pdf: cold, usual, clinician | 39.9 ms | a bare typst | 40.1 ms | 1.00 | 1.3 |
//! | pdf: cold, longest, patient | 67.2 ms | a bare typst | 66.2 ms | 1.01 | 1.3 |
//! | pdf: cold, longest, clinician | 85.1 ms | a bare typst | 82.6 ms | 1.03 | 1.3 |
//! | desk: list of today, locked | 362 µs | SQLite alone | 20.6 µs | 17.59 |  |
//! | desk: search by label | 547 ms | SQLite alone | 15.1 ms | 36.35 |  |
//! | desk: purge of 9960 | 5.26 s | SQLite alone | 308 ms | 17.09 |  |
//! | start to the first option | 2.60 ms | ten lines of inquire | 1.79 ms | 1.45 | 1.3 |
//! | the same without the PDF | 2.28 ms | ten lines of inquire | 1.74 ms | 1.31 | 1.3 |
//! | spark: a record, one core | 150 µs | the recipe with cat | 107 µs | 1.40 |  |
//! | spark: a record, one core | 150 µs | the recipe with a line as long | 135 µs | 1.12 |  |
//! | spark: a record, one core | 150 µs | one process without Spark, 1 threads | 9.13 µs | 16.46 |  |
//!
//! A million records take 5.4 s on one thread and 2.9 s on two, 1.86 times as fast, and 13 to 14 MB, as ten thousand do.
//!
//! Over their limits are the start, a cold summary, and the batch, half of whose time is writing lines of ten kilobytes.
//!
//! Spark was measured on a busy machine. Behind a record there stand Python and the two pipes (`cat` and the ready-made line),
//! not the summaries: whoever has one machine is faster without.

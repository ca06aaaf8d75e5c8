//! How fast it is, beside the least that anybody's program needs for the same.
//!
//! `cargo bench` measures all of it, `cargo bench --bench core` one part; `cargo bench | grep ^ratio` is the summary. Ours and its floor
//! run in turn, in the same run, so that the ratio says more than either time.
//!
//! These were measured on 24 November 2026 on two cores of an AMD EPYC (a virtual machine, Linux 6.18, Rust 1.95), by
//! `cargo bench --bench` `core`, `cold`, `batch`, `pdf` and `spark`, **while other programs used both cores**: the
//! fastest of many runs is told, and the times are longer than on an idle machine. Of 16 pages in PDF four are shown; over all
//! of them the ratio lay between 0.86 and 1.93, its median was 1.09.
//!
//! | what | ours | the floor | takes | ratio | limit |
//! | --- | --- | --- | --- | --- | --- |
//! | pack: check the built-in one | 3.71 ms | serde_json reads the same files and checks nothing | 272 µs | 13.65 | 10 |
//! | pack: load one of one's own | 1.45 ms | serde_json reads the same files and checks nothing | 258 µs | 5.60 |  |
//! | pack: load the built-in one, as each start does | 1.01 ms | serde_json reads the same files and checks nothing | 256 µs | 3.95 |  |
//! | answers: read and check a file | 23.4 µs | serde_json reads it into a struct | 3.47 µs | 6.75 |  |
//! | interview: every question, one after another | 36.3 µs | the same answers go into a map | 1.47 µs | 24.76 |  |
//! | summary: rules and every line | 76.5 µs | the finished summary is copied | 24.7 µs | 3.09 |  |
//! | page: text | 248 µs | serde_json copies the finished page into a string | 3.61 µs | 68.72 |  |
//! | page: markdown | 42.3 µs | serde_json copies the finished page into a string | 3.22 µs | 13.15 |  |
//! | page: html | 30.6 µs | serde_json copies the finished page into a string | 8.66 µs | 3.54 |  |
//! | page: json | 161 µs | serde_json copies the finished page into a string | 18.6 µs | 8.69 |  |
//! | journal: an answer on the disk | 244 µs | as many bytes are written and synced | 168 µs | 1.45 |  |
//! | cold: answers to text, short | 4.46 ms | a program that parses the same JSON | 1.03 ms | 4.33 | 1.5 |
//! | cold: answers to text, usual | 4.87 ms | a program that parses the same JSON | 1.02 ms | 4.78 | 1.5 |
//! | cold: answers to text, longest | 6.75 ms | a program that parses the same JSON | 1.11 ms | 6.10 | 1.5 |
//! | batch: a record, CPU time of one thread | 5.93 µs | serde_json parses it, and a line as long is written | 3.14 µs | 1.89 | 1.5 |
//! | pdf: cold, usual, patient | 40.4 ms | a bare typst | 45 ms | 0.90 |  |
//! | pdf: cold, usual, clinician | 51.2 ms | a bare typst | 47.4 ms | 1.08 |  |
//! | pdf: cold, longest, patient | 116 ms | a bare typst | 101 ms | 1.15 |  |
//! | pdf: cold, longest, clinician | 96.2 ms | a bare typst | 95.9 ms | 1.00 |  |
//! | spark: a record, one core | 150 µs | the recipe with cat | 107 µs | 1.40 |  |
//! | spark: a record, one core | 150 µs | the recipe with a line as long | 135 µs | 1.12 |  |
//! | spark: a record, one core | 150 µs | one process without Spark, 1 threads | 9.13 µs | 16.46 |  |
//!
//! Over their limits were then: the check of a pack, half of which goes into how hard its sentences are to read; a cold
//! summary, more than half of whose instructions load the pack and a seventh of which break lines; and the batch, half of whose time
//! is writing lines of ten kilobytes. For the PDF and Spark there is no limit: there the floor is most of it.
//!
//! Behind a record on Spark stand Python and the two pipes (`cat` and the ready-made line), not the summaries: whoever has one
//! machine is faster without.

//! Measured speed, compared with a floor: the least that any program needs for the same task.
//!
//! `cargo bench` measures everything, `cargo bench --bench core` one part, and `cargo bench | grep ratio` prints the summary.
//! Each task and its floor run alternately in the same run, so the ratio is more reliable than either time.
//!
//! These were measured on 26 November 2026 on two idle cores of an AMD EPYC (a virtual machine, Linux 6.18, Rust 1.95), by
//! `cargo bench --bench` `core`, `cold`, `batch`, `pdf`, `desk` and `startup`. The table has the fastest of many runs, and the
//! median for starts. It shows four of 16 PDF pages; all take 0.96 to 1.20 times their floor. The desk has 10,000 records. A
//! search spends nearly all its time on decrypting them.
//!
//! The rows for the start and the cold summary are out of date: the program is now position independent, and reads its pack as
//! JSON at each start. A start also depends on the page cache. Directly after linking, the program is cached in small pieces, and
//! a start takes a third longer than after it was read from disk. The rows of the batch and of the PDF were measured on
//! 30 November 2026 on a slower Intel processor. Other work shared it during the batch.
//!
//! | task | time | floor | time of the floor | ratio | limit |
//! | --- | --- | --- | --- | --- | --- |
//! | pack: check the built-in one | 2.30 ms | serde_json reads the same files and checks nothing | 261 µs | 8.81 | 10 |
//! | pack: load it, as each start does | 1.27 ms | serde_json reads the same files and checks nothing | 256 µs | 4.97 |  |
//! | answers: read and check a file | 22.8 µs | serde_json reads it into a struct | 3.14 µs | 7.25 |  |
//! | interview: every question, one after another | 28.4 µs | the same answers go into a map | 1.41 µs | 20.13 |  |
//! | summary: rules and every line | 63.8 µs | the finished summary is copied | 22.6 µs | 2.82 |  |
//! | page: text | 128 µs | serde_json copies the finished page into a string | 2.62 µs | 48.81 |  |
//! | page: markdown | 42.9 µs | serde_json copies the finished page into a string | 2.41 µs | 17.77 |  |
//! | page: html | 27.4 µs | serde_json copies the finished page into a string | 6.64 µs | 4.12 |  |
//! | page: json | 153 µs | serde_json copies the finished page into a string | 14.4 µs | 10.58 |  |
//! | journal: an answer on the disk | 119 µs | as many bytes are written and synced | 114 µs | 1.04 |  |
//! | cold: answers to text, short | 1.68 ms | a program that parses the same JSON | 847 µs | 1.98 |  |
//! | cold: answers to text, usual | 1.86 ms | a program that parses the same JSON | 852 µs | 2.18 |  |
//! | cold: answers to text, longest | 3.00 ms | a program that parses the same JSON | 955 µs | 3.14 |  |
//! | batch: a record, CPU time of one thread | 19.1 µs | serde_json parses it, and a line as long is written | 5.01 µs | 3.83 | 2 |
//! | pdf: cold, usual, patient | 72.6 ms | a bare typst | 69.9 ms | 1.04 | 1.3 |
//! | pdf: cold, usual, clinician | 82.4 ms | a bare typst | 80.7 ms | 1.02 | 1.3 |
//! | pdf: cold, longest, patient | 169 ms | a bare typst | 169 ms | 1.00 | 1.3 |
//! | pdf: cold, longest, clinician | 183 ms | a bare typst | 166 ms | 1.10 | 1.3 |
//! | desk: list of today, locked | 360 µs | SQLite alone | 20.9 µs | 17.28 |  |
//! | desk: search by label | 556 ms | SQLite alone | 19.6 ms | 28.42 |  |
//! | desk: purge of 9960 | 5.79 s | SQLite alone | 270 ms | 21.48 |  |
//! | start to the first option | 3.02 ms | ten lines of inquire | 2.16 ms | 1.40 |  |
//! | the same without the PDF | 2.85 ms | ten lines of inquire | 2.16 ms | 1.32 |  |
//! | serve: 200 patients, an answer a second each, median | 704 µs | a bare axum page that syncs a line | 521 µs | 1.35 |  |
//! | serve: the same, 99th percentile | 4.3 ms | a bare axum page that syncs a line | 3.2 ms | 1.34 | 2 |
//! | serve: the same, processor time for a request | 498 µs | a bare axum page that syncs a line | 247 µs | 2.02 | 2 |
//! | serve: 200 patients without a pause, 99th percentile | 261 ms | a bare axum page that syncs a line | 58 ms | 4.49 |  |
//! | serve: the same, processor time for a request | 250 µs | a bare axum page that syncs a line | 98 µs | 2.54 |  |
//! | spark: a record, one core | 150 µs | the recipe with cat | 107 µs | 1.40 |  |
//! | spark: a record, one core | 150 µs | the recipe with a line as long | 135 µs | 1.12 |  |
//! | spark: a record, one core | 150 µs | one process without Spark, 1 threads | 9.13 µs | 16.46 |  |
//!
//! The batch misses its limit because it reads and writes each record as the other commands do. Of its 98,000 instructions a
//! record, parsing into a tree takes 24,000 (as many as the floor's parser), checking the answers 32,000, the rules 6,000,
//! writing ten kilobytes 25,000, and freeing memory most of the rest. Building the parser for speed gains a tenth. A reader
//! without a tree, a scanner of its own and tables of its own would bring it below the limit, at the price of a second reader of
//! 1,400 lines, which is what was removed. A million records take about 20 seconds on one thread.
//!
//! The goal for the start is 10 ms. Its ratio and that of the cold summary have no limit. Both are mostly the start of a process
//! of 46 MB: the first use of each part of the program costs a page fault, and the dynamic linker relocates 130,000
//! addresses, most of them in the PDF crates. A fixed address would save about 3 ms but lose address randomisation. Packed
//! relative relocations would need glibc 2.36.
//!
//! The pages of `serve` were measured on 1 December 2026 on an Intel processor that other work shared, without the PDF. No
//! request failed, every answer that was acknowledged was on disk after the server was killed, and the server took at most
//! 24 MB of memory (limit 100 MB). The limit of the processor time is just missed. An answer is one sync, as in the floor. Making a question's page takes
//! 127 µs of processor time outside of the system; a reply without a page takes 33 µs. The floor sends a text that is ready. The
//! 99th percentile includes waiting for the processor, so it depends on other work: it was 55 ms in an earlier run. One patient
//! alone waits 0.3 ms, and 1.9 ms in the 99th percentile.
//!
//! Spark was measured two days earlier, on a busy Intel Xeon. Most of its time is spent in Python and the two pipes (see the rows
//! with `cat` and with a line of the same length), not on the summaries. On a single machine, run without Spark.

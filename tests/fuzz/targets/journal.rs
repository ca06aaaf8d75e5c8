#![no_main]
libfuzzer_sys::fuzz_target!(init: checks::write_corpus("journal"), |input: &[u8]| checks::check("journal", input));

#![no_main]
libfuzzer_sys::fuzz_target!(init: checks::write_corpus("pages"), |input: &[u8]| checks::check("pages", input));

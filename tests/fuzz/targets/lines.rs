#![no_main]
libfuzzer_sys::fuzz_target!(init: checks::write_corpus("lines"), |input: &[u8]| checks::check("lines", input));

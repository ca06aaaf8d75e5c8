#![no_main]
libfuzzer_sys::fuzz_target!(init: checks::write_corpus("answers"), |input: &[u8]| checks::check("answers", input));

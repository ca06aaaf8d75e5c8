#![no_main]
libfuzzer_sys::fuzz_target!(init: checks::write_corpus("packs"), |input: &[u8]| checks::check("packs", input));

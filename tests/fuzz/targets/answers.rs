#![no_main]
libfuzzer_sys::fuzz_target!(init: properties::attack::plant("answers"), |input: &[u8]| properties::attack::check("answers", input));

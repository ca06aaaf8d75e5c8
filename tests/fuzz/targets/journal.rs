#![no_main]
libfuzzer_sys::fuzz_target!(init: properties::attack::plant("journal"), |input: &[u8]| properties::attack::check("journal", input));

#![no_main]
libfuzzer_sys::fuzz_target!(init: properties::attack::plant("pages"), |input: &[u8]| properties::attack::check("pages", input));

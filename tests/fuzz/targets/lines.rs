#![no_main]
libfuzzer_sys::fuzz_target!(init: properties::attack::plant("lines"), |input: &[u8]| properties::attack::check("lines", input));

#![no_main]
libfuzzer_sys::fuzz_target!(init: properties::attack::plant("packs"), |input: &[u8]| properties::attack::check("packs", input));

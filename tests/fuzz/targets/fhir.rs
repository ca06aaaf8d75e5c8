#![no_main]
libfuzzer_sys::fuzz_target!(init: properties::attack::plant("fhir"), |input: &[u8]| properties::attack::check("fhir", input));

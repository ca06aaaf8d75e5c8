#![no_main]
libfuzzer_sys::fuzz_target!(init: checks::write_corpus("fhir"), |input: &[u8]| checks::check("fhir", input));

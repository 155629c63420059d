#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| farthing_tests::fuzz::run("order", bytes));

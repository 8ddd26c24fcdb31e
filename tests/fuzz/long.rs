//! The long run: libFuzzer changes the corpus of one target and keeps what reaches new code. `script/fuzz` builds and starts it.

#![no_main]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod targets;

use libfuzzer_sys::fuzz_target;
use std::sync::OnceLock;

fuzz_target!(|bytes: &[u8]| {
    static NAME: OnceLock<String> = OnceLock::new();
    targets::target(NAME.get_or_init(|| std::env::var("FUZZ_TARGET").unwrap()), bytes);
});

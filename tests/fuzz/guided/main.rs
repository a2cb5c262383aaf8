//! Looks for inputs that break a target, led by the code that they reach. `tests/fuzz/run` builds and starts it.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;

#[path = "../targets/mod.rs"]
mod targets;

/// The target that is named.
static TARGET: LazyLock<targets::Target> = LazyLock::new(|| {
    let name = std::env::var("VIP_LSP_FUZZ_TARGET").expect("VIP_LSP_FUZZ_TARGET names a target");
    *targets::TARGETS.iter().find(|target| target.0 == name).expect("there is such a target")
});

fuzz_target!(|input: &[u8]| (TARGET.1)(input));

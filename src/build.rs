//! Before the build: how the program is linked.
#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "how a build script is told things, and tells them"
)]

fn main() {
    println!("cargo::rerun-if-changed=src/build.rs");
    let target = |what: &str| std::env::var(format!("CARGO_CFG_TARGET_{what}")).unwrap_or_default();
    // The PDF crates bring 130,000 addresses that a program which may lie anywhere has to correct at every start, before
    // its first question: four times as many pages touched, and nearly twice the wait. So it lies at a fixed place; heap,
    // stack and libraries still lie anywhere.
    if target("OS") == "linux" && target("ENV") == "gnu" {
        println!("cargo::rustc-link-arg-bins=-no-pie");
    }
}

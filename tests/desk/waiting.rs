//! Several desks on one folder: whoever has to wait is told so, and nothing is lost.

use crate::world::{World, run};
use std::time::{Duration, Instant};

#[test]
fn whoever_has_to_wait_for_another_desk_is_told_and_then_served() {
    let world = World::new();
    let mut other = world.database();
    let holding = other.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate).expect("a transaction");
    let running = world.command("new --clinic ../clinic --answers ../answers.json").spawn().expect("it starts");
    std::thread::sleep(Duration::from_millis(2500));
    holding.rollback().expect("an end");
    let ran = crate::world::Ran::from(running.wait_with_output().expect("it ends"));
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(0), "1\n"), "{ran:?}");
    assert_eq!(
        ran.stderr.matches("the records are in use by another desk; waiting for it").count(),
        1,
        "told once: {ran:?}"
    );
}

#[test]
fn whoever_waits_too_long_is_told_that_nothing_was_changed() {
    let world = World::new();
    let mut other = world.database();
    let holding = other.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate).expect("a transaction");
    let start = Instant::now();
    let ran = run(world.command("new --clinic ../clinic --answers ../answers.json"));
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(ran.stderr.contains("another desk has held the records"), "{ran:?}");
    assert!(ran.stderr.contains("nothing was changed"), "{ran:?}");
    assert!(start.elapsed() > Duration::from_secs(25), "it was patient");
    // Whoever only reads does not wait.
    assert_eq!(run(world.command("list --clinic ../clinic")).code, Some(0));
    drop(holding);
    assert_eq!(world.intake(), 1);
    let told = world.ok("verify");
    assert!(told.contains("entries in the trail, 1 intake, "), "{told}");
}

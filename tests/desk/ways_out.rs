//! Where whoever meets damage is sent.

use crate::world::World;

const WAY_OUT: &str = "hint: `preconsult desk verify` names everything that is damaged, with --unlock also in what is \
                       sealed; a backup may have it as it was\n";

#[test]
fn damage_sends_to_the_check_and_the_check_to_a_backup() {
    let row = "UPDATE intakes SET state = 'printed' WHERE number = 1";
    let record = "UPDATE sealed SET bytes = x'00' WHERE id = (SELECT sealed FROM versions WHERE intake = 1)";
    let words = "key rotate --work-factor 14";
    for (change, words) in [(row, "list"), (row, "show 1"), (record, "show 1"), (record, words)] {
        let world = World::new();
        world.intake();
        world.database().execute_batch(change).expect("a change");
        let ran = world.desk(words);
        assert!(ran.code == Some(1) && ran.stderr.ends_with(WAY_OUT), "{words}: {ran:?}");
        let checked = world.desk("verify --unlock");
        let hint = "hint: `preconsult desk restore` makes a new folder from a backup";
        assert!(checked.code == Some(1) && checked.stderr.contains(hint), "{words}: {checked:?}");
        assert!(!checked.stderr.contains("desk verify"), "nobody is sent where they are: {checked:?}");
    }
}

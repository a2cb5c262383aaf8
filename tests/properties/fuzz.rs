//! The targets of `tests/fuzz`, on the inputs that are kept, and on some that are made of these.
//!
//! `VIP_LSP_FUZZ` says how many are made of each target's.

use std::fs;
use std::path::Path;

use crate::random::Random;
use crate::targets::{LONGEST, TARGETS};

/// Tests of the targets, and how many inputs each makes: as many as take some seconds.
macro_rules! targets {
    ($($name:ident: $made:literal),*) => {
        $(
            #[test]
            fn $name() {
                fuzz(stringify!($name), $made);
            }
        )*

        #[test]
        fn all_targets_are_tested() {
            assert_eq!(TARGETS.map(|target| target.0), [$(stringify!($name)),*]);
        }
    };
}

targets!(text: 40, template: 300, settings: 1000, yaml: 40, frames: 200, git: 100, edits: 40);

/// Runs the target `name` on what is kept, and on what is made of that.
fn fuzz(name: &str, made: usize) {
    let made = std::env::var("VIP_LSP_FUZZ").ok().and_then(|made| made.parse().ok()).unwrap_or(made);
    let (_, run) = TARGETS.into_iter().find(|target| target.0 == name).expect("a target");
    let kept = kept(name);
    assert!(!kept.is_empty(), "{name} has inputs");
    for (file, input) in &kept {
        println!("{file}");
        run(input);
    }
    let mut random = Random(7);
    for number in 0..made {
        let input = made_of(&kept, &mut random);
        println!("{number}: {}", input.escape_ascii());
        run(&input);
    }
}

/// The inputs of the target `name` with the names of their files, sorted.
fn kept(name: &str) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/corpus").join(name);
    let files = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let mut kept: Vec<_> = files
        .map(|file| (file.file_name().unwrap_or_default().display().to_string(), fs::read(&file).expect("a file")))
        .collect();
    kept.sort();
    kept
}

/// One of `kept`, a little changed.
fn made_of(kept: &[(String, Vec<u8>)], random: &mut Random) -> Vec<u8> {
    let mut input = kept[random.below(kept.len())].1.clone();
    for _ in 0..=random.below(4) {
        let start = random.below(input.len() + 1);
        let end = input.len().min(start + [0, 1, 1, 4, 40, 400][random.below(6)]);
        let new: Vec<u8> = match random.below(4) {
            0 => Vec::new(),
            1 => vec![u8::try_from(random.below(256)).expect("a byte")],
            2 => input[start..end].repeat(1 + random.below(8)),
            _ => {
                let other = &kept[random.below(kept.len())].1;
                let from = random.below(other.len() + 1);
                other[from..other.len().min(from + random.below(200))].to_vec()
            }
        };
        input.splice(start..end, new);
    }
    input.truncate(LONGEST);
    input
}

//! What the program is built from: by `.cargo/deny.toml`, but for advisories, for which CI asks.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use spdx::{Expression, Licensee, ParseMode};

/// All packages that a build for any system may have, but for those of this repository.
fn packages() -> Vec<Value> {
    let mut command = Command::new(env!("CARGO"));
    command.args(["metadata", "--locked", "--all-features", "--format-version", "1"]);
    let output = command.current_dir(env!("CARGO_MANIFEST_DIR")).output().expect("cargo");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let packages = metadata["packages"].as_array().expect("a list");
    packages.iter().filter(|package| !package["source"].is_null()).cloned().collect()
}

fn text<'a>(package: &'a Value, key: &str) -> &'a str {
    package[key].as_str().unwrap_or_default()
}

#[test]
fn the_licences_are_those_that_are_allowed() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(".cargo/deny.toml");
    let rules: toml::Value = toml::from_str(&std::fs::read_to_string(file).expect("a file")).expect("TOML");
    let allowed =
        rules["licenses"]["allow"].as_array().expect("a list").iter().map(|name| name.as_str().expect("a name"));
    let allowed: Vec<(&str, Licensee)> =
        allowed.map(|name| (name, Licensee::parse(name).expect("a licence"))).collect();
    let mut needed = BTreeSet::new();
    for package in packages() {
        let (name, license) = (text(&package, "name"), text(&package, "license"));
        let expression = Expression::parse_mode(license, ParseMode::LAX).expect(name);
        let is_met = |some: &[&(&str, Licensee)]| {
            expression.evaluate(|requirement| some.iter().any(|(_, licensee)| licensee.satisfies(requirement)))
        };
        let all: Vec<_> = allowed.iter().collect();
        assert!(is_met(&all), "{name}: {license}");
        // Those without which it could not be used.
        needed.extend(allowed.iter().map(|(name, _)| *name).filter(|allowed| {
            let others: Vec<_> = all.iter().copied().filter(|(other, _)| other != allowed).collect();
            !is_met(&others)
        }));
    }
    let unneeded: Vec<&str> = allowed.iter().map(|(name, _)| *name).filter(|name| !needed.contains(name)).collect();
    assert!(unneeded.is_empty(), "no package needs {unneeded:?}");
}

#[test]
fn all_comes_from_the_registry() {
    for package in packages() {
        let source = text(&package, "source");
        assert_eq!(source, "registry+https://github.com/rust-lang/crates.io-index", "{}", text(&package, "name"));
    }
}

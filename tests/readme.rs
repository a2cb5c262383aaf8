//! What the README and the rules page say of the program is what the program says.

use std::path::Path;
use std::process::Command;

use expect_test::expect_file;
use vip_lsp::rules::page;
use vip_lsp::workspace::{Settings, schema};

fn readme() -> String {
    file("README.md")
}

fn file(name: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).expect("a file")
}

/// The content of the first fenced block of `language` in `readme`.
fn block<'a>(readme: &'a str, language: &str) -> &'a str {
    let start = readme.split_once(&format!("```{language}\n")).expect("a block").1;
    start.split_once("```").expect("an end").0
}

#[test]
fn the_sample_gives_the_output_that_it_shows() {
    let readme = readme();
    let arguments = block(&readme, "sh").trim().split_once(" -- ").expect("arguments").1;
    let output = Command::new(env!("CARGO_BIN_EXE_vip-lsp"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(arguments.split(' '))
        .output()
        .expect("the binary runs");
    assert_eq!(String::from_utf8_lossy(&output.stdout), block(&readme, "text"));
}

#[test]
fn the_table_has_every_setting_and_the_examples_are_good() {
    let settings = file(".github/SETTINGS.md");
    let problems = |content: &str| Settings::of_toml(content, Path::new("/")).1;
    assert_eq!(problems(block(&settings, "toml")), []);
    let readme = readme();
    let sample = readme.split_once("## Settings\n").expect("a section").1;
    assert_eq!(problems(block(sample, "toml")), []);
    for name in schema()["properties"].as_object().expect("a table").keys() {
        let start = format!("| `{name}` | ");
        let row = settings.lines().find(|line| line.starts_with(&start)).unwrap_or_else(|| panic!("no row {start}"));
        let example = row.rsplit(" | ").next().and_then(|cell| cell.split('`').nth(1)).expect("an example");
        assert_eq!(problems(&format!("{name} = {example}")), [], "{row}");
    }
}

#[test]
fn the_rules_page_is_the_rules_own() {
    // `UPDATE_EXPECT=1 cargo test --test readme` writes it.
    expect_file!["../RULES.md"].assert_eq(&page::page());
}

//! The workflows and the scripts behind a release: whether they fit each other, and what the scripts refuse.

use std::path::{Path, PathBuf};

use saphyr_parser::{Event, Parser};

fn read(name: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).expect("a file")
}

/// The scalars of the YAML file `name`; in a mapping a key comes before its value.
fn scalars(name: &str) -> Vec<String> {
    let content = read(name);
    let events = Parser::new_from_str(&content).map(|event| event.unwrap_or_else(|fault| panic!("{name}: {fault}")).0);
    let scalar = |event: Event<'_>| match event {
        Event::Scalar(value, ..) => Some(value.into_owned()),
        _ => None,
    };
    events.filter_map(scalar).collect()
}

/// What stands at every `key` of a mapping.
fn values<'a>(scalars: &'a [String], key: &'a str) -> impl Iterator<Item = &'a str> {
    scalars.windows(2).filter(move |pair| pair[0] == key).map(|pair| pair[1].as_str())
}

fn workflows() -> Vec<(String, Vec<String>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(".github/workflows");
    let name = |path: PathBuf| format!(".github/workflows/{}", path.file_name().expect("a name").to_string_lossy());
    let names = std::fs::read_dir(folder).expect("a folder").map(|entry| name(entry.expect("an entry").path()));
    names.map(|name| (name.clone(), scalars(&name))).collect()
}

#[test]
fn nothing_that_others_choose_becomes_a_part_of_a_script() {
    let workflows = workflows();
    assert_eq!(workflows.len(), 2);
    for (name, scalars) in &workflows {
        for script in values(scalars, "run") {
            assert!(!script.contains("${{"), "{name}: hand it to the script in `env`:\n{script}");
        }
        for action in values(scalars, "uses") {
            assert!(action.starts_with("actions/"), "{name}: {action} is not GitHub's own");
        }
    }
}

#[test]
fn every_script_of_a_workflow_is_there() {
    for (name, scalars) in workflows() {
        let words = values(&scalars, "run").flat_map(str::split_whitespace);
        for word in words.filter(|word| word.contains(".github/") || word.starts_with("tests/")) {
            let script = word.trim_start_matches("tag=$(");
            assert!(Path::new(env!("CARGO_MANIFEST_DIR")).join(script).is_file(), "{name}: {script}");
        }
    }
}

/// The words of the file `name` that are a target's triple.
fn targets(name: &str) -> Vec<String> {
    let is_target = |word: &&str| word.starts_with("x86_64-") || word.starts_with("aarch64-");
    read(name).split_whitespace().filter(is_target).map(str::to_owned).collect()
}

#[test]
fn what_is_downloaded_and_bundled_is_built() {
    let release = scalars(".github/workflows/release.yml");
    let built: Vec<_> = values(&release, "target").collect();
    for script in [".github/action/run.sh", ".github/release/bundle.sh"] {
        let targets = targets(script);
        assert!(targets.len() >= 5, "{script}: {targets:?}");
        for target in targets {
            assert!(built.contains(&target.as_str()), "{script}: {target} is not among {built:?}");
        }
    }
}

fn cargo() -> toml::Table {
    read("Cargo.toml").parse().expect("TOML")
}

/// What the addresses of the program are to be, once its owner has chosen one: Cargo.toml has it, and all others follow.
#[test]
fn every_address_is_that_of_cargo_toml() {
    let cargo = cargo();
    let address = cargo["package"].get("repository").map(|address| address.as_str().expect("an address"));
    if address.is_none() {
        println!(
            "still to be set: `repository` in Cargo.toml, editors/zed/extension.toml, editors/vscode/package.json"
        );
    }
    let zed: toml::Table = read("editors/zed/extension.toml").parse().expect("TOML");
    assert_eq!(zed.get("repository").and_then(toml::Value::as_str), address, "editors/zed/extension.toml");
    let code: serde_json::Value = serde_json::from_str(&read("editors/vscode/package.json")).expect("JSON");
    let code = code["repository"].get("url").or(code.get("repository")).and_then(serde_json::Value::as_str);
    assert_eq!(code, address, "editors/vscode/package.json");
    for page in ["README.md", ".github/COMMAND-LINE.md", ".github/CONTRIBUTING.md", ".github/INSTALL.md"] {
        assert!(!read(page).contains("OWNER"), "{page}: a reader cannot use a command without an address");
    }
}

#[test]
fn every_platform_has_its_packages() {
    let release = scalars(".github/workflows/release.yml");
    let mut built: Vec<_> = values(&release, "target").collect();
    built.sort_unstable();
    let targets: serde_json::Value = serde_json::from_str(&read("editors/packaging/targets.json")).expect("JSON");
    let targets = targets.as_object().expect("a table");
    assert_eq!(targets.keys().collect::<Vec<_>>(), built);
    for (target, names) in targets {
        // What links to glibc is for archives only: the static binary serves every Linux.
        let is_packed = !target.ends_with("-gnu");
        assert_eq!(names.get("wheel").is_some(), is_packed, "{target}");
        assert_eq!(names.get("npm").is_some(), is_packed, "{target}");
    }
}

#[cfg(target_os = "linux")]
#[path = "release/artefacts.rs"]
mod artefacts;

#[cfg(target_os = "linux")]
mod scripts {
    use std::path::Path;
    use std::process::Command;

    const CHANGELOG: &str = "\
# Changelog

## 1.2.0 - unreleased

## 1.1.0 - 2030-01-02

Better.

### Checks

- More

## 1.0.0 - 2029-01-02

Good.
";

    /// A project with just what the scripts read.
    fn project(cargo: &str, extension: &str) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        let write = |name: &str, content: &str| {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            std::fs::write(path, content).expect("a file");
        };
        write(
            "Cargo.toml",
            &format!(
                "[package]\nname = \"a\"\nversion = \"{cargo}\"\nrepository = \"https://github.com/example/a\"\n\n[dependencies]\nb = {{ version = \"3\" }}\n"
            ),
        );
        write(
            "editors/vscode/package.json",
            &format!("{{\n  \"name\": \"a\",\n  \"version\": \"{extension}\",\n  \"b\": 1\n}}\n"),
        );
        write("CHANGELOG.md", CHANGELOG);
        for script in ["check-version.sh", "notes.sh"] {
            let from = Path::new(env!("CARGO_MANIFEST_DIR")).join(".github/release").join(script);
            std::fs::create_dir_all(folder.path().join(".github/release")).expect("a folder");
            // A copy may still be open for writing, in a process that another test is starting, and then it cannot be run.
            std::os::unix::fs::symlink(from, folder.path().join(".github/release").join(script)).expect("a link");
        }
        folder
    }

    /// What a script says; as an error, when it fails.
    fn run(project: &Path, script: &str, arguments: &[&str]) -> Result<String, String> {
        let output = Command::new(project.join(".github/release").join(script)).args(arguments).output().expect("bash");
        match output.status.success() {
            true => Ok(String::from_utf8(output.stdout).expect("UTF-8")),
            false => Err(String::from_utf8(output.stderr).expect("UTF-8")),
        }
    }

    fn check_version(cargo: &str, extension: &str, arguments: &[&str]) -> Result<String, String> {
        run(project(cargo, extension).path(), "check-version.sh", arguments)
    }

    #[test]
    fn a_tag_is_the_version_everywhere() {
        assert_eq!(check_version("1.1.0", "1.1.0", &["v1.1.0"]).as_deref(), Ok("v1.1.0\n"));
        let refused = |cargo, extension, tag| check_version(cargo, extension, &[tag]).expect_err("a fault");
        assert!(refused("1.1.0", "1.1.0", "v1.1.1").contains("Cargo.toml has version 1.1.0"));
        assert!(refused("1.1.0", "1.1.0", "1.1.0").contains("Cargo.toml has version 1.1.0"));
        assert!(refused("1.1.0", "1.0.0", "v1.1.0").contains("package.json has version 1.0.0"));
        assert!(refused("1.2.0", "1.2.0", "v1.2.0").contains("does not date 1.2.0"));
        assert!(refused("1.3.0", "1.3.0", "v1.3.0").contains("no section \"## 1.3.0 - DATE\""));
        assert!(refused("1.1", "1.1", "v1.1").contains("no section \"## 1.1 - DATE\""));
    }

    #[test]
    fn a_dry_run_takes_the_version_as_it_is() {
        for arguments in [&[] as &[&str], &[""]] {
            assert_eq!(check_version("1.1.0", "1.1.0", arguments).as_deref(), Ok("v1.1.0\n"));
        }
        let empty = check_version("1.2.0", "1.2.0", &[]).expect_err("nothing is written");
        assert!(empty.contains("CHANGELOG.md says nothing of 1.2.0"), "{empty}");
    }

    #[test]
    fn a_release_has_an_address() {
        let project = project("1.1.0", "1.1.0");
        let cargo = project.path().join("Cargo.toml");
        std::fs::write(&cargo, "[package]\nname = \"a\"\nversion = \"1.1.0\"\n").expect("a file");
        let refused = run(project.path(), "check-version.sh", &["v1.1.0"]).expect_err("there is no address");
        assert!(refused.contains("Cargo.toml names no repository"), "{refused}");
        assert_eq!(run(project.path(), "check-version.sh", &[]).as_deref(), Ok("v1.1.0\n"));
    }

    #[test]
    fn the_notes_are_the_section_of_the_changelog() {
        let project = project("1.1.0", "1.1.0");
        let notes = |tag| run(project.path(), "notes.sh", &[tag]);
        assert_eq!(notes("v1.1.0").as_deref(), Ok("Better.\n\n### Checks\n\n- More\n"));
        assert_eq!(notes("v1.0.0").as_deref(), Ok("Good.\n"));
        assert!(notes("v1").is_err());
    }

    #[test]
    fn this_version_is_ready_for_a_dry_run() {
        let tag = run(Path::new(env!("CARGO_MANIFEST_DIR")), "check-version.sh", &[]);
        assert_eq!(tag.as_deref(), Ok(concat!("v", env!("CARGO_PKG_VERSION"), "\n")));
    }
}

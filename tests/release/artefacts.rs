//! What is made of a release's archives: whether it names them as they are, with their sums.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{cargo, read, scalars, values};

const REPOSITORY: &str = "https://github.com/example/vip-lsp";
const TAG: &str = concat!("v", env!("CARGO_PKG_VERSION"));

fn project(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn targets() -> Vec<String> {
    values(&scalars(".github/workflows/release.yml"), "target").map(str::to_owned).collect()
}

/// A folder with an archive for every target, as the release's scripts pack them; of Windows' also the one that is a zip.
fn archives() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for target in targets() {
        let is_windows = target.contains("windows");
        let binary = folder.path().join(if is_windows { "vip-lsp.exe" } else { "vip-lsp" });
        std::fs::write(&binary, &target).expect("a file");
        let mut pack = Command::new(project(".github/release/pack.sh"));
        pack.args([&target, TAG]).arg(&binary).arg(folder.path());
        assert!(pack.status().expect("bash runs").success());
        if is_windows {
            std::fs::write(folder.path().join(format!("vip-lsp-{TAG}-{target}.zip")), target).expect("a file");
        }
    }
    folder
}

/// The sums of all files in `folder`, by their names.
fn sums(folder: &Path) -> BTreeMap<String, String> {
    let output = Command::new("sh").args(["-c", "sha256sum *.zip *.tar.gz"]).current_dir(folder).output();
    let output = String::from_utf8(output.expect("sha256sum runs").stdout).expect("UTF-8");
    let row = |line: &str| line.split_once("  ").map(|(sum, name)| (name.to_owned(), sum.to_owned())).expect("a row");
    output.lines().map(row).collect()
}

/// The manifests of the archives in `folder`, by their names; nothing where there is no Python.
fn manifests(folder: &Path, repository: &[&str]) -> Option<Result<BTreeMap<String, String>, String>> {
    let out = folder.join("manifests");
    let script = project("editors/packaging/manifests.py");
    let mut command = Command::new("python3");
    command.env("PYTHONDONTWRITEBYTECODE", "1").arg(script).arg(folder).arg(&out).args(repository);
    let output = command.output().ok()?;
    if !output.status.success() {
        return Some(Err(String::from_utf8(output.stderr).expect("UTF-8")));
    }
    let written = String::from_utf8(output.stdout).expect("UTF-8");
    let name = |path: &Path| path.strip_prefix(&out).expect("in the folder").to_string_lossy().into_owned();
    let paths = written.lines().map(Path::new);
    Some(Ok(paths.map(|path| (name(path), std::fs::read_to_string(path).expect("a manifest"))).collect()))
}

#[test]
fn binstall_asks_for_the_archives_that_there_are() {
    let archives = archives();
    let cargo = cargo();
    let binstall = &cargo["package"]["metadata"]["binstall"];
    let field = |name: &str| binstall[name].as_str().expect("a text").to_owned();
    assert_eq!(field("pkg-fmt"), "tgz");
    for target in targets() {
        let suffix = if target.contains("windows") { ".exe" } else { "" };
        let fill = |text: String| {
            let text = text.replace("{ repo }", REPOSITORY).replace("{ version }", env!("CARGO_PKG_VERSION"));
            text.replace("{ target }", &target).replace("{ bin }", "vip-lsp").replace("{ binary-ext }", suffix)
        };
        let url = fill(field("pkg-url"));
        let name = url.strip_prefix(&format!("{REPOSITORY}/releases/download/{TAG}/")).expect("where releases are");
        let list = Command::new("tar").arg("-tzf").arg(archives.path().join(name)).output().expect("tar runs");
        let list = String::from_utf8(list.stdout).expect("UTF-8");
        let binary = fill(field("bin-dir"));
        assert!(list.lines().any(|entry| entry == binary), "{name} has no {binary}: {list}");
    }
}

#[test]
fn manifests_have_the_sums_of_the_archives_that_they_name() {
    let archives = archives();
    let sums = sums(archives.path());
    let Some(manifests) = manifests(archives.path(), &[REPOSITORY]) else { return };
    let is_sum = |word: &&str| word.len() == 64 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
    let mut with_sums = Vec::new();
    for (name, text) in manifests.expect("they are written") {
        let words = text.split(|end: char| end.is_whitespace() || "\"',".contains(end));
        let mut last = "";
        for word in words.filter(|word| !word.contains("$version")) {
            if let Some((url, archive)) = word.rsplit_once('/').filter(|(url, _)| url.contains("/releases/download")) {
                assert_eq!(url, format!("{REPOSITORY}/releases/download/{TAG}"), "{name}");
                assert!(sums.contains_key(archive), "{name}: there is no {archive}");
                last = archive;
            }
            if is_sum(&word) {
                assert_eq!(sums.get(last).map(String::as_str), Some(word), "{name}: the sum of {last}");
                with_sums.push(name.clone());
            }
        }
    }
    with_sums.dedup();
    assert_eq!(with_sums, ["homebrew/vip-lsp.rb", "scoop/vip-lsp.json", "winget/example.vip-lsp.installer.yaml"]);
}

/// What each catalogue requires at least, as its schema has it.
const REQUIRED: [(&str, &[&str]); 9] = [
    ("aqua/registry.yaml", &["packages", "type", "repo_owner", "repo_name", "asset", "format", "checksum"]),
    (
        "mason/package.yaml",
        &["name", "description", "homepage", "licenses", "languages", "categories", "source", "bin"],
    ),
    (
        "megalinter/vip-lsp.megalinter-descriptor.yml",
        &["descriptor_id", "descriptor_type", "linters", "linter_name", "linter_url", "examples", "install"],
    ),
    ("pre-commit/.pre-commit-hooks.yaml", &["id", "name", "entry", "language", "types"]),
    (
        "winget/example.vip-lsp.installer.yaml",
        &["PackageIdentifier", "PackageVersion", "Installers", "ManifestType", "ManifestVersion"],
    ),
    (
        "winget/example.vip-lsp.locale.en-US.yaml",
        &["PackageIdentifier", "PackageVersion", "PackageLocale", "Publisher", "PackageName", "License"],
    ),
    (
        "winget/example.vip-lsp.yaml",
        &["PackageIdentifier", "PackageVersion", "DefaultLocale", "ManifestType", "ManifestVersion"],
    ),
    ("schemastore/catalog-entry.json", &["name", "description", "fileMatch", "url"]),
    ("scoop/vip-lsp.json", &["version", "description", "homepage", "license", "architecture", "bin"]),
];

#[test]
fn manifests_are_well_formed_and_have_what_is_required() {
    let archives = archives();
    let Some(manifests) = manifests(archives.path(), &[REPOSITORY]) else { return };
    let manifests = manifests.expect("they are written");
    for (name, text) in &manifests {
        assert!(!text.contains("${"), "{name}: a name is left");
        if name.ends_with(".json") {
            serde_json::from_str::<serde_json::Value>(text).unwrap_or_else(|fault| panic!("{name}: {fault}"));
        } else if name.ends_with(".toml") {
            text.parse::<toml::Table>().unwrap_or_else(|fault| panic!("{name}: {fault}"));
        } else if name.ends_with("ml") {
            let fault = saphyr_parser::Parser::new_from_str(text).find_map(Result::err);
            assert!(fault.is_none(), "{name}: {fault:?}");
        }
    }
    for (name, keys) in REQUIRED {
        let text = &manifests[name];
        let keys_there = text.lines().filter_map(|line| line.trim_start_matches([' ', '-']).split_once(':'));
        let keys_there: Vec<_> = keys_there.map(|(key, _)| key.trim_matches('"')).collect();
        for key in keys {
            assert!(keys_there.contains(key), "{name}: no {key}");
        }
    }
    let mirror: toml::Table = manifests["pre-commit/pyproject.toml"].parse().expect("TOML");
    let wheel = concat!("vip-lsp==", env!("CARGO_PKG_VERSION"));
    assert_eq!(mirror["project"]["dependencies"], toml::Value::from(vec![wheel]));
    assert!(read("editors/vscode/schemas/vip-lsp.toml.json").contains("properties"), "what SchemaStore links to");
}

/// What `vip-lsp` prints for `arguments` in `folder`, and its code.
fn program(folder: &Path, arguments: &[&str]) -> (String, Option<i32>) {
    let output = Command::new(env!("CARGO_BIN_EXE_vip-lsp")).args(arguments).current_dir(folder).output();
    let output = output.expect("it runs");
    (String::from_utf8(output.stdout).expect("UTF-8"), output.status.code())
}

/// The items of the list at `key` in a YAML file.
fn items<'a>(text: &'a str, key: &str) -> Vec<&'a str> {
    let lines = text.lines().skip_while(|line| line.trim() != format!("{key}:")).skip(1);
    lines.map_while(|line| line.trim().strip_prefix("- ")).collect()
}

/// A formula's test and a linter's arguments run elsewhere, where nobody here sees them fail.
#[test]
fn what_catalogues_run_does_what_they_expect() {
    let formula = read("editors/packaging/templates/homebrew/vip-lsp.rb");
    let test = formula.split_once("test do").expect("a test").1;
    let texts: Vec<_> = test.split('"').skip(1).step_by(2).collect();
    let [command, name, content, expected, check] = texts[..] else { panic!("{texts:?}") };
    assert_eq!((command, check), ("#{bin}/vip-lsp --version", "#{bin}/vip-lsp check"));
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join(name), content.replace("\\n", "\n")).expect("a file");
    let (found, code) = program(folder.path(), &["check"]);
    assert!(found.contains(expected) && code == Some(0), "{found}");

    let descriptor = read("editors/packaging/templates/megalinter/vip-lsp.megalinter-descriptor.yml");
    let plain = items(&descriptor, "cli_lint_extra_args");
    let (found, code) = program(&project("tests/editors/nvim/fixture"), &plain);
    assert!(found.contains("[missing-section]") && code == Some(1), "{plain:?}: {found}");
    let sarif = [plain, items(&descriptor, "cli_sarif_args")].concat();
    let (found, code) = program(&project("tests/editors/nvim/fixture"), &sarif);
    assert!(found.contains("\"version\": \"2.1.0\"") && code == Some(1), "{sarif:?}: {found}");
}

#[test]
fn the_editor_starts_the_same_server_everywhere() {
    let own = read("editors/nvim/lsp/vip_lsp.lua");
    let template = read("editors/packaging/templates/nvim-lspconfig/vip_lsp.lua");
    let config = |text: &str| text.split_once("---@type").expect("a type").1.to_owned();
    assert_eq!(config(&own), config(&template));
}

#[test]
fn manifests_want_an_address_and_every_archive() {
    let archives = archives();
    let Some(refused) = manifests(archives.path(), &["https://example.org/vip-lsp"]) else { return };
    let refused = refused.expect_err("an address that no release is at");
    assert!(refused.contains("is not like https://github.com/owner/name"), "{refused}");
    let gone = format!("vip-lsp-{TAG}-x86_64-apple-darwin.tar.gz");
    std::fs::remove_file(archives.path().join(&gone)).expect("it is there");
    let refused = manifests(archives.path(), &[REPOSITORY]).expect("Python").expect_err("an archive is gone");
    assert!(refused.contains(&gone), "{refused}");
}

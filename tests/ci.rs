//! The pre-commit hook and the GitHub Action: whether they ask for what the binary has.

use std::path::Path;
use std::process::Command;

use saphyr_parser::{Event, Parser};

/// The scalars of the file `name` of this repository; in a mapping a key comes before its value.
fn scalars(name: &str) -> Vec<String> {
    let content = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).expect("a file");
    let events = Parser::new_from_str(&content).map(|event| event.expect("YAML").0);
    let scalar = |event: Event<'_>| match event {
        Event::Scalar(value, ..) => Some(value.into_owned()),
        _ => None,
    };
    events.filter_map(scalar).collect()
}

fn value<'a>(scalars: &'a [String], key: &str) -> &'a str {
    let at = scalars.iter().position(|scalar| scalar == key);
    at.and_then(|at| scalars.get(at + 1)).unwrap_or_else(|| panic!("there is a value for {key}"))
}

/// The options in `text` are those of `vip-lsp check`.
fn has_options(text: &str) {
    let output = Command::new(env!("CARGO_BIN_EXE_vip-lsp")).args(["check", "--help"]).output().expect("it runs");
    let help = String::from_utf8_lossy(&output.stdout);
    for option in text.split_whitespace().filter(|word| word.starts_with("--") && word.len() > 2) {
        assert!(help.contains(option), "{option} is not in\n{help}");
    }
}

#[test]
fn the_hook_runs_what_there_is() {
    let hook = scalars(".pre-commit-hooks.yaml");
    let mut entry = value(&hook, "entry").split_whitespace();
    assert_eq!((entry.next(), entry.next()), (Some("vip-lsp"), Some("check")));
    assert_eq!((value(&hook, "id"), value(&hook, "language")), ("vip-lsp", "rust"));
    assert_eq!(value(&hook, "types"), "markdown");
    has_options(value(&hook, "entry"));
}

#[test]
fn the_action_runs_what_there_is_and_hands_every_input_on() {
    let action = scalars("action.yml");
    let script = ".github/action/run.sh";
    let runs = action.windows(2).filter(|pair| pair[0] == "run").filter_map(|pair| pair[1].split_once(script));
    assert_eq!(runs.map(|(_, step)| step).collect::<Vec<_>>(), ["\" fetch", "\" build", "\" check"]);
    let inputs: Vec<_> = action.iter().filter_map(|scalar| scalar.strip_prefix("${{ inputs.")).collect();
    let handed_on = ["version", "wheel", "version", "paths", "args", "summary", "sarif"];
    assert_eq!(inputs, handed_on.map(|input| format!("{input} }}}}")));
    let script = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(script)).expect("the script");
    for variable in action.iter().filter(|scalar| scalar.starts_with("VIP_LSP_")) {
        assert!(script.contains(&format!("${{{variable}:")), "{variable}");
    }
    let args = action.iter().position(|scalar| scalar == "args").expect("the input");
    has_options(value(&action[args..], "default"));
}

/// A folder with two proposals, and a release with the program under test.
#[cfg(target_os = "linux")]
struct Runner {
    folder: tempfile::TempDir,
    checksum: std::path::PathBuf,
}

#[cfg(target_os = "linux")]
impl Runner {
    fn new() -> Self {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["vip 1.md", "vip-2.md"] {
            std::fs::write(folder.path().join(name), "# VIP-1: A\n").expect("a file");
        }
        let release = folder.path().join("a/b/releases/download/v0.1.0");
        std::fs::create_dir_all(&release).expect("a folder");
        let target = "x86_64-unknown-linux-gnu";
        // In the place of the binary, which takes long to pack.
        let stub = folder.path().join("vip-lsp");
        std::fs::write(&stub, format!("#!/bin/sh\nexec '{}' \"$@\"\n", env!("CARGO_BIN_EXE_vip-lsp"))).expect("a file");
        std::fs::set_permissions(&stub, PermissionsExt::from_mode(0o755)).expect("a mode");
        let mut pack = Command::new(Path::new(env!("CARGO_MANIFEST_DIR")).join(".github/release/pack.sh"));
        pack.args([target, "v0.1.0"]).arg(stub).arg(&release);
        assert!(pack.status().expect("bash runs").success());
        Self { folder, checksum: release.join(format!("vip-lsp-v0.1.0-{target}.tar.gz.sha256")) }
    }

    /// What the script says of a step, and its code, in the action at `action`.
    fn run(&self, action: &str, step: &str, set: &[(&str, &str)]) -> (String, Option<i32>) {
        let folder = self.folder.path();
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join(".github/action/run.sh");
        let mut command = Command::new("bash");
        command.arg(script).args((!step.is_empty()).then_some(step)).current_dir(folder).env_clear();
        command.env("PATH", std::env::var_os("PATH").expect("a path"));
        command.env("GITHUB_SERVER_URL", format!("file://{}", folder.display()));
        command.env("VIP_LSP_ACTION", action).env("VIP_LSP_PATHS", "vip 1.md\nvip-2.md\n");
        command.env("RUNNER_TEMP", folder.join("temp")).env("RUNNER_OS", "Linux").env("RUNNER_ARCH", "X64");
        command.env("GITHUB_STEP_SUMMARY", folder.join("summary")).env("GITHUB_OUTPUT", folder.join("output"));
        let output = command.envs(set.iter().copied()).output().expect("bash runs");
        (String::from_utf8_lossy(&output.stdout).into_owned(), output.status.code())
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.folder.path().join(name)).unwrap_or_default()
    }
}

/// The script as GitHub would start it, with a release that is in a folder.
#[cfg(target_os = "linux")]
#[test]
fn the_action_runs_a_release_that_is_what_its_checksum_says() {
    let runner = Runner::new();
    let action = "/runner/_actions/a/b/v0.1.0";
    let (found, code) = runner.run(action, "", &[]);
    assert!(found.contains("vip 1.md:1:3: ") && found.contains("vip-2.md:1:3: "), "{found}");
    assert_eq!((code, runner.read("output").as_str()), (Some(0), ""));
    std::fs::write(&runner.checksum, "0  x\n").expect("a file");
    let (refused, code) = runner.run(action, "fetch", &[]);
    assert!(refused.starts_with("::error title=vip-lsp::") && refused.contains("is not what its checksum says"));
    assert_eq!(code, Some(2));
}

#[cfg(target_os = "linux")]
#[test]
fn the_action_has_a_table_and_a_file_for_code_scanning() {
    let runner = Runner::new();
    let document = "# VIP-3: A\n\n## Introduction\n\n## <b> | `#1`\n";
    std::fs::write(runner.folder.path().join("vip-3 <b>|`.md"), document).expect("a file");
    let action = "/runner/_actions/a/b/v0.1.0";
    let sarif = [("VIP_LSP_SARIF", "true"), ("VIP_LSP_PATHS", "vip 1.md\nvip-3 <b>|`.md\n")];
    assert_eq!(runner.run(action, "", &sarif).1, Some(1));
    let table = runner.read("summary");
    let rows: Vec<_> = table.lines().filter(|line| line.starts_with("| vip")).collect();
    assert!(rows[0].starts_with("| vip 1.md:1 | "), "{table}");
    assert!(rows.iter().all(|row| row.matches(" | ").count() == 3 && !row.contains('<')), "{table}");
    assert!(table.contains(r"| vip-3 &lt;b>\|\`.md:1 | warning | missing-metadata | "), "{table}");
    let output = runner.read("output");
    let file = std::fs::read_to_string(output.trim().strip_prefix("sarif=").expect("a file")).expect("a file");
    assert!(file.contains("\"version\": \"2.1.0\"") && file.contains("vip-3"));
    let failed = runner.run(action, "check", &[("VIP_LSP_SARIF", "true"), ("VIP_LSP_PATHS", "none.md")]);
    assert_eq!((failed.1, runner.read("output")), (Some(2), output), "a run that failed has no file");
}

#[cfg(target_os = "linux")]
#[test]
fn the_action_builds_where_there_is_no_release_and_keeps_that_by_its_sources() {
    let runner = Runner::new();
    let action = env!("CARGO_MANIFEST_DIR");
    assert_eq!(runner.run(action, "fetch", &[]).1, Some(0));
    let name = runner.read("output");
    assert!(name.starts_with("build=vip-lsp-Linux-X64-") && name.len() > 80, "{name}");
    assert_eq!(runner.run(action, "fetch", &[]).1, Some(0));
    assert_eq!(runner.read("output"), name.repeat(2), "the same sources have the same name");
}

//! Tells the program which commit it is built from.

use std::path::Path;
use std::process::Command;

fn main() {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let commit = packaged(package).or_else(|| checked_out(package));
    let commit = commit.and_then(|commit| Some(format!(" ({})", commit.get(..9)?)));
    println!("cargo:rustc-env=VIP_LSP_VERSION={}{}", env!("CARGO_PKG_VERSION"), commit.unwrap_or_default());
}

/// The commit that `cargo package` noted.
fn packaged(package: &Path) -> Option<String> {
    let path = package.join(".cargo_vcs_info.json");
    println!("cargo:rerun-if-changed=build.rs");
    let content = std::fs::read_to_string(path).ok()?;
    let commit = content.split_once("\"sha1\"")?.1.split('"').nth(1)?;
    Some(commit.to_owned())
}

/// The commit of the package's own repository; another one that it lies in says nothing of it.
fn checked_out(package: &Path) -> Option<String> {
    if !package.join(".git").exists() {
        return None;
    }
    let git = |arguments: &[&str]| {
        let output = Command::new("git").arg("-C").arg(package).args(arguments).output().ok()?;
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
    };
    // Every commit and checkout is noted here.
    let log = git(&["rev-parse", "--git-path", "logs/HEAD"])?;
    if package.join(&log).exists() {
        println!("cargo:rerun-if-changed={log}");
    }
    git(&["rev-parse", "HEAD"])
}

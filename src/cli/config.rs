//! `vip-lsp config`: the configuration file of the current folder, and its problems.

use std::sync::Arc;

use super::exit::{CLEAN, FAILED, FINDINGS, finish};
use super::open::root;
use super::paths::{current, named, relative};
use super::problem::problem_line;
use super::streams::{print, say};
use crate::document::Document;
use crate::letters::shown_path;
use crate::workspace::{DocumentId, FILE_NAMES, Workspace, files, schema};

/// Prints the JSON Schema of a configuration file, and returns the exit code of the process.
pub(super) fn print_schema() -> u8 {
    finish(Ok(format!("{:#}\n", schema())))
}

/// Prints the configuration file of the current folder and its problems, and returns the exit code of the process.
pub(super) fn run() -> u8 {
    let folder = match current() {
        Ok(folder) => folder,
        Err(error) => {
            say(error);
            return FAILED;
        }
    };
    let workspace = Workspace::default();
    workspace.set_roots(vec![root(&folder)]);
    let Some(config) = workspace.config(&DocumentId::File(folder.join(FILE_NAMES[0]))) else {
        let (names, root) = (FILE_NAMES.join(" or "), root(&folder));
        let root = shown_path(&root);
        return finish(Ok(format!("no {names} here or above, up to {root}; the template and the defaults apply\n")));
    };
    let mut lines = format!("{} applies to this folder\n", named(relative(&config.path)));
    workspace.read_all();
    let mut configs = workspace.configs_in_use();
    configs.add(Some(config.clone()));
    // Whether the settings of sections are valid depends on the templates of the proposals here.
    for path in files::markdown_files(&folder).0 {
        let content = files::read(&path, &workspace.roots()).map(|content| Arc::new(Document::closed(&content)));
        let snapshot = content.ok().and_then(|document| workspace.snapshot(&DocumentId::file(&path), document));
        snapshot.iter().for_each(|snapshot| configs.add_proposal(snapshot));
    }
    let own = configs.problems().find(|found| found.path == config.path);
    lines.extend(own.iter().flat_map(|own| own.problems.iter().map(|problem| problem_line(own, problem) + "\n")));
    print(&lines);
    if own.is_none_or(|own| own.problems.is_empty()) { CLEAN } else { FINDINGS }
}

//! What files are, by their names alone.

use std::path::Path;

use crate::template::is_markdown;

/// The names of a configuration file; if a folder has both, the first one counts.
pub const FILE_NAMES: [&str; 2] = ["vip-lsp.toml", ".vip-lsp.toml"];

/// The names of the settings of an MkDocs site.
const SITES: [&str; 2] = ["mkdocs.yml", "mkdocs.yaml"];

/// Whether the file at `path` has the settings of a site, by its name.
pub(in crate::workspace) fn is_site(path: &Path) -> bool {
    path.file_name().and_then(|name| name.to_str()).is_some_and(|name| SITES.contains(&name))
}

/// Whether the file at `path` is YAML, by its name.
pub(in crate::workspace) fn is_yaml(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml")
}

/// The folders of forges, which are hidden but may have templates.
const FORGES: [&str; 4] = [".github", ".gitlab", ".gitea", ".forgejo"];

/// Whether `name` is that of a forge's folder.
pub fn is_forge(name: &str) -> bool {
    FORGES.contains(&name)
}

/// Whether the name of `path` is that of a Markdown file, or of a template for one: `tep-template.md.template`.
pub fn is_document(path: &Path) -> bool {
    let is_template = path.extension().is_some_and(|extension| extension == "template");
    is_markdown(path) || is_template && path.file_stem().is_some_and(|stem| is_markdown(Path::new(stem)))
}

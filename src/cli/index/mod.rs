//! `vip-lsp index`: index pages, made and kept from the proposals.

mod made;

use std::collections::HashSet;
use std::io::{BufWriter, Error, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::check::inputs::{Input, Inputs};
use super::exit::{CLEAN, FAILED, FINDINGS};
use super::paths::{named, relative};
use super::rewriting::{replace_all, write_diff};
use super::streams::{print, say, tell};
use crate::document::{Document, IndexPage};
use crate::door;
use crate::features::upkeep::{Difference, Upkeep, upkeep};
use crate::letters::{shown, shown_path};
use crate::workspace::{Workspace, files};

/// Which index pages, and what to do with them.
#[derive(Debug, clap::Args)]
pub(super) struct Options {
    /// Index pages, and folders to look for them in. With --write, a page that does not exist is made.
    #[arg(default_value = ".")]
    paths: Vec<PathBuf>,
    /// Say where the pages differ from the proposals, and exit with 1 if they do.
    #[arg(long)]
    check: bool,
    /// Change the rows that differ, add the missing ones, and remove those whose files are gone.
    #[arg(long, conflicts_with = "check")]
    write: bool,
    /// Only pages that list proposals of this family; for a new page, the family to list.
    #[arg(short = 'f', long, value_name = "NAME")]
    family: Option<String>,
}

/// An index page and its upkeep.
struct Kept {
    path: PathBuf,
    /// The path to show.
    shown: PathBuf,
    before: String,
    upkeep: Upkeep,
}

/// Does what `options` ask for, and returns the exit code of the process.
pub(super) fn run(options: &Options) -> u8 {
    done(options).unwrap_or_else(|error| {
        say(error);
        FAILED
    })
}

fn done(options: &Options) -> Result<u8, String> {
    let is_new = |path: &&PathBuf| path.symlink_metadata().is_err_and(|error| error.kind() == ErrorKind::NotFound);
    let (new, known): (Vec<_>, Vec<_>) = options.paths.iter().partition(is_new);
    if let Some(path) = new.first().filter(|_| options.check) {
        return Err(format!("{}: no such file or folder; --write makes a new page", shown_path(path)));
    }
    let known: Vec<PathBuf> = known.into_iter().cloned().collect();
    let mut inputs = Inputs::of(&known, false);
    inputs.add_roots(new.iter().filter_map(|path| made::folder_of(path)));
    if !inputs.faults.is_empty() {
        return Err(inputs.faults.join("\nvip-lsp: "));
    }
    let workspace = Workspace::default();
    workspace.set_roots(inputs.roots.clone());
    workspace.read_histories();
    workspace.read_all();
    let wanted = wanted(&workspace, options)?;
    let made = new.iter().map(|path| made::page(&workspace, path, options.family.as_deref()));
    let made = made.collect::<Result<Vec<_>, String>>()?;
    let mut kept = Vec::new();
    for input in &inputs.list {
        kept.extend(page(&workspace, input, wanted.as_ref())?);
    }
    if kept.is_empty() && made.is_empty() {
        return Err(nothing(options));
    }
    match options {
        Options { check: true, .. } => Ok(checked(&kept)),
        Options { write: true, .. } => written(&workspace, &kept, &made),
        _ => shown_as_diff(&kept, &made),
    }
}

/// Returns the documents of the family that `options` name, if they name one.
fn wanted(workspace: &Workspace, options: &Options) -> Result<Option<HashSet<PathBuf>>, String> {
    let Some(name) = &options.family else { return Ok(None) };
    let families = workspace.families_called(name);
    if families.is_empty() {
        return Err(workspace.no_family(name));
    }
    Ok(Some(families.into_iter().flat_map(|(_, paths)| paths).collect()))
}

/// Returns the upkeep of the page `input`; `None` if it is not the index of any folder, or lists none of the `wanted` proposals.
fn page(workspace: &Workspace, input: &Input, wanted: Option<&HashSet<PathBuf>>) -> Result<Option<Kept>, String> {
    let found = || {
        workspace.is_index_page(&input.path).then_some(())?;
        let content = files::read(&input.path, &workspace.roots())
            .map_err(|error| format!("{}: {error}", shown_path(&input.shown)));
        Some(content.map(|content| upkeep_of(workspace, input, &content, wanted).map(|upkeep| (content, upkeep))))
    };
    let Some((before, upkeep)) = found().transpose()?.flatten() else {
        if input.is_named {
            say(format_args!(
                "{}: does not list proposals in a table or list, or not most of them",
                shown_path(&input.shown)
            ));
        }
        return Ok(None);
    };
    Ok(Some(Kept { path: input.path.clone(), shown: input.shown.clone(), before, upkeep }))
}

fn upkeep_of(workspace: &Workspace, input: &Input, content: &str, wanted: Option<&HashSet<PathBuf>>) -> Option<Upkeep> {
    let snapshot = workspace.page_of(&input.id(), Arc::new(Document::closed(content)))?;
    let around = workspace.around(&snapshot);
    let page = snapshot.proposal().within(&around);
    let lists_any = |page: IndexPage<'_, '_>| {
        let rows = page.listed().iter().flat_map(|listed| &listed.rows);
        rows.into_iter().any(|(_, neighbor)| wanted.is_none_or(|wanted| wanted.contains(&neighbor.file)))
    };
    page.index_page().filter(|page| lists_any(*page))?;
    upkeep(&page, snapshot.severities())
}

fn nothing(options: &Options) -> String {
    let paths: Vec<String> = options.paths.iter().map(|path| shown_path(path)).collect();
    let of_family = options.family.as_ref().map(|name| format!(" of the family \"{name}\"")).unwrap_or_default();
    format!("no index page{of_family} in {}; --write with the path of a new page makes one", paths.join(", "))
}

/// Formats `difference` of the page `kept`.
fn line(kept: &Kept, Difference { line, message }: &Difference) -> String {
    format!("{}:{}: {}", named(&kept.shown), line + 1, shown(message))
}

/// Prints the differences of all pages.
fn checked(kept: &[Kept]) -> u8 {
    let lines = kept.iter().flat_map(|kept| kept.upkeep.differences.iter().map(move |found| line(kept, found)));
    let lines: Vec<String> = lines.collect();
    print(&lines.iter().map(|line| format!("{line}\n")).collect::<String>());
    let differing = kept.iter().filter(|kept| !kept.upkeep.differences.is_empty()).count();
    let pages = match kept.len() {
        all if differing == 0 || differing == all => some(all, "index page"),
        all => format!("{differing} of {all} index pages"),
    };
    tell(match lines.len() {
        0 => format!("No differences in {pages}."),
        count => format!("Found {} in {pages}; --write changes the rows.", some(count, "difference")),
    });
    if lines.is_empty() { CLEAN } else { FINDINGS }
}

fn some(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// Writes the pages that change, and the new ones.
fn written(workspace: &Workspace, kept: &[Kept], made: &[made::Page]) -> Result<u8, String> {
    let roots = workspace.roots();
    for page in made {
        page.path.parent().into_iter().for_each(|folder| door::tidy_up(folder, &roots));
        door::create(&page.path, &roots, &page.text)
            .map_err(|error| format!("{}: {error}", shown_path(relative(&page.path))))?;
        tell(format_args!("{}: made", named(relative(&page.path))));
    }
    let changes = changes(kept);
    let files: Vec<_> = changes.iter().map(|(kept, after)| (&*kept.path, &*kept.before, &**after)).collect();
    let fail = |path: &Path, error: Error| say(format_args!("{}: {error}", shown_path(relative(path))));
    let written = replace_all(&files, &roots, &fail);
    for ((kept, _), _) in changes.iter().zip(&written).filter(|(_, is_written)| **is_written) {
        tell(format_args!("{}: changed", named(&kept.shown)));
    }
    let is_left = say_left(kept);
    if changes.is_empty() && made.is_empty() && !is_left {
        tell(format_args!("No differences in {}.", some(kept.len(), "index page")));
    }
    Ok(match written.contains(&false) {
        true => FAILED,
        false if is_left => FINDINGS,
        false => CLEAN,
    })
}

/// Says which differences remain. Returns whether there are any.
fn say_left(kept: &[Kept]) -> bool {
    let left =
        |kept: &Kept| kept.upkeep.left.iter().for_each(|left| tell(format!("{}; change it by hand", line(kept, left))));
    kept.iter().for_each(left);
    kept.iter().any(|kept| !kept.upkeep.left.is_empty())
}

/// Returns the pages that change, with what they become.
fn changes(kept: &[Kept]) -> Vec<(&Kept, String)> {
    let after = kept.iter().map(|kept| (kept, kept.upkeep.text.to_string()));
    after.filter(|(kept, after)| kept.before != *after).collect()
}

fn shown_as_diff(kept: &[Kept], made: &[made::Page]) -> Result<u8, String> {
    let mut output = BufWriter::new(std::io::stdout().lock());
    let changes = changes(kept);
    let files = changes.iter().map(|(kept, after)| (&*kept.shown, &*kept.before, &**after));
    let new = made.iter().map(|page| (relative(&page.path), "", &*page.text));
    let mut files = files.chain(new);
    let shown = files.try_for_each(|(path, before, after)| write_diff(path, before, after, &mut output));
    match shown.and_then(|()| output.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => return Err(format!("standard output: {error}")),
        _ => {}
    }
    let is_left = say_left(kept);
    Ok(if changes.is_empty() && made.is_empty() && !is_left { CLEAN } else { FINDINGS })
}

//! Changing many files, or showing the change as a diff.

use std::io::{Error, Result, Write};
use std::path::{Path, PathBuf};

use similar::TextDiff;

use super::paths::named;
use super::streams::printed;
use crate::door;
use crate::parallel;

/// A file, and its text before and after.
pub(super) type Change<'a> = (&'a Path, &'a str, &'a str);

/// Writes `files`, which are below one of `roots`; `fail` is told of those that cannot be written, and stay as they are. Returns for
/// each whether it was written.
pub(super) fn replace_all(files: &[Change<'_>], roots: &[PathBuf], fail: &(dyn Fn(&Path, Error) + Sync)) -> Vec<bool> {
    let replaced = parallel::map(files, |(path, before, after)| {
        door::replace(path, roots, before, after).map_err(|error| fail(path, error)).ok()
    });
    // Only the last file has to wait: programs that had the others open have had their time by then.
    let settled = files.iter().zip(replaced).map(|((path, ..), replaced)| {
        replaced.is_some_and(|replaced| replaced.settle().map_err(|error| fail(path, error)).is_ok())
    });
    settled.collect()
}

/// Writes the change of the file at `path` to `output` as a unified diff that `git apply` and `patch -p1` accept.
///
/// # Errors
///
/// When `output` cannot be written.
pub(super) fn write_diff(path: &Path, before: &str, after: &str, output: &mut dyn Write) -> Result<()> {
    // Other programs take only LF as the end of a line.
    let lines = |text: &'_ str| -> Vec<String> { text.split_inclusive('\n').map(str::to_owned).collect() };
    let (before, after) = (lines(before), lines(after));
    let (before, after): (Vec<&str>, Vec<&str>) =
        (before.iter().map(String::as_str).collect(), after.iter().map(String::as_str).collect());
    let diff = TextDiff::configure().newline_terminated(true).diff_slices(&before, &after);
    // A name with spaces needs a tab after it to mark its end.
    let path = named(path);
    let end = if path.contains(' ') { "\t" } else { "" };
    let diff = diff.unified_diff().header(&format!("a/{path}{end}"), &format!("b/{path}{end}")).to_string();
    write!(output, "{}", printed(&diff))
}

//! The files of a module use each other in one direction: no file uses, by whatever way, one that uses it.
//!
//! A file uses another one where it imports, or names by a path, what that defines. What a file re-exports counts as defined where it
//! is. That is read from the sources as rustfmt leaves them.

use std::collections::{BTreeMap, BTreeSet};

use super::{Source, is_identifier, report, sources};

/// The names of the modules that lead to a file or to what it defines.
type Path = Vec<String>;

/// What the files define, and where what they name by another name is.
struct House {
    /// The files, by their modules.
    files: BTreeMap<Path, String>,
    /// By module and name: what an import or a re-export there stands for.
    imports: BTreeMap<(Path, String), Path>,
}

#[test]
fn no_file_uses_one_that_uses_it() {
    let sources: Vec<Source> = sources().into_iter().filter(|source| !source.is_test() && !source.is_root()).collect();
    let files: BTreeMap<Path, String> = sources.iter().map(|source| (modules(source), source.path.clone())).collect();
    let mut house = House { files, imports: BTreeMap::new() };
    let code: Vec<(Path, String)> = sources.iter().map(|source| (modules(source), without_tests(source))).collect();
    let uses: Vec<Vec<Use>> = code.iter().map(|(own, code)| uses(own, code, &house)).collect();
    for ((own, _), uses) in code.iter().zip(&uses) {
        for found in uses.iter().filter(|found| found.is_import) {
            house.imports.insert((own.clone(), found.name.clone()), found.path.clone());
        }
    }
    let mut arrows: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for ((own, _), uses) in code.iter().zip(&uses) {
        let from = house.files[own].as_str();
        let to = uses.iter().filter(|found| !found.is_exported).filter_map(|found| house.file(&found.path, 0));
        arrows.entry(from).or_default().extend(to.filter(|to| *to != from));
    }
    let all: usize = arrows.values().map(BTreeSet::len).sum();
    assert!(all > sources.len(), "only {all} uses were found in {} files", sources.len());
    report(&circles(&arrows));
}

/// The files in circles: what is left when those are taken away, again and again, that use none that is left.
fn circles(arrows: &BTreeMap<&str, BTreeSet<&str>>) -> Vec<String> {
    let mut left = arrows.clone();
    loop {
        let known: BTreeSet<&str> = left.keys().copied().collect();
        let used: BTreeSet<&str> = left.values().flatten().copied().filter(|file| known.contains(file)).collect();
        let before = left.len();
        left.retain(|file, uses| used.contains(file) && uses.iter().any(|used| known.contains(used)));
        if left.len() == before {
            break;
        }
    }
    let fault = |(file, uses): (&&str, &BTreeSet<&str>)| {
        let uses: Vec<&str> = uses.iter().copied().filter(|used| left.contains_key(used)).collect();
        format!("{file} is in a circle: it uses {}", uses.join(", "))
    };
    left.iter().map(fault).collect()
}

/// A path in a file, from the root of the crate.
struct Use {
    path: Path,
    /// What the file calls it.
    name: String,
    is_import: bool,
    is_exported: bool,
}

/// What `code`, which is in the module `own`, imports and names by paths.
fn uses(own: &Path, code: &str, house: &House) -> Vec<Use> {
    let (mut found, mut rest) = (Vec::new(), String::new());
    for statement in code.split_inclusive(';') {
        let start = statement.rfind("use ").filter(|at| is_statement(&statement[..*at]));
        let Some(start) = start else {
            rest.push_str(statement);
            continue;
        };
        let is_exported = statement[..start].lines().last().is_some_and(|line| line.trim_start().starts_with("pub"));
        rest.push_str(&statement[..start]);
        for (path, name) in tree(statement[start + "use ".len()..].trim_end_matches(';')) {
            if let Some(path) = absolute(own, &path, house) {
                found.push(Use { path, name, is_import: true, is_exported });
            }
        }
    }
    let words = paths(&rest).filter_map(|path| absolute(own, &path, house));
    found.extend(words.map(|path| Use { path, name: String::new(), is_import: false, is_exported: false }));
    found
}

/// Whether a statement starts behind `before`: with the visibility of an import at most.
fn is_statement(before: &str) -> bool {
    let line = before.rsplit('\n').next().unwrap_or_default().trim();
    line.is_empty() || line == "pub" || line.starts_with("pub(") && line.ends_with(')')
}

/// The paths that the tree of an import has, each with the name that it gives.
fn tree(tree: &str) -> Vec<(Path, String)> {
    let tree = tree.trim();
    let Some((before, group)) = tree.split_once('{') else {
        let (path, alias) = tree.split_once(" as ").map_or((tree, None), |(path, alias)| (path, Some(alias)));
        let mut path = split(path);
        if path.last().is_some_and(|last| last == "self") {
            path.pop();
        }
        let name = alias.map(str::to_owned).or_else(|| path.last().cloned()).unwrap_or_default();
        return vec![(path, name)];
    };
    let (mut depth, mut parts, mut part) = (0, Vec::new(), String::new());
    for sign in group.trim_end().trim_end_matches('}').chars() {
        depth += i32::from(sign == '{') - i32::from(sign == '}');
        if sign == ',' && depth == 0 {
            parts.push(std::mem::take(&mut part));
        } else {
            part.push(sign);
        }
    }
    parts.push(part);
    let parts = parts.iter().map(|part| part.trim()).filter(|part| !part.is_empty());
    parts.flat_map(|part| self::tree(&format!("{}{part}", before.trim_start()))).collect()
}

fn split(path: &str) -> Path {
    path.split("::").map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect()
}

/// The paths of two names or more in `code`.
fn paths(code: &str) -> impl Iterator<Item = Path> + '_ {
    let words = code.split(|sign: char| !is_identifier(sign) && sign != ':');
    words.filter(|word| word.contains("::")).map(split).filter(|path| path.len() > 1)
}

/// `path`, which stands in the module `own`, from the root of the crate; none where it is another crate's, or a type's.
fn absolute(own: &Path, path: &Path, house: &House) -> Option<Path> {
    let above = path.iter().take_while(|name| *name == "super").count();
    match path.first()?.as_str() {
        "crate" => Some(path[1..].to_vec()),
        "self" => Some([own, &path[1..]].concat()),
        "super" => Some([own.get(..own.len().checked_sub(above)?)?, &path[above..]].concat()),
        first => {
            let child = [own.as_slice(), &[first.to_owned()]].concat();
            let is_child = house.files.keys().any(|file| file.starts_with(&child));
            is_child.then(|| [own.as_slice(), path].concat())
        }
    }
}

impl House {
    /// The file that defines what is at `path`.
    fn file(&self, path: &Path, depth: usize) -> Option<&str> {
        let length = (0..=path.len()).rev().find(|length| self.files.contains_key(&path[..*length]))?;
        let (module, rest) = path.split_at(length);
        if let Some(name) = rest.first()
            && let Some(known) = self.imports.get(&(module.to_vec(), name.clone()))
            && depth < 16
            && known != path
        {
            return self.file(&[known.as_slice(), &rest[1..]].concat(), depth + 1);
        }
        self.files.get(module).map(String::as_str)
    }
}

fn modules(source: &Source) -> Path {
    source.modules().into_iter().map(str::to_owned).collect()
}

/// The code of `source` without its tests, and without the visibility of items, which names modules, too.
fn without_tests(source: &Source) -> String {
    let lines = source.code.lines().zip(source.test_lines()).filter(|(_, is_test)| !is_test);
    lines.map(|(line, _)| line.replace("pub(in crate::", "pub(in_").to_owned() + "\n").collect()
}

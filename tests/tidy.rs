//! The walls of the architecture, held by reading the sources: layers, crates, rules with their tests, and house rules.

#[path = "tidy/circles.rs"]
mod circles;

use std::fs;
use std::path::Path;

/// The modules from the ground up: each uses only those before it, and the last two not each other.
const LAYERS: [&str; 15] = [
    "cancel",
    "parallel",
    "door",
    "text",
    "letters",
    "git",
    "terms",
    "syntax",
    "template",
    "document",
    "rules",
    "features",
    "workspace",
    "server",
    "cli",
];

/// The crates that are not for everyone, and the modules that may use them.
const CRATES: [(&str, &[&str]); 32] = [
    ("ropey", &["text"]),
    ("tree_sitter", &["syntax"]),
    ("tree_sitter_md", &["syntax"]),
    ("pulldown_cmark", &["syntax"]),
    ("saphyr_parser", &["syntax"]),
    ("icu_normalizer", &["letters", "syntax"]),
    ("icu_properties", &["letters", "syntax"]),
    ("icu_segmenter", &["letters"]),
    ("nucleo_matcher", &["features"]),
    ("foldhash", &["features", "document", "template", "terms"]),
    ("globset", &["workspace"]),
    ("regex", &["template"]),
    ("ignore", &["workspace"]),
    ("notify", &["workspace"]),
    ("toml", &["syntax", "workspace"]),
    ("dashmap", &["workspace"]),
    ("tower_lsp", &["server"]),
    ("tower_service", &["server"]),
    ("tokio", &["server"]),
    ("futures", &["server"]),
    ("tracing_subscriber", &["server"]),
    ("gix_hash", &["git"]),
    ("gix_validate", &["git"]),
    ("flate2", &["git"]),
    ("rustix", &["door", "server"]),
    ("clap", &["cli", "main"]),
    ("clap_complete", &["cli"]),
    ("annotate_snippets", &["cli"]),
    ("indicatif", &["cli"]),
    ("similar", &["cli", "workspace"]),
    ("unicode_width", &["cli"]),
    ("supports_hyperlinks", &["cli"]),
];

/// What must not stand in any source.
const BANNED: [&str; 4] = ["todo!", "unimplemented!", "dbg!", "#[ignore"];

/// What opens or changes files: whoever wrote them is not trusted.
const OPENS: [&str; 13] = [
    "File::open",
    "File::create",
    "File::options",
    "OpenOptions",
    "fs::read",
    "fs::write",
    "fs::copy",
    "fs::rename",
    "fs::remove",
    "fs::create_dir",
    "fs::set_permissions",
    "fs::hard_link",
    "read_dir(",
];

/// The rules whose one test has both sides, because a document with the fault is too costly to check twice.
const TESTED_ONCE: [&str; 1] = ["document_too_large"];

/// The only source that starts a program: git, where the user asks for it.
const STARTS: &str = "src/cli/reserve/program.rs";

/// How long a source may be; tests may be half as long again.
const MAX_LINES: usize = 400;

/// How long a function may be, from its name to its end.
const MAX_FUNCTION: usize = 40;

/// The functions that are tables: a line for each of many things.
const TABLES: [(&str, &str); 4] = [
    ("src/server/protocol/capabilities.rs", "announced"),
    ("src/server/protocol/support.rs", "of"),
    ("src/server/wire/transport.rs", "serve"),
    ("src/syntax/paragraphs.rs", "paragraphs"),
];

#[test]
fn crates_are_used_only_by_their_layer() {
    check(|source| {
        let mut faults = Vec::new();
        for (name, allowed) in CRATES.iter().filter(|(_, allowed)| !allowed.contains(&source.layer())) {
            let message = format!("uses `{name}`, which is for {} alone; ask that module", allowed.join(" and "));
            let lines = source.code.lines().enumerate().filter(|(_, line)| uses_crate(line, name));
            faults.extend(lines.map(|(index, _)| source.fault(index, &message)));
        }
        faults
    });
}

#[test]
fn modules_use_only_those_below_them() {
    let rank = |layer: &str| LAYERS.iter().position(|known| *known == layer).map(|rank| rank.min(LAYERS.len() - 2));
    check(|source| {
        let own = match (source.layer(), rank(source.layer())) {
            ("lib" | "main", _) => return Vec::new(),
            (_, None) => return vec![source.fault(0, "is in no layer; give its module a place in `LAYERS`")],
            (_, Some(own)) => own,
        };
        let is_above = |layer: &str| layer != source.layer() && rank(layer).is_some_and(|rank| rank >= own);
        let starts_server = |at| source.path == "src/cli/command.rs" && source.code[at..].starts_with("server::run");
        let above = source.root_names().filter(|(at, name)| is_above(name) && !starts_server(*at));
        let message = |name| format!("uses `{name}`, which is not below `{}`; hand it in from above", source.layer());
        above.map(|(at, name)| source.fault(source.code[..at].matches('\n').count(), &message(name))).collect()
    });
}

#[test]
fn rules_are_registered_and_tested() {
    let sources = sources();
    let rules = sources.iter().filter_map(|source| Some((source, source.rule()?))).collect::<Vec<_>>();
    let registry = sources.iter().find(|source| source.path == "src/rules/mod.rs").expect("there are rules");
    let list = registry.code.split("RULES").nth(1).and_then(|rest| rest.split("];").next()).expect("there is a list");
    let is_test = |source: &&Source| source.path.starts_with("src/rules/tests");
    let tests = sources.iter().filter(is_test).flat_map(tests_in).collect::<Vec<_>>();
    // The test of the rule with the longest name that fits: `missing_section_x` is a rule's own, too.
    let owner = |test: &str| {
        let fits = |name: &&str| test.strip_prefix(name).is_some_and(|rest| rest.starts_with('_'));
        rules.iter().map(|(_, name)| *name).filter(fits).max_by_key(|name| name.len())
    };
    let mut faults = Vec::new();
    for (rule, name) in &rules {
        let id = name.replace('_', "-");
        let own: Vec<_> =
            tests.iter().filter(|test| owner(test) == Some(name)).map(|test| &test[name.len()..]).collect();
        let wanted = if TESTED_ONCE.contains(name) { 1 } else { 2 };
        let is_fixed = !rule.code.contains("    fixes") || own.iter().any(|test| test.contains("fix"));
        let mut expect = |holds: bool, message: String| faults.extend((!holds).then(|| rule.fault(0, &message)));
        expect(registry.code.contains(&format!("\nmod {name};")), format!("add `mod {name};` to src/rules/mod.rs"));
        expect(list.contains(&format!("&{name}::RULE")), format!("add `&{name}::RULE` to RULES in src/rules/mod.rs"));
        expect(rule.text.contains(&format!("id: \"{id}\",")), format!("the rule's id must be \"{id}\", as its file"));
        expect(is_fixed, format!("add a test `{name}_…fix…` to src/rules/tests.rs"));
        expect(own.len() >= wanted, format!("add a firing and a silent test `{name}_…` to src/rules/tests.rs"));
    }
    report(&faults);
}

#[test]
fn sources_keep_the_house_rules() {
    check(|source| {
        let mut faults = Vec::new();
        if !source.text.starts_with("//!") {
            faults.push(source.fault(0, "does not start with `//!`; say in a sentence what the file is for"));
        }
        let most = if source.is_test() { MAX_LINES * 3 / 2 } else { MAX_LINES };
        if source.text.lines().count() > most {
            faults.push(source.fault(most, &format!("is over {most} lines; split it at its seam")));
        }
        let tests = source.test_lines();
        for (index, line) in source.code.lines().enumerate() {
            let banned = BANNED.iter().filter(|banned| line.contains(*banned));
            faults.extend(banned.map(|word| source.fault(index, &format!("has `{word}`; finish it or take it out"))));
            if line.contains("Command::new") && !tests[index] && source.path != STARTS {
                faults.push(source.fault(index, "starts a program; a workspace is not trusted, and names none to run"));
            }
            if line.contains("unwrap()") && !tests[index] {
                faults.push(source.fault(index, "has `unwrap()` outside tests; handle it, or `expect` with the proof"));
            }
            let opens = OPENS.iter().find(|opens| line.contains(*opens));
            if let Some(opens) = opens.filter(|_| source.layer() != "door" && !tests[index]) {
                faults.push(source.fault(index, &format!("has `{opens}`; `door` reads and writes files")));
            }
            if line.contains(".display()") && !tests[index] {
                faults.push(source.fault(index, "has `.display()`; `letters::shown_path` says a name on one line"));
            }
        }
        faults
    });
}

#[test]
fn functions_fit_on_a_screen() {
    check(|source| {
        let (lines, tests) = (source.code.lines().collect::<Vec<_>>(), source.test_lines());
        let starts = lines.iter().enumerate().filter(|(index, _)| !tests[*index]);
        let long = starts.filter_map(|(index, line)| {
            let indent = line.len() - line.trim_start().len();
            let (before, rest) = line.split_once("fn ")?;
            let is_function = before.trim().is_empty() || before.trim_start().starts_with(['p', 'a', 'c']);
            let name = rest.split(['(', '<']).next().filter(|_| is_function && !line.contains('='))?;
            // rustfmt puts the end below the start; a method of a trait has none.
            let is_end = |line: &&str| {
                line.len() > indent && line[indent..].starts_with('}') && line[..indent].trim().is_empty()
            };
            let is_none = |line: &&str| line.len() - line.trim_start().len() == indent && line.ends_with(';');
            let length = lines[index..].iter().position(|line| is_end(line) || is_none(line))? + 1;
            let is_table = TABLES.contains(&(source.path.as_str(), name));
            let message = format!("`{name}` is {length} lines long; {MAX_FUNCTION} fit on a screen");
            (length > MAX_FUNCTION && !is_table).then(|| source.fault(index, &message))
        });
        long.collect()
    });
}

#[test]
fn pages_name_files_that_are_there() {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let pages = [
        "README.md",
        ".github/ARCHITECTURE.md",
        ".github/COMMAND-LINE.md",
        ".github/CONTRIBUTING.md",
        ".github/INSTALL.md",
        ".github/SECURITY.md",
        ".github/SETTINGS.md",
        ".github/TEMPLATES.md",
    ];
    let mut faults = Vec::new();
    for page in pages {
        let text = fs::read_to_string(package.join(page)).expect("a page");
        let quoted = text.split('`').skip(1).step_by(2);
        let paths = quoted.filter(|quoted| quoted.starts_with("src/") || quoted.starts_with("tests/"));
        let is_one = |path: &&str| !path.contains(['*', ' ']) && !path.contains("my_");
        let gone = paths.filter(is_one).filter(|path| !package.join(path).exists());
        faults.extend(gone.map(|path| format!("{page}: there is no {path}")));
    }
    report(&faults);
}

fn check(faults: impl Fn(&Source) -> Vec<String>) {
    report(&sources().iter().flat_map(faults).collect::<Vec<_>>());
}

fn report(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

/// A file below `src`.
struct Source {
    /// From the package's folder, with `/`.
    path: String,
    text: String,
    /// The text line by line without comments and without what stands in quotes.
    code: String,
}

impl Source {
    /// The names of the modules that lead to it: one for `src/text/mod.rs`, two for `src/text/edit.rs`.
    fn modules(&self) -> Vec<&str> {
        self.path.trim_start_matches("src/").trim_end_matches(".rs").trim_end_matches("/mod").split('/').collect()
    }

    fn layer(&self) -> &str {
        self.modules()[0]
    }

    /// Whether it is the root of the library or of the program.
    fn is_root(&self) -> bool {
        matches!(self.layer(), "lib" | "main")
    }

    /// Whether it has nothing but tests.
    fn is_test(&self) -> bool {
        self.modules().contains(&"tests")
    }

    /// The rule's name in snake case, if it is one.
    fn rule(&self) -> Option<&str> {
        match self.modules()[..] {
            ["rules", name] if self.code.contains("\npub(super) static RULE: Rule = ") => Some(name),
            _ => None,
        }
    }

    fn fault(&self, line: usize, message: &str) -> String {
        format!("{}:{}: {message}", self.path, line + 1)
    }

    /// The names that paths take from the crate's root, by `crate::` or by enough `super::`, and where they start.
    fn root_names(&self) -> impl Iterator<Item = (usize, &str)> {
        let by_crate = self.code.match_indices("crate::").map(|(at, found)| at + found.len());
        let by_super = self.code.match_indices("super::").filter_map(|(at, _)| {
            let run = &self.code[at..];
            let names = run.trim_start_matches("super::");
            // Only the first `super::` of a path can be as many as it takes.
            (run.len() - names.len() == "super::".len() * self.depth(at)).then(|| self.code.len() - names.len())
        });
        by_crate.chain(by_super).flat_map(|at| names(&self.code[at..]).map(move |name| (at, name)))
    }

    /// How many modules the code at `at` is in, one written out in the file (as rustfmt leaves it) among them.
    fn depth(&self, at: usize) -> usize {
        let opens = |line: &&str| line.ends_with('{') && line.split(' ').any(|word| word == "mod");
        let last = self.code[..at].lines().rfind(|line| opens(line) || *line == "}");
        self.modules().len() + usize::from(last.is_some_and(|line| line != "}"))
    }

    /// For each line, whether it is in a test: a file of tests, or an item (as rustfmt leaves it) under `#[cfg(test)]`.
    fn test_lines(&self) -> Vec<bool> {
        let mut end: Option<&str> = self.is_test().then_some("never");
        let lines = self.code.lines().map(|line| {
            let indent = &line[..line.len() - line.trim_start().len()];
            if end.is_none() && (line.trim() == "#[cfg(test)]" || line.trim().starts_with("#[cfg(all(test, ")) {
                end = Some(indent);
            }
            let is_test = end.is_some();
            if end == Some(indent) && (line.ends_with(';') || line.ends_with(['}', ','])) {
                end = None;
            }
            is_test
        });
        lines.collect()
    }
}

/// The name that a path goes on with, or all names in the group there.
fn names(path: &str) -> impl Iterator<Item = &str> {
    let end = if path.starts_with('{') { path.find(';') } else { path.find(|next| !is_identifier(next)) };
    path[..end.unwrap_or(path.len())].split(|next| !is_identifier(next))
}

fn is_identifier(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

/// Whether a path in `line` starts with the crate `name`.
fn uses_crate(line: &str, name: &str) -> bool {
    line.match_indices(name).any(|(at, _)| {
        let before = line[..at].trim_end_matches("::");
        let starts = !before.ends_with(|last| is_identifier(last) || matches!(last, '>' | '.'));
        let after = &line[at + name.len()..];
        starts && (after.starts_with("::") || line[..at].ends_with("use ") && !after.starts_with(is_identifier))
    })
}

/// `line` without comments, and without what stands in quotes as far as one line tells.
fn code(line: &str) -> String {
    if line.trim_start().starts_with("//") {
        return String::new();
    }
    let line = line.replace("\\\"", "").replace("'\"'", "");
    let code = line.split('"').step_by(2).collect::<Vec<_>>().join("\"\"");
    code.split(" // ").next().unwrap_or_default().trim_end().to_owned()
}

/// The functions under `#[test]` in `source`.
fn tests_in(source: &Source) -> impl Iterator<Item = &str> {
    source.code.split("#[test]").skip(1).filter_map(|rest| rest.split_once("fn ")?.1.split('(').next())
}

fn sources() -> Vec<Source> {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut sources = Vec::new();
    let mut paths = vec![package.join("src")];
    while let Some(path) = paths.pop() {
        if path.is_dir() {
            let entries = fs::read_dir(&path).expect("a folder of sources can be read");
            paths.extend(entries.map(|entry| entry.expect("an entry can be read").path()));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).expect("a source can be read");
            let path = path.strip_prefix(package).expect("it is in the package").to_string_lossy().replace('\\', "/");
            sources.push(Source { path, code: text.lines().map(|line| code(line) + "\n").collect(), text });
        }
    }
    sources.sort_by(|one, other| one.path.cmp(&other.path));
    sources
}

/// What lies at the top: what the project is made of, and what tools insist on.
const TOP: [&str; 14] = [
    "CHANGELOG.md",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE",
    "README.md",
    "RULES.md",
    "action.yml",
    "build.rs",
    "editors",
    "pyproject.toml",
    "rustfmt.toml",
    "src",
    "target",
    "tests",
];

#[test]
fn nothing_lies_about_at_the_top() {
    let names = fs::read_dir(env!("CARGO_MANIFEST_DIR")).expect("the project").map(|entry| entry.expect("an entry"));
    let names = names.map(|entry| entry.file_name().into_string().expect("a name of text"));
    let odd: Vec<String> = names.filter(|name| !name.starts_with('.') && !TOP.contains(&name.as_str())).collect();
    assert_eq!(odd, Vec::<String>::new());
}

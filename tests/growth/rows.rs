//! Kinds of input that once cost more than they are large.

use std::ops::Range;
use std::path::Path;

use serde_json::{Value, json};

/// One kind of input.
pub(crate) struct Row {
    /// What it is.
    pub(crate) name: &'static str,
    /// How many of what it has many of are enough for its own work to be most of a run.
    pub(crate) size: usize,
    /// The input with so many.
    pub(crate) input: fn(usize) -> Input,
    /// What is done with it.
    pub(crate) run: Run,
}

/// What is done with an input.
pub(crate) enum Run {
    /// `vip-lsp check` with these arguments.
    Check(&'static [&'static str]),
    /// A session of the server.
    Session,
}

/// Files, and what a client says of them.
#[derive(Default)]
pub(crate) struct Input {
    /// The files, by their paths.
    pub(crate) files: Vec<(String, String)>,
    /// Those that are opened.
    open: Vec<&'static str>,
    /// The edits and requests, all of the first of them.
    requests: Vec<(&'static str, Value)>,
}

impl Input {
    /// The messages of the session in `folder`.
    pub(crate) fn session(&self, folder: &Path) -> Vec<Value> {
        let uri = |name: &str| format!("file://{}/{name}", folder.canonicalize().expect("a folder").display());
        let actions = json!({"codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix"]}}});
        let capabilities =
            json!({"textDocument": {"codeAction": actions, "publishDiagnostics": {"versionSupport": true}}});
        let folders = json!([{"uri": uri(""), "name": "root"}]);
        let mut id = 1;
        let initialize =
            json!({"processId": null, "rootUri": uri(""), "workspaceFolders": folders, "capabilities": capabilities});
        let mut messages = vec![
            json!({"jsonrpc": "2.0", "id": id, "method": "initialize", "params": initialize}),
            json!({"jsonrpc": "2.0", "method": "initialized", "params": {}}),
        ];
        for name in &self.open {
            let (_, text) = self.files.iter().find(|(file, _)| file == name).expect("a file");
            let document = json!({"uri": uri(name), "languageId": "markdown", "version": 1, "text": text});
            let parameters = json!({"textDocument": document});
            messages.push(json!({"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": parameters}));
        }
        for (version, (method, parameters)) in self.requests.iter().enumerate() {
            let mut parameters = parameters.clone();
            parameters["textDocument"] = json!({"uri": uri(self.open[0]), "version": version + 2});
            let mut message = json!({"jsonrpc": "2.0", "method": method, "params": parameters});
            if !method.contains("/did") {
                id += 1;
                message["id"] = json!(id);
            }
            messages.push(message);
        }
        messages.push(json!({"jsonrpc": "2.0", "id": id + 1, "method": "shutdown"}));
        messages.push(json!({"jsonrpc": "2.0", "method": "exit"}));
        messages
    }
}

const CHECK: Run = Run::Check(&[]);

const FIXES: Run = Run::Check(&["--diff", "--unsafe-fixes"]);

/// All of them.
pub(crate) const ROWS: &[Row] = &[
    Row {
        name: "headings of one name, and links to the first",
        size: 300,
        input: |n| alone(&format!("[a](#scope) [b](#scoppe)\n\n{}", same(n))),
        run: CHECK,
    },
    Row {
        name: "the same in another file",
        size: 300,
        input: |n| pair(&format!("{LINKED}\n\n## Scope\n"), &same(n)),
        run: CHECK,
    },
    Row {
        name: "highlights in headings of one name",
        size: 200,
        input: |n| asked(&format!("[a](#scope)\n\n{}", same(n)), &[("textDocument/documentHighlight", at(2, 4))]),
        run: Run::Session,
    },
    Row {
        name: "proposals that require each other in a circle",
        size: 40,
        input: |n| related(n, |i| format!("Requires: VIP-{}", (i + 1) % n)),
        run: CHECK,
    },
    Row {
        name: "proposals that supersede the same one",
        size: 40,
        input: |n| {
            related(n, |i| if i > 0 { "Supersedes: VIP-0".to_owned() } else { "Superseded by: VIP-1".to_owned() })
        },
        run: CHECK,
    },
    Row {
        name: "proposals that each supersede the one before, with their fixes",
        size: 40,
        input: |n| related(n, |i| if i > 0 { format!("Supersedes: VIP-{}", i - 1) } else { "Note: first".to_owned() }),
        run: FIXES,
    },
    Row {
        name: "headings that link to their own anchors",
        size: 200,
        input: |n| alone(&many(n, |i| format!("## Part {i}\n\n[a](#part-{i})\n\n"))),
        run: CHECK,
    },
    Row {
        name: "headings, and links to none of them",
        size: 100,
        input: |n| alone(&many(n, |i| format!("## Part {i}\n\n[a](#porto-{i})\n\n"))),
        run: CHECK,
    },
    Row {
        name: "labels defined twice",
        size: 2_000,
        input: |n| alone(&many(n, |i| format!("[a{i}]: x\n[A{i}]: y\n\n"))),
        run: CHECK,
    },
    Row {
        name: "labels defined twice, with their fixes",
        size: 200,
        input: |n| alone(&many(n, |i| format!("[a{i}]: x\n[A{i}]: x\n\n"))),
        run: FIXES,
    },
    Row {
        name: "values that the template does not know, with their fixes",
        size: 200,
        input: |n| alone(&format!("{}\n## Scope\n\nAll.\n", "* **Status**: Darft\n".repeat(n))),
        run: FIXES,
    },
    Row {
        name: "comments that suppress nothing, with their fixes",
        size: 100,
        input: |n| {
            alone(&format!("## Scope\n\n{}", "<!-- vip-lsp-disable-next-line broken-link -->\n\nSo.\n\n".repeat(n)))
        },
        run: FIXES,
    },
    Row {
        name: "links on one line",
        size: 1_000,
        input: |n| alone(&format!("## Scope\n\n{}\n", "[a](#scope) VIP-7 ".repeat(n))),
        run: CHECK,
    },
    Row {
        name: "links by reference to nothing on one line",
        size: 300,
        input: |n| edited(&format!("## Scope\n\n{}\n", many(n, |i| format!("[x][r{i}] ")))),
        run: Run::Session,
    },
    Row {
        name: "a template and headings with nearly equal names",
        size: 100,
        input: |n| {
            of_template(
                &many(n, |i| format!("## Aspect {} of it\n\n", word(i))),
                &many(n, |i| format!("## Aspect {} of itt\n\n", word(i))),
            )
        },
        run: CHECK,
    },
    Row {
        name: "images in each other in a template",
        size: 2_000,
        input: |n| of_template(&format!("## Scope\n\n{}{}\n", "![".repeat(n), "]()".repeat(n)), "## Scope\n\nA.\n"),
        run: CHECK,
    },
    Row {
        name: "sections of a template, all missing but one",
        size: 100,
        input: |n| {
            of_template(&many(n, |i| format!("## {} aspect\n\n", word(i))), "## Baaaa aspect\n\nSo.\n\n## Own\n")
        },
        run: CHECK,
    },
    Row {
        name: "sections of a template, all missing behind blank lines",
        size: 100,
        input: |n| {
            let blank = "\n".repeat(200 * n);
            of_template(
                &many(n, |i| format!("## {} aspect\n\n", word(i))),
                &format!("## Baaaa aspect\n\nSo.\n{blank}## Own\n"),
            )
        },
        run: CHECK,
    },
    Row {
        name: "sections in the wrong order",
        size: 100,
        input: |n| {
            of_template(
                &many(n, |i| format!("## {} aspect\n\n", word(i))),
                &many(n, |i| format!("## {} aspect\n\nSo.\n\n", word((i * 7) % n))),
            )
        },
        run: CHECK,
    },
    Row {
        name: "parts of a section",
        size: 100,
        input: |n| {
            of_template(
                &format!("## Plan\n\n{}", many(n, |i| format!("### {} aspect\n\n", word(i)))),
                &format!("## Plan\n\n{}", many(n, |i| format!("### {} aspects\n\nSo.\n\n", word(i + n / 2)))),
            )
        },
        run: CHECK,
    },
    Row {
        name: "names in two languages",
        size: 80,
        input: |n| {
            of_template(
                &many(n, |i| format!("## {0} Kontext / {0} context\n\n", word(i))),
                &many(n, |i| format!("## {} context\n\n", word(i + n / 2))),
            )
        },
        run: CHECK,
    },
    Row {
        name: "keys of a template",
        size: 150,
        input: |n| {
            of_template(
                &format!("{}\n## Scope\n", many(n, |i| format!("- {} key: x\n", word(i)))),
                &format!("{}\n## Scope\n", many(n / 2, |i| format!("- {} key: y\n", word(2 * i)))),
            )
        },
        run: CHECK,
    },
    Row {
        name: "keys of a template, and none of them in a long text",
        size: 150,
        input: |n| {
            of_template(
                &format!("{}\n## Scope\n", many(n, |i| format!("- {} key: x\n", word(i)))),
                &format!("{}\n## Scope\n", many(n, |i| format!("{} said\n\n", word(i)))),
            )
        },
        run: CHECK,
    },
    Row { name: "keys of front matter", size: 100, input: |n| of_keys(n), run: CHECK },
    Row {
        name: "files with one number",
        size: 60,
        input: |n| Input {
            files: (0..n)
                .map(|i| (format!("docs/vip-7-{i}.md"), "# VIP-7: A\n\n## Scope\n\nSo.\n".to_owned()))
                .collect(),
            ..Input::default()
        },
        run: CHECK,
    },
    Row {
        name: "actions on headings of one name",
        size: 100,
        input: |n| asked(&same(n), &[everything()]),
        run: Run::Session,
    },
    Row {
        name: "actions on links to nothing",
        size: 60,
        input: |n| asked(&many(n, |i| format!("## Part {i}\n\n[a](#porto-{i})\n\n")), &[everything()]),
        run: Run::Session,
    },
    Row {
        name: "actions on sections at the wrong level",
        size: 60,
        input: |n| Input {
            open: vec!["docs/vip-1.md"],
            requests: vec![everything()],
            ..of_template(
                &many(2 * n, |i| format!("## {} aspect\n\n", word(i))),
                &many(2 * n, |i| format!("{} {} aspect\n\nSo.\n\n", if i < n { "##" } else { "###" }, word(i))),
            )
        },
        run: Run::Session,
    },
    Row {
        name: "unknown names in a comment",
        size: 1_000,
        input: |n| alone(&format!("<!-- vip-lsp-disable {}-->\n\n## Scope\n", many(n, |i| format!("x{i} ")))),
        run: CHECK,
    },
    Row {
        name: "links into another open document",
        size: 100,
        input: |n| Input {
            open: vec!["docs/vip-1.md", "docs/notes.md"],
            requests: keystroke(),
            ..pair(&many(n, |i| format!("[a](notes.md#part-{i})\n\n")), &many(n, |i| format!("## Part {i}\n\n")))
        },
        run: Run::Session,
    },
    Row { name: "an index page", size: 60, input: index, run: Run::Session },
    Row { name: "an index page with wrong titles, with their fixes", size: 60, input: wrong_index, run: FIXES },
    Row { name: "an index page that lists the first half, with its fixes", size: 60, input: half_index, run: FIXES },
    Row {
        name: "missing sections to insert",
        size: 100,
        input: |n| {
            of_template(&many(n, |i| format!("## {} aspect\n\n", word(i))), "## Baaaa aspect\n\nSo.\n\n## Own\n")
        },
        run: Run::Check(&["--fix", "--unsafe-fixes"]),
    },
    Row {
        name: "values of a key",
        size: 400,
        input: |n| {
            of_template(
                &format!("- Status: _one of [{}]_\n\n## Scope\n", many(n, |i| format!("'{}', ", word(i)))),
                "- Status: None of them\n\n## Scope\n\nSo.\n",
            )
        },
        run: CHECK,
    },
];

const LINKED: &str = "[a](notes.md#scope) [b](notes.md#scoppe)";

/// What `item` says from 0 up to `count`.
fn many(count: usize, item: impl Fn(usize) -> String) -> String {
    (0..count).map(item).collect()
}

/// So many headings of one name.
fn same(count: usize) -> String {
    "## Scope\n\n".repeat(count)
}

/// A word of five letters of its own for each number, which differs in few letters from many others.
fn word(number: usize) -> String {
    let letter = |place: u32| char::from(b'a' + (number / 26_usize.pow(place) % 26) as u8);
    let first = char::from(b'B' + (number % 20) as u8);
    std::iter::once(first).chain((0..4).rev().map(letter)).collect()
}

/// A proposal alone.
fn alone(body: &str) -> Input {
    Input { files: vec![("docs/vip-1.md".to_owned(), format!("# VIP-1: A\n\n{body}"))], ..Input::default() }
}

/// A proposal and a file beside it.
fn pair(body: &str, other: &str) -> Input {
    let mut input = alone(body);
    input.files.push(("docs/notes.md".to_owned(), other.to_owned()));
    input
}

/// A proposal and its template.
fn of_template(template: &str, body: &str) -> Input {
    let mut input = alone(body);
    input.files.push(("docs/vip-template.md".to_owned(), format!("# VIP-NNNN: Title\n\n{template}")));
    input
}

/// A proposal in an editor, which asks for `requests`.
fn asked(body: &str, requests: &[(&'static str, Value)]) -> Input {
    Input { open: vec!["docs/vip-1.md"], requests: requests.to_vec(), ..alone(body) }
}

/// A proposal in an editor where somebody types.
fn edited(body: &str) -> Input {
    asked(body, &keystroke())
}

/// A letter that is typed at the start, and its diagnostics.
fn keystroke() -> Vec<(&'static str, Value)> {
    let place = json!({"line": 0, "character": 10});
    let change = json!([{"range": {"start": place, "end": place}, "text": "b"}]);
    vec![("textDocument/didChange", json!({"contentChanges": change})), ("textDocument/diagnostic", json!({}))]
}

/// The parameters for a request at a place.
fn at(line: usize, character: usize) -> Value {
    json!({"position": {"line": line, "character": character}})
}

/// All actions on all of a document.
fn everything() -> (&'static str, Value) {
    let range = json!({"start": {"line": 0, "character": 0}, "end": {"line": 1_000_000, "character": 0}});
    ("textDocument/codeAction", json!({"range": range, "context": {"diagnostics": []}}))
}

/// A template with so many keys in its front matter, and a proposal with half of them.
fn of_keys(count: usize) -> Input {
    let matter = |step: usize| many(count / step, |i| format!("{}-key: y\n", word(step * i).to_lowercase()));
    let files = [("docs/vip-1.md", "# VIP-1: A", 2), ("docs/vip-template.md", "# VIP-NNNN: Title", 1)];
    let file = |(name, title, step): (&str, &str, usize)| {
        (name.to_owned(), format!("---\n{}---\n\n{title}\n\n## Scope\n\nSo.\n", matter(step)))
    };
    Input { files: files.map(file).to_vec(), ..Input::default() }
}

/// So many proposals with a key each.
fn related(count: usize, key: impl Fn(usize) -> String) -> Input {
    let template = "# VIP-NNNN: Title\n\n- Status: Draft\n- Superseded by:\n\n## Scope\n".to_owned();
    let proposal = |i: usize| {
        let text = format!("# VIP-{i}: Part {i}\n\n- Status: Accepted\n- {}\n\n## Scope\n\nSo.\n", key(i));
        (format!("docs/vip-{i}.md"), text)
    };
    let files = [("docs/vip-template.md".to_owned(), template)].into_iter().chain((0..count).map(proposal));
    Input { files: files.collect(), ..Input::default() }
}

/// An index page with so many rows, and the proposals.
fn index(count: usize) -> Input {
    let page = index_of(0..count, |i| format!("Part {i}"));
    Input { files: listed(count, page), open: vec!["docs/README.md"], requests: keystroke() }
}

/// So many proposals, and an index page that has another title for each.
fn wrong_index(count: usize) -> Input {
    Input { files: listed(count, index_of(0..count, |i| format!("Section {i}"))), ..Input::default() }
}

/// So many proposals, and an index page with the first half of them.
fn half_index(count: usize) -> Input {
    Input { files: listed(count, index_of(0..count / 2, |i| format!("Part {i}"))), ..Input::default() }
}

fn index_of(numbers: Range<usize>, title: fn(usize) -> String) -> String {
    let row = |i: usize| format!("| [VIP-{i}](vip-{i}.md) | {} | Draft |\n", title(i));
    format!("# All VIPs\n\n| VIP | Title | Status |\n|-|-|-|\n{}", numbers.map(row).collect::<String>())
}

/// So many proposals, and the index page `page`.
fn listed(count: usize, page: String) -> Vec<(String, String)> {
    let proposal =
        |i: usize| (format!("docs/vip-{i}.md"), format!("# VIP-{i}: Part {i}\n\n- Status: Draft\n\n## Scope\n"));
    [("docs/README.md".to_owned(), page)].into_iter().chain((0..count).map(proposal)).collect()
}

//! All links lead where they did, and nothing new is wrong, after anything in a small workspace is renamed, moved or fixed.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::FileFailurePersistence;
use vip_lsp::document::{Destination, Document, Edited, Proposal, ReferenceKind};
use vip_lsp::features::actions::actions;
use vip_lsp::features::fix_all::{Safety, fix_all, fix_all_of};
use vip_lsp::features::rewrite::Rewrite;
use vip_lsp::rules::Severity;
use vip_lsp::template::Template;
use vip_lsp::text::{Offset, apply};
use vip_lsp::workspace::{DocumentEdits, DocumentId, Workspace};

const TEMPLATE: &str = "# VIP-`$NUMBER`: `$TITLE`\n\n- **Status**: _one of ['Draft', 'Accepted']_\n- **Requires**: _(Numbers)_\n\n\
                        ## Summary _(20 words at most)_\n\n_Say what changes._\n\n## Design\n\n_Say how._\n\n### Costs\n\n## Notes _(optional)_\n";

/// The files of the workspace; `docs/other/vip-3.md` and what is no Markdown stay as they are.
const FILES: [&str; 5] = ["docs/vip-1.md", "docs/vip-2 (a).md", "docs/other/vip-3.md", "README.md", "notes/größe.md"];

const OTHERS: [&str; 4] = ["docs/vip-template.md", "docs/img/d.svg", "docs/other/e f.png", "notes/g#1.png"];

/// Lines of documents; paths count from `docs`.
const LINES: [&str; 44] = [
    "## Summary",
    "## Sumary",
    "## Design",
    "## Design",
    "### Costs",
    "### Cost",
    "## Notes _(optional)_",
    "## VIP-1 and `code` <a id=\"own\"></a>",
    "## Größe {#g}",
    "> ## Summary",
    "Design\n---",
    "<h2>Design</h2>",
    "<a name=\"n\"></a>\n## Notes",
    "# VIP-1: Again",
    "_Say what changes._",
    "1. _Say how._\n   - mine [x](#design)",
    "- **Status**: Acepted",
    "[s](#summary) [m](#sumary) [d](#design-1) [g](#g) [n](#n)",
    "[a](vip-1.md#design) [b](<vip-2 (a).md#summary> \"t\") [c](other/vip-3.md#costs)",
    "[a](./vip-1.md) [b](vip-2%20%28a%29.md#design-1) [c](other/)",
    "[t](#vip-1-a) [u](vip-1.md#vip-1-a) [v](vip-1#vip-1-a)",
    "![d](img/d.svg) [![e](<other/e f.png>)](other/vip-3.md)",
    "<img src=\"img/d.svg\"> <a href='vip-1.md#design'>x</a>",
    "[l] [VIP-1][l] [VIP-1] ![i][l]",
    "[l]: vip-1.md#summary",
    "[VIP-1]: vip-1.md 'title'",
    "[unused]:\n  img/d.svg",
    "VIP-1, VIP-002 and https://x.org/VIP-1, `VIP-1`",
    "[VIP-1](vip-1.md) [VIP-2](<./vip-2 (a).md>)",
    "[w](../README.md#design) [n](../notes/gr%C3%B6%C3%9Fe.md) [p](../notes/g%231.png)",
    "[gone](gone.md) [none](#none) [x](vip-1.md#none)",
    "> [q](\n> vip-1.md#design)",
    "| # | VIP |\n| - | - |\n| 1 | [VIP-1](vip-1.md#summary) |",
    "- [VIP-1: A](vip-1.md)\n- [VIP-2: B](<vip-2 (a).md>)",
    "```\n[c](vip-1.md#design)\n```",
    "$A[i](vip-1.md)$ text",
    "Words of the author's.",
    "<!-- [c](vip-1.md) -->",
    "- a\n\n  [in](other/vip-3.md#summary)\n- b",
    "[same](vip-1.md#summary) [same](vip-1.md#Summary)",
    "## A [VIP-2](<vip-2 (a).md>) link",
    "[h](#a-vip-2-link) [k](#vip-1-and-code-)",
    "Text\\\nwith [e](vip&#45;1.md) &amp; [f](img/d&#46;svg)",
    "### Costs\n\n### Costs\n\n[c2](#costs-2) [c1](#costs-1)",
];

/// What can be done.
#[derive(Clone, Debug)]
enum Deed {
    /// Files or folders get other names.
    Move(&'static str, &'static str),
    /// The proposal at this place gets a number.
    Renumber(usize, &'static str),
    /// The heading at this place of a document gets a name.
    Rename(usize, usize, &'static str),
    /// The quick fix at this place is taken.
    Fix(usize, usize),
    /// A source action.
    Rewrite(usize, Rewrite),
    /// All safe fixes, or all that are preferred.
    FixAll(usize, bool),
}

const MOVES: [(&str, &str); 14] = [
    ("docs", "proposals (new)/deep"),
    ("docs/other", "docs/moved #1"),
    ("docs/other", "else where"),
    ("docs/img", "docs/pictures"),
    ("docs/img/d.svg", "docs/img/d (1).svg"),
    ("docs/other/e f.png", "e.png"),
    ("docs/vip-1.md", "docs/vip-9.md"),
    ("docs/vip-1.md", "docs/other/vip-1.md"),
    ("docs/vip-2 (a).md", "docs/vip-2 100%.md"),
    ("docs/other/vip-3.md", "vip-3.md"),
    ("README.md", "docs/README.md"),
    ("notes", "docs/notes"),
    ("notes/größe.md", "notes/a?b.md"),
    ("notes/g#1.png", "docs/g.png"),
];

const NAMES: [&str; 6] = ["Summary", "Design", "New *name*", "Größe 2", "A (b) c", "x & y"];

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        4 => select(MOVES.to_vec()).prop_map(|(from, to)| Deed::Move(from, to)),
        2 => (0..3_usize, select(vec!["9", "12", "VIP-7"])).prop_map(|(file, number)| Deed::Renumber(file, number)),
        4 => (0..FILES.len(), 0..10_usize, select(NAMES.to_vec())).prop_map(|(file, place, name)| Deed::Rename(file, place, name)),
        6 => (0..FILES.len(), 0..30_usize).prop_map(|(file, place)| Deed::Fix(file, place)),
        2 => (0..FILES.len(), select(Rewrite::ALL.to_vec())).prop_map(|(file, rewrite)| Deed::Rewrite(file, rewrite)),
        2 => (0..FILES.len(), any::<bool>()).prop_map(|(file, is_safe)| Deed::FixAll(file, is_safe)),
    ]
}

fn lines() -> impl Strategy<Value = String> {
    prop::collection::vec(select(LINES.to_vec()), 0..9).prop_map(|lines| lines.join("\n\n") + "\n")
}

/// `line` as it is written in `file`, whose folder is not `docs`.
fn placed(lines: &str, file: &str) -> String {
    let up = match file {
        "README.md" => "docs/",
        "docs/other/vip-3.md" => "../",
        "notes/größe.md" => "../docs/",
        _ => return lines.to_owned(),
    };
    let names = [
        "vip-1",
        "vip-2%20",
        "vip-2 (a)",
        "other/",
        "img/",
        "./vip-1",
        "./vip-2",
        "../README",
        "../notes",
        "vip&#45;1",
    ];
    let mut placed = lines.to_owned();
    for start in ["](", "](<", "]: ", "]:\n  ", "src=\"", "href='", "](\n> "] {
        for name in names {
            placed = placed.replace(&format!("{start}{name}"), &format!("{start}{up}{name}"));
        }
    }
    placed
}

type Files = BTreeMap<PathBuf, String>;

fn files(bodies: &[String; 5]) -> Files {
    let starts = [
        "# VIP-1: A\n\n- **Status**: Draft\n- **Requires**: VIP-2\n\n",
        "# VIP-2: B\n\n- **Status**: Draft\n- **Requires**: VIP-1\n\n",
        "# VIP-3: C\n\n- **Status**: Accepted\n- **Requires**: none\n\n",
        "",
        "# Notes\n\n",
    ];
    let written = FILES.iter().zip(starts).zip(bodies);
    let mut files: Files =
        written.map(|((file, start), body)| (PathBuf::from(file), format!("{start}{}", placed(body, file)))).collect();
    files.extend(OTHERS.map(|file| (PathBuf::from(file), String::new())));
    files.insert(PathBuf::from(OTHERS[0]), TEMPLATE.to_owned());
    files
}

/// A workspace of `files`, on the disk, since links lead to files that are there.
fn workspace(files: &Files) -> (tempfile::TempDir, Workspace) {
    let folder = tempfile::tempdir().expect("a folder");
    let top = folder.path().canonicalize().expect("it is there");
    for (path, content) in files {
        let path = top.join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("it is made");
        std::fs::write(path, content).expect("it is written");
    }
    let workspace = Workspace::default();
    workspace.set_roots(vec![top]);
    workspace.read_all();
    (folder, workspace)
}

/// Where something leads: a file, and in it the place of an anchor.
type Target = (PathBuf, Option<usize>);

/// What the links, images and HTML of each file lead to, one after the other; none for one that leads nowhere.
fn targets(files: &Files) -> BTreeMap<PathBuf, Vec<(ReferenceKind, Option<Target>)>> {
    let template = Template::derive(TEMPLATE, None);
    let mut found = BTreeMap::new();
    for path in files.keys().filter(|path| path.extension().is_some_and(|extension| extension == "md")) {
        let document = Document::closed(&files[path]);
        let proposal = Proposal::of(&document, &template);
        let target = |to: &Destination| match to {
            Destination::Anchor(name) => Some((path.clone(), Some(anchor(&document, name)?))),
            Destination::File(to, name) => {
                let folder = path.parent().unwrap_or(Path::new(""));
                let target = vip_lsp::workspace::files::normalize(&folder.join(to));
                let named = [target.clone(), target.with_extension("md")];
                let file = named
                    .into_iter()
                    .find(|path| files.contains_key(path) || files.keys().any(|own| own.starts_with(path)))?;
                let place = name.as_ref().and_then(|name| anchor(&Document::closed(files.get(&file)?), name));
                Some((file, place))
            }
            _ => None,
        };
        let links = proposal.references().iter().filter(|found| found.kind != ReferenceKind::Mention);
        found.insert(path.clone(), links.map(|found| (found.kind, target(&found.to))).collect());
    }
    found
}

fn anchor(document: &Document, name: &str) -> Option<usize> {
    document.anchor_names().place(name)
}

/// What is wrong in each file: the rule, and what is said without the place.
fn faults(workspace: &Workspace, files: &Files) -> BTreeMap<PathBuf, Vec<(&'static str, String)>> {
    let top = workspace.roots()[0].clone();
    let mut found = BTreeMap::new();
    for path in files.keys().filter(|path| path.extension().is_some_and(|extension| extension == "md")) {
        let id = DocumentId::file(&top.join(path));
        let page = workspace.page_of(&id, Arc::new(Document::closed(&files[path])));
        let list = page.map(|page| workspace.diagnostics(&page)).unwrap_or_default();
        found.insert(path.clone(), list.iter().map(|found| (found.rule.id, found.message.to_string())).collect());
    }
    found
}

/// The edits of a deed, and the files that get other names after them.
struct Done {
    changes: Vec<DocumentEdits>,
    moves: Vec<(PathBuf, PathBuf)>,
    /// The rules that may find something new: what the deed's name says.
    allowed: &'static [&'static str],
    /// The document whose own words the deed changes.
    own: Option<PathBuf>,
}

fn done(workspace: &Workspace, files: &Files, deed: &Deed) -> Option<Done> {
    let top = workspace.roots()[0].clone();
    let page = |file: &str| {
        let document = Document::closed(&files[Path::new(file)]);
        workspace.page_of(&DocumentId::file(&top.join(file)), Arc::new(document))
    };
    let own = |file: &str, fixed: Edited| {
        let page = page(file)?;
        let Edited { edits, anchors } = fixed;
        let change = DocumentEdits { anchors, ..DocumentEdits::of(page.id().clone(), page.document.clone(), edits) };
        Some(workspace.follow_elsewhere(vec![change]))
    };
    match *deed {
        Deed::Move(from, to) => {
            let moves = vec![(top.join(from), top.join(to))];
            let changes = workspace.rename_files(&moves);
            Some(Done { changes, moves, allowed: &["duplicate-number", "title-format"], own: None })
        }
        Deed::Renumber(file, number) => {
            let page = page(FILES[file])?;
            let renaming = workspace.renaming_at(&page, Offset::new(6))?;
            let changes = workspace.rename(&page, &renaming, number).ok()?;
            Some(Done {
                changes: changes.documents,
                moves: changes.file.into_iter().collect(),
                allowed: &[],
                own: None,
            })
        }
        Deed::Rename(file, place, name) => {
            let page = page(FILES[file])?;
            let heading = page.document.outline().iter().nth(place)?.1.heading.content;
            let renaming = workspace.renaming_at(&page, Offset::new(heading.end.get()))?;
            let changes = workspace.rename(&page, &renaming, name).ok()?;
            // The heading may have been the template's, or be now.
            let own = Some(PathBuf::from(FILES[file]));
            Some(Done { changes: changes.documents, moves: Vec::new(), allowed: &[], own })
        }
        Deed::Fix(file, place) => {
            let page = page(FILES[file])?;
            let around = workspace.around(&page);
            let diagnostics = workspace.diagnostics(&page);
            let proposal = page.proposal().within(&around);
            let offered_at = vip_lsp::features::actions::Target { span: page.text().span(), known: HashSet::new() };
            let offered = actions(&proposal, &diagnostics, &offered_at);
            let action = offered.into_iter().filter(|action| action.fix.elsewhere.is_none()).nth(place)?;
            let changes = own(FILES[file], action.fix.edits.into())?;
            Some(Done { changes, moves: Vec::new(), allowed: &[], own: Some(PathBuf::from(FILES[file])) })
        }
        Deed::Rewrite(file, rewrite) => {
            let page = page(FILES[file])?;
            let around = workspace.around(&page);
            let edits = rewrite.edits(&page.proposal().within(&around)).ok()?;
            let changes = own(FILES[file], edits)?;
            Some(Done { changes, moves: Vec::new(), allowed: &[], own: Some(PathBuf::from(FILES[file])) })
        }
        Deed::FixAll(file, is_safe) => {
            let page = page(FILES[file])?;
            let around = workspace.around(&page);
            let proposal = page.proposal().within(&around);
            let edits = match is_safe {
                true => fix_all(&proposal, page.severities()),
                false => fix_all_of(&proposal, page.severities(), Safety::Any, Severity::Hint),
            };
            let changes = own(FILES[file], edits)?;
            Some(Done { changes, moves: Vec::new(), allowed: &[], own: Some(PathBuf::from(FILES[file])) })
        }
    }
}

/// Where `path` is after `moves`.
fn moved(path: &Path, moves: &[(PathBuf, PathBuf)]) -> PathBuf {
    let renamed = moves.iter().find_map(|(from, to)| {
        let rest = path.strip_prefix(from).ok()?;
        Some(if rest.as_os_str().is_empty() { to.clone() } else { to.join(rest) })
    });
    renamed.unwrap_or_else(|| path.to_owned())
}

fn check(bodies: &[String; 5], deed: &Deed) -> Result<(), TestCaseError> {
    let before = files(bodies);
    let (folder, workspace) = workspace(&before);
    let top = folder.path().canonicalize().expect("it is there");
    let Some(done) = done(&workspace, &before, deed) else { return Ok(()) };
    let moves: Vec<_> = done.moves.iter().map(|(from, to)| (below(&top, from), below(&top, to))).collect();
    if moves.iter().any(|(_, to)| before.contains_key(to)) {
        return Ok(());
    }
    let mut changed = before.clone();
    for DocumentEdits { id, document, edits, .. } in &done.changes {
        let DocumentId::File(path) = id else { unreachable!("all are files") };
        prop_assert!(edits.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start), "{edits:?}");
        changed.insert(below(&top, path), apply(document.text(), edits).to_string());
    }
    let after: Files = changed.into_iter().map(|(path, content)| (moved(&path, &moves), content)).collect();
    let (_folder, now) = self::workspace(&after);
    let (old, new) = (targets(&before), targets(&after));
    let said = || format!("{deed:?} made\n{before:#?}\n{after:#?}");
    for (path, links) in &old {
        let now = &new[&moved(path, &moves)];
        let is_own = done.own.as_ref() == Some(path);
        // A fix may take links away with the template's words, or bring some; none that leads nowhere.
        let astray = |links: &[(ReferenceKind, Option<Target>)]| links.iter().filter(|(_, to)| is_astray(to)).count();
        prop_assert!(astray(now) <= astray(links), "{}", said());
        if is_own && links.len() != now.len() {
            continue;
        }
        prop_assert_eq!(links.len(), now.len(), "{}", said());
        // Sections that change places take their links with them.
        let said_by = |files: &Files, links: &[(ReferenceKind, Option<Target>)]| {
            let targets = links.iter().flat_map(|(_, to)| to);
            targets.map(|(file, place)| (file.clone(), says(files, file, *place))).collect::<Vec<_>>()
        };
        let mut left = said_by(&after, now);
        let mut is_left = |(file, said): &(PathBuf, Option<String>)| {
            let is_it = |(other, now): &(PathBuf, Option<String>)| {
                *other == moved(file, &moves) && (said.is_none() || now == said)
            };
            let place = left.iter().position(is_it);
            place.map(|place| left.remove(place)).is_some()
        };
        let mut led = said_by(&before, links);
        // Those that lead to a heading first: the others may lead to any place of the file.
        led.sort_by_key(|(_, said)| said.is_none());
        if is_own && led.iter().all(&mut is_left) {
            continue;
        }
        for ((kind, led), (_, leads)) in links.iter().zip(now) {
            let Some((file, place)) = led else { continue };
            let wanted = moved(file, &moves);
            let is_there = leads.as_ref().is_some_and(|(now, at)| {
                let is_same = match (place, at) {
                    (None, _) => true,
                    (Some(_), None) => false,
                    (Some(old), Some(new)) if done.own.as_ref() == Some(file) => {
                        let count = |files: &Files, file: &Path| Document::closed(&files[file]).anchors().len();
                        let is_said = says(&before, file, *place) == says(&after, now, *at);
                        old == new || is_said || count(&before, file) != count(&after, now)
                    }
                    (old, new) => old == new,
                };
                *now == wanted && is_same
            });
            prop_assert!(is_there, "{kind:?} led to {led:?} and leads to {leads:?}: {}", said());
        }
    }
    let (wrong, now) = (faults(&workspace, &before), faults(&now, &after));
    for (path, faults) in &now {
        let known = wrong.iter().find(|(old, _)| moved(old, &moves) == *path).map(|(_, known)| known.clone());
        let known: BTreeSet<_> = known.unwrap_or_default().into_iter().map(|(rule, _)| rule).collect();
        // What else a fix leaves is held by the properties of fixes.
        if done.own.as_ref().is_some_and(|own| moved(own, &moves) == *path) {
            continue;
        }
        for (rule, message) in faults {
            prop_assert!(
                known.contains(rule) || done.allowed.contains(rule) || rule.starts_with("index"),
                "{message} in {path:?}: {}",
                said()
            );
        }
    }
    Ok(())
}

/// Whether it leads to nothing, or to nothing in the file.
fn is_astray(target: &Option<Target>) -> bool {
    target.is_none()
}

/// What the anchor at `place` of `file` says; a heading's number may be another.
fn says(files: &Files, file: &Path, place: Option<usize>) -> Option<String> {
    let document = Document::closed(files.get(file)?);
    let anchor = document.anchors().get(place?)?;
    let text = document.text().slice(anchor.span).into_owned();
    Some(text.chars().filter(|sign| !sign.is_ascii_digit()).collect())
}

fn below(top: &Path, path: &Path) -> PathBuf {
    path.strip_prefix(top).expect("it is below").to_owned()
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: Some(Box::new(FileFailurePersistence::WithSource("regressions"))),
        ..ProptestConfig::with_source_file(file!())
    })]

    #[test]
    fn links_lead_where_they_did_whatever_is_done(
        bodies in [lines(), lines(), lines(), lines(), lines()], deed in deed(),
    ) {
        check(&bodies, &deed)?;
    }
}

//! `vip-lsp init --life-cycle`: the states of a family, from its template and what its documents did in git.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use crate::cli::open::{opened, root};
use crate::cli::paths::{current, named, relative};
use crate::document::is_end;
use crate::terms::{self, Meaning};
use crate::workspace::{DocumentId, FILE_NAMES, Family, Moves, toml_string};

/// From this number of documents on, what happened once may be an exception.
const ENOUGH: usize = 10;

/// What is below this percentage of all that happened may be an exception.
const RARE: usize = 5;

/// Returns the file for the states of the family called `name`, or of the only one, and the lines to add to it.
pub(super) fn propose(name: Option<&str>) -> Result<(PathBuf, String), String> {
    let folder = current()?;
    let top = root(&folder);
    let workspace = opened(top.clone());
    let families = workspace.documents_by_family();
    let (family, documents) = chosen(&families, name)?;
    let id = DocumentId::File(documents[0].clone());
    let file = match workspace.config(&id) {
        Some(config) => config.path.clone(),
        None => home(documents, &families).unwrap_or(top).join(FILE_NAMES[0]),
    };
    if !workspace.template(&id).life_cycle.stages.is_empty() {
        return Err(format!("{}: family \"{}\" already has a life cycle", named(relative(&file)), family.name));
    }
    let moves = workspace.moves_of(documents);
    if moves.states.is_empty() {
        return Err(format!(
            "family \"{}\" has no states: its template lists none, and git knows no status that two documents share",
            family.name
        ));
    }
    Ok((file, lines(&family.name, &moves)))
}

type Families = [(Arc<Family>, Vec<PathBuf>)];

/// Returns the family called `name`, or the only one, and its documents.
fn chosen<'a>(families: &'a Families, name: Option<&str>) -> Result<&'a (Arc<Family>, Vec<PathBuf>), String> {
    let names = || families.iter().map(|(family, _)| toml_string(&family.name)).collect::<Vec<_>>().join(", ");
    match (families, name) {
        ([], _) => Err("no family here has documents; see vip-lsp families".to_owned()),
        ([one], None) => Ok(one),
        (_, None) => Err(format!("several families are here; name one with --family: {}", names())),
        (_, Some(name)) => {
            let found = families.iter().find(|(family, _)| family.name == name);
            found.ok_or_else(|| format!("no family is called \"{name}\"; there is {}", names()))
        }
    }
}

/// Returns the folder whose settings are those of `documents` alone, if there are other families. `None` if that is the root.
fn home(documents: &[PathBuf], families: &Families) -> Option<PathBuf> {
    if families.len() == 1 {
        return None;
    }
    let folder = documents[0].ancestors().skip(1);
    let mut folders = folder.filter(|folder| documents.iter().all(|document| document.starts_with(folder)));
    folders.next().map(PathBuf::from)
}

/// Returns the settings for `moves` of the family called `name`.
fn lines(name: &str, moves: &Moves) -> String {
    let source = match (moves.is_listed, moves.documents) {
        (true, 0) => "from the values in its template; git knows nothing about them".to_owned(),
        (true, count) => format!("from the values in its template and what {} did in git", documents(count)),
        (false, count) => format!("from what {} did in git, as its template lists none", documents(count)),
    };
    let mut lines = format!("# The states of \"{}\", {source}. Review them.\n", name.replace(char::is_control, " "));
    for place in 0..moves.states.len() {
        lines += &stage(moves, place);
    }
    lines
}

fn documents(count: usize) -> String {
    if count == 1 { "one document".to_owned() } else { format!("{count} documents") }
}

/// Returns the settings of the state at `place`.
fn stage(moves: &Moves, place: usize) -> String {
    let state = &moves.states[place];
    let mut lines = format!("\n[life-cycle.{}]\n", toml_string(state));
    let (starts, all) = (moves.starts[place], moves.starts.iter().sum());
    // Whatever came in elsewhere, the template starts with its first state.
    if is_usual(moves, starts, all) || moves.is_listed && place == 0 {
        let count = if starts == 0 { String::new() } else { format!(" # {}", documents(starts)) };
        lines += &format!("start = true{count}\n");
    }
    let own: BTreeMap<usize, usize> =
        moves.counts.iter().filter(|((from, _), _)| *from == place).map(|((_, to), count)| (*to, *count)).collect();
    let all = own.values().sum();
    let (usual, rare): (Vec<_>, Vec<_>) = own.iter().partition(|(_, count)| is_usual(moves, **count, all));
    let mut next: Vec<usize> = usual.iter().map(|(to, _)| **to).collect();
    next.extend(supposed(moves, place, next.is_empty()).into_iter().filter(|to| !own.contains_key(to)));
    next.sort_unstable();
    next.dedup();
    let names: Vec<String> = next.iter().map(|to| toml_string(&moves.states[*to])).collect();
    // Where nothing is known of what follows, anything may.
    let is_known = !own.is_empty() || is_end(state) || moves.is_listed && moves.counts.is_empty() && !next.is_empty();
    lines += &match is_known {
        true => format!("next = [{}]\n", names.join(", ")),
        false => "# next is left out, as git knows of no document that has left this state\n".to_owned(),
    };
    for (to, count) in usual {
        lines += &format!("# {}: {}\n", moves.states[*to], times(*count));
    }
    for (to, count) in rare {
        lines += &format!("# left out: {}, {}\n", moves.states[*to], times(*count));
    }
    lines
}

fn times(count: usize) -> String {
    if count == 1 { "once".to_owned() } else { format!("{count} times") }
}

/// Whether what happened `count` times of `all` is no exception.
fn is_usual(moves: &Moves, count: usize, all: usize) -> bool {
    count > 0 && (moves.documents < ENOUGH || count > 1 && count * 100 >= all * RARE)
}

/// Returns the states that may follow the one at `place` by the order of the template and what they mean: those that end a proposal and,
/// if nothing is `known` of what follows, the next one.
fn supposed(moves: &Moves, place: usize, is_unknown: bool) -> Vec<usize> {
    let states = &moves.states;
    if is_end(&states[place]) {
        return Vec::new();
    }
    let is_decided = matches!(terms::status(&states[place]), Some(Meaning::Accepted | Meaning::Implemented));
    let replaces = |state: &String| matches!(terms::status(state), Some(Meaning::Superseded | Meaning::Deprecated));
    let fits = |state: &String| is_end(state) && replaces(state) == is_decided;
    let mut found: Vec<usize> = (0..states.len()).filter(|other| fits(&states[*other])).collect();
    if is_unknown && moves.is_listed {
        found.extend((place + 1..states.len()).find(|other| !is_end(&states[*other])));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::expect;

    fn moves(states: &[&str], documents: usize, starts: &[usize], counts: &[((usize, usize), usize)]) -> Moves {
        Moves {
            states: states.iter().map(|state| (*state).to_owned()).collect(),
            is_listed: true,
            documents,
            starts: starts.to_vec(),
            counts: counts.iter().copied().collect(),
        }
    }

    #[test]
    fn what_happened_often_is_proposed_and_what_happened_once_is_named() {
        let states = ["Draft", "Review", "Final", "Withdrawn"];
        let counts = [((0, 1), 30), ((1, 2), 20), ((1, 0), 4), ((0, 2), 1), ((0, 3), 3)];
        let found = lines("adr", &moves(&states, 40, &[39, 1, 0, 0], &counts));
        expect![[r#"
            # The states of "adr", from the values in its template and what 40 documents did in git. Review them.

            [life-cycle."Draft"]
            start = true # 39 documents
            next = ["Review", "Withdrawn"]
            # Review: 30 times
            # Withdrawn: 3 times
            # left out: Final, once

            [life-cycle."Review"]
            next = ["Draft", "Final", "Withdrawn"]
            # Draft: 4 times
            # Final: 20 times

            [life-cycle."Final"]
            # next is left out, as git knows of no document that has left this state

            [life-cycle."Withdrawn"]
            next = []
        "#]]
        .assert_eq(&found);
    }

    #[test]
    fn without_a_history_the_order_of_the_template_counts() {
        let states = ["Proposed", "Accepted", "Rejected", "Superseded by \"x\""];
        let found = lines("adr", &moves(&states, 0, &[0; 4], &[]));
        expect![[r#"
            # The states of "adr", from the values in its template; git knows nothing about them. Review them.

            [life-cycle."Proposed"]
            start = true
            next = ["Accepted", "Rejected"]

            [life-cycle."Accepted"]
            next = ["Superseded by \"x\""]

            [life-cycle."Rejected"]
            next = []

            [life-cycle."Superseded by \"x\""]
            next = []
        "#]]
        .assert_eq(&found);
    }
}

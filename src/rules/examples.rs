//! The template that the examples in the rules' documentation follow.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{LooksAt, Rule};
use crate::document::{
    Before, Destination, Deviation, Document, Evidence, Facts, Listing, Neighbor, Proposal, Share, Surroundings, Target,
};
use crate::syntax::{AnchorNames, Origin};
use crate::template::{LifeCycle, Overrides, Stage, Template};

/// A family with a title, a limit, and an optional section.
pub(super) const TEMPLATE: &str = "\
# XIP-NNN: Title

- **Status**: _one of ['Draft', 'Accepted', 'Implemented']_
- **Author(s)**: _(Names)_
- **Pull Request**: _(Link to the discussion, if any)_
- **Release**: _(The first one that has it, if any, in at most 12 characters)_

## Summary _(8 words at most)_

_Say what changes._

## Design

_Say how it works._

_Say what else was weighed._

## Notes _(optional)_

- **How was it measured?** Or is there a benchmark?
";

/// Returns `document`, an example of `rule`, read with `template`, which is that of the examples.
pub(super) fn example<'a>(rule: &Rule, document: &'a Document, template: &'a Template) -> Proposal<'a> {
    let around = if rule.id == "illegal-transition" { &CHANGED } else { &PLAIN };
    let proposal = Proposal::of(document, template).within(around);
    if rule.looks_at == LooksAt::IndexPages { proposal.as_index() } else { proposal }
}

/// The surroundings of the examples: `xip-2.md` and `xip-4.md`, with the template's sections.
#[derive(Debug)]
pub(super) struct Beside {
    /// The status before.
    pub(super) before: Option<&'static str>,
}

pub(super) static PLAIN: Beside = Beside { before: None };
pub(super) static CHANGED: Beside = Beside { before: Some("Draft") };

/// Returns the template with a life cycle.
pub(super) fn template() -> Template {
    let stage = |name: &str, next: &[&str]| {
        let next = next.iter().map(|next| (*next).to_owned()).collect();
        Stage { name: name.to_owned(), next: Some(next), ..Stage::default() }
    };
    let accepted = Stage { keys: vec!["Pull Request".to_owned()], ..stage("Accepted", &["Implemented"]) };
    let stages = vec![stage("Draft", &["Accepted"]), accepted, stage("Implemented", &[])];
    let overrides = Overrides { life_cycle: Some(LifeCycle { stages }), ..Overrides::default() };
    Template::derive(TEMPLATE, None).with(&overrides)
}

impl Surroundings for Beside {
    fn target(&self, to: &Destination) -> Target {
        let anchors = ["summary", "design", "notes"];
        let of_anchor = |anchor: &str| match anchors.contains(&anchor) {
            true => Target::There,
            false => Target::NoAnchor(Arc::new(AnchorNames::of_each(anchors.map(|name| vec![name.to_owned()])))),
        };
        match to {
            Destination::File(path, _) if path != "xip-2.md" && path != "xip-4.md" => Target::NoFile,
            Destination::Anchor(anchor) | Destination::File(_, Some(anchor)) => of_anchor(anchor),
            Destination::File(..) => Target::There,
            Destination::Above(_) | Destination::Number(_) | Destination::Label(_) => Target::Unknown,
        }
    }

    fn origin(&self) -> Option<Origin> {
        None
    }

    fn files_in(&self, _: &str) -> Vec<String> {
        vec!["xip-2.md".to_owned()]
    }

    fn images_in(&self, _: &str) -> Vec<String> {
        Vec::new()
    }

    fn headings(&self, _: Option<&str>) -> Vec<(String, String)> {
        Vec::new()
    }

    fn other_with_number(&self, number: &str) -> Option<String> {
        (number == "2").then(|| "xip-2.md".to_owned())
    }

    fn other_on_branch(&self, _: &str) -> Option<(String, String)> {
        None
    }

    fn proposal_at(&self, to: &Destination) -> Option<Neighbor> {
        let Destination::File(path, _) = to else { return None };
        self.proposals_in("").into_iter().find(|neighbor| neighbor.name == *path)
    }

    fn proposals_in(&self, _: &str) -> Vec<Neighbor> {
        let proposal = |number: &str, title: &str| {
            let facts = Facts {
                number: Some(number.to_owned()),
                title: format!("XIP-{number}: {title}"),
                status: Some("Accepted".to_owned()),
                ..Facts::default()
            };
            let name = format!("xip-{number}.md");
            Neighbor { file: PathBuf::from(&name), name, facts: Arc::new(facts) }
        };
        vec![proposal("2", "Warm caches"), proposal("4", "Hot caches")]
    }

    fn listings(&self) -> Vec<Listing> {
        Vec::new()
    }

    fn share(&self, _: Deviation) -> Share {
        Share::default()
    }

    fn is_later(&self, _: Deviation) -> bool {
        false
    }

    fn before(&self) -> Before {
        self.before.map_or(Before::Unknown, |status| Before::Status(status.to_owned()))
    }

    fn status_since(&self) -> Option<String> {
        None
    }

    fn current_template(&self) -> Option<Arc<Template>> {
        None
    }

    fn is_by_letter(&self) -> bool {
        false
    }

    fn is_judged_in_full(&self) -> bool {
        true
    }

    fn evidence(&self) -> Evidence {
        Evidence::default()
    }

    fn author(&self) -> Option<String> {
        Some("A. Author".to_owned())
    }

    fn today(&self) -> (i32, u8, u8) {
        (2026, 1, 30)
    }

    fn document(&self, _: &Path) -> Option<Arc<Document>> {
        None
    }
}

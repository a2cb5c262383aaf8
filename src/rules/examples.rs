//! The template that the examples in the rules' documentation follow.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{LooksAt, Rule};
use crate::document::{
    Before, Destination, Deviation, Document, Evidence, Facts, Listing, Neighbor, Proposal, SaidBy, Share, Statement,
    Surroundings, Target,
};
use crate::syntax::{AnchorNames, Origin};
use crate::template::{
    BodyDemands, LifeCycle, Overrides, Pattern, ReferenceDemands, SectionOverrides, Stage, Template,
};
use crate::terms::RelationKind;

/// A family with a title, a limit, and an optional section.
pub(crate) const TEMPLATE: &str = "\
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

/// Surroundings without a workspace, for the tests of rules and for the fixes that a rule's page lists: `xip-2.md` and `xip-4.md`,
/// with the template's sections.
#[derive(Debug)]
pub(super) struct Beside {
    /// The status before.
    pub(super) before: Option<&'static str>,
}

pub(super) static PLAIN: Beside = Beside { before: None };
pub(super) static CHANGED: Beside = Beside { before: Some("Draft") };

/// Returns the template with a life cycle, and with the settings that `rule` needs.
pub(super) fn template_for(rule: &str) -> Template {
    let order = ["Status", "Author(s)", "Pull Request", "Release"].map(str::to_owned).to_vec();
    let mut overrides = Overrides::default();
    match rule {
        "unexpected-metadata" | "metadata-order" => overrides.key_order = Some(order),
        "reference-form" => {
            let prefixes = vec![("XIP".to_owned(), Vec::new())];
            overrides.references = Some(ReferenceDemands { prefixes, ..ReferenceDemands::default() });
        }
        "forbidden-text" => {
            let forbidden = Pattern::compile("a curly quote", "[“”‘’]").into_iter().collect();
            overrides.body = Some(BodyDemands { forbidden, ..BodyDemands::default() });
        }
        "section-text" => {
            let text = Some("None.".to_owned());
            overrides.add(SectionOverrides { name: "Notes".to_owned(), text, ..SectionOverrides::default() });
        }
        _ => {}
    }
    template().with(&overrides)
}

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

    fn named(&self, to: &Destination) -> Option<Neighbor> {
        let Destination::Number(number) = to else { return self.proposal_at(to) };
        related().into_iter().find(|neighbor| neighbor.facts.number.as_ref() == Some(number))
    }

    fn stated_by(&self, other: &Neighbor) -> Vec<(Statement, Neighbor)> {
        let named = |says: &Statement| Some((says.clone(), self.named(&says.to)?));
        other.facts.relations.iter().filter_map(named).collect()
    }

    fn is_said_by(&self, other: &Neighbor, is_meant: &dyn Fn(RelationKind) -> bool) -> bool {
        let is_this = |to: &Destination| *to == Destination::Number("1".to_owned());
        other.facts.relations.iter().any(|says| is_meant(says.kind) && is_this(&says.to))
    }

    fn stated_about(&self) -> Vec<(Statement, Neighbor)> {
        Vec::new()
    }

    fn first_to_say(&self, _: RelationKind, by: SaidBy) -> Option<PathBuf> {
        (by == SaidBy::Status).then(|| PathBuf::from("xip-2.md"))
    }

    fn has_successors(&self) -> bool {
        true
    }

    fn leads_back(&self, kind: RelationKind, other: &Neighbor) -> bool {
        other.facts.relations.iter().any(|says| says.kind == kind && says.to == Destination::Number("1".to_owned()))
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

    fn document(&self, path: &Path) -> Option<Arc<Document>> {
        let neighbor = related().into_iter().find(|neighbor| neighbor.file == path)?;
        let status = neighbor.facts.status.clone().unwrap_or_default();
        Some(Arc::new(Document::closed(&format!(
            "# {}\n\n- **Status**: {status}\n\n## Summary\n",
            neighbor.facts.title
        ))))
    }
}

/// Returns the proposals that the examples name in their metadata: `xip-1.md` stands for the example itself, `xip-5.md` says that it
/// is superseded by it, `xip-6.md` requires it, `xip-7.md` is a draft, and `xip-8.md` was rejected.
fn related() -> Vec<Neighbor> {
    let relation = |kind: RelationKind| {
        let (to, by) = (Destination::Number("1".to_owned()), SaidBy::Key);
        Statement { kind, to, by, is_plain: true, line: 2 }
    };
    let proposal = |number: &str, status: &str, relation: Option<Statement>| {
        let facts = Facts {
            number: Some(number.to_owned()),
            title: format!("XIP-{number}: Caches"),
            status: Some(status.to_owned()),
            relations: relation.into_iter().collect(),
            ..Facts::default()
        };
        let name = format!("xip-{number}.md");
        Neighbor { file: PathBuf::from(&name), name, facts: Arc::new(facts) }
    };
    vec![
        proposal("1", "Accepted", None),
        proposal("2", "Accepted", None),
        proposal("5", "Accepted", Some(relation(RelationKind::SupersededBy))),
        proposal("6", "Accepted", Some(relation(RelationKind::Requires))),
        proposal("7", "Draft", None),
        proposal("8", "Rejected", None),
    ]
}

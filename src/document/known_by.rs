//! Collects the facts about a proposal.

use super::day::day_of;
use super::{Facts, Proposal, SectionFacts, bare};
use crate::syntax::fold_space;
use crate::template::plain_digits;
use crate::terms::KeyKind;
use crate::text::{Offset, Text};

impl Proposal<'_> {
    /// Returns the facts about the proposal.
    pub fn facts(&self) -> &Facts {
        self.facts.get_or_init(|| Facts::of(self))
    }
}

impl SectionFacts {
    /// Returns the sections of `proposal` and their parts, in order.
    pub fn of(proposal: &Proposal<'_>) -> Vec<SectionFacts> {
        let outline = proposal.document.outline().iter();
        let sections =
            outline.filter(|(id, section)| Some(*id) != proposal.title_id() && !section.heading.text.is_empty());
        let section = |section: &crate::syntax::Section| SectionFacts {
            name: section.heading.text.clone(),
            line: line_at(proposal.text(), section.heading.span.start),
        };
        sections.map(|(_, found)| section(found)).collect()
    }
}

/// Returns the line of `text` with `offset`, from 0.
fn line_at(text: &Text, offset: Offset) -> u32 {
    u32::try_from(text.line_at(offset)).unwrap_or(u32::MAX)
}

impl Facts {
    /// Returns the number of `proposal`, from the file's name, or else from the title. A proposal that has moved has
    /// none.
    pub fn number_of(proposal: &Proposal<'_>) -> Option<String> {
        if proposal.is_moved() {
            return None;
        }
        let of_title = || {
            let own = proposal.title().map(|title| title.heading.text.clone()).filter(|title| !title.is_empty());
            let title = own.or_else(|| value(proposal, "title"))?;
            let number = proposal.template.read_number(&title)?;
            Some(plain_digits(&title[number.digits]))
        };
        proposal.number().map(str::to_owned).or_else(of_title)
    }

    /// Returns the facts about `proposal`.
    pub fn of(proposal: &Proposal<'_>) -> Facts {
        let text = proposal.text();
        // A heading that all documents have in common is not a title.
        let constant =
            proposal.template.title.as_ref().filter(|title| title.is_constant).map(|title| title.text.as_str());
        let own = proposal.title().map(|title| title.heading.text.clone());
        let own = own.filter(|title| !title.is_empty() && constant != Some(title));
        let source = |span| fold_space(&text.slice(span));
        let marked = proposal.title().map(|title| source(title.heading.content));
        let marked_title = marked.filter(|marked| own.as_ref().is_some_and(|own| own != marked));
        let name = || constant.and_then(|_| value(proposal, "name"));
        let title = own.or_else(|| value(proposal, "title")).or_else(name).or_else(|| file_name(proposal));
        let title = title.unwrap_or_default();
        let other_title = value(proposal, "title").filter(|other| *other != title);
        let own = Facts {
            name: page_name(proposal).unwrap_or_default(),
            other_title,
            number: Facts::number_of(proposal),
            line: line_at(text, proposal.title_span().start),
            status: proposal.status().map(|status| status.text.clone()),
            date: day_of(proposal),
            authors: value(proposal, "Author"),
            relations: proposal.relations().iter().map(|relation| relation.says.clone()).collect(),
            prefix: proposal.prefix().map(str::to_owned),
            is_moved: proposal.is_moved(),
            marked_title,
            title,
        };
        match proposal.demanded.sidecar {
            Some(sidecar) => own.with(sidecar, proposal.title().is_some()),
            None => own,
        }
    }

    /// Returns the facts in a file of metadata: `proposal` is that file.
    pub fn of_sidecar(proposal: &Proposal<'_>) -> Facts {
        let entry = |kind: KeyKind| {
            let metadata = proposal.front_matter()?;
            let entry = metadata.entry_of(kind).filter(|entry| !entry.value_text(proposal.text()).is_empty())?;
            Some(metadata.value(proposal.text(), entry))
        };
        let is_number = |said: &String| !said.is_empty() && said.bytes().all(|byte| byte.is_ascii_digit());
        let title = entry(KeyKind::Title).unwrap_or_default();
        Facts { number: entry(KeyKind::Number).filter(is_number), title, ..Facts::of(proposal) }
    }

    /// Returns these facts, with those that are missing taken from `sidecar`. Without a title of its own, the proposal has that of
    /// the sidecar.
    fn with(self, sidecar: &Facts, has_title: bool) -> Facts {
        let has_title = has_title || sidecar.title.is_empty();
        let relations = self.relations.iter().chain(&sidecar.relations).cloned().collect();
        Facts {
            number: self.number.or_else(|| sidecar.number.clone()),
            title: if has_title { self.title } else { sidecar.title.clone() },
            status: self.status.or_else(|| sidecar.status.clone()),
            date: self.date.or_else(|| sidecar.date.clone()),
            authors: self.authors.or_else(|| sidecar.authors.clone()),
            relations,
            ..self
        }
    }
}

/// Returns the value of `key`, in front matter or metadata, without marks around it.
fn value(proposal: &Proposal<'_>, key: &str) -> Option<String> {
    let text = proposal.text();
    let mut entries = proposal.all_metadata().filter_map(|metadata| metadata.entry(key));
    let entry = entries.find(|entry| !entry.value_text(text).is_empty())?;
    Some(match &entry.scalar {
        Some(says) => fold_space(says),
        None => fold_space(&text.slice(bare(text, entry.value))),
    })
}

/// Returns the name of the file, or of its folder if the file has the usual name of a folder's page.
fn page_name(proposal: &Proposal<'_>) -> Option<String> {
    let file = proposal.file()?;
    let stem = file.file_stem()?.to_str()?;
    let is_page = ["readme", "index"].iter().any(|page| stem.eq_ignore_ascii_case(page));
    let folder = file.parent().and_then(|folder| folder.file_name()?.to_str()).filter(|_| is_page);
    Some(folder.unwrap_or(stem).to_owned())
}

fn file_name(proposal: &Proposal<'_>) -> Option<String> {
    Some(proposal.file()?.file_stem()?.to_str()?.to_owned())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::document::Document;
    use crate::template::Template;

    fn facts(source: &str, file: &str) -> Facts {
        Facts::of(&Proposal::of(&Document::closed(source), &Template::built_in()).in_file(Path::new(file)))
    }

    #[test]
    fn facts_of_a_proposal() {
        let source = "\u{feff}# VIP-7: 💡 Cache\n\n- **Status**: _Accepted (1.2)_\n- **Author(s)**: _A. Author_\n\n## Own\n\n### Part\n";
        let document = Document::closed(source);
        let sections = SectionFacts::of(&Proposal::of(&document, &Template::built_in()));
        let sections: Vec<_> = sections.iter().map(|section| (section.name.as_str(), section.line)).collect();
        assert_eq!(sections, [("Own", 5), ("Part", 7)]);
        assert_eq!(
            facts(source, "docs/vip-07.md"),
            Facts {
                number: Some("07".to_owned()),
                title: "VIP-7: 💡 Cache".to_owned(),
                marked_title: None,
                name: "vip-07".to_owned(),
                other_title: None,
                line: 0,
                status: Some("Accepted (1.2)".to_owned()),
                date: None,
                authors: Some("A. Author".to_owned()),
                relations: [].into(),
                prefix: None,
                is_moved: false,
            }
        );
    }

    #[test]
    fn front_matter_may_have_another_title() {
        let found = facts("---\ntitle: A cache for all\n---\n\n# VIP-7: Cache\n\n## Own\n", "vip-7.md");
        assert_eq!((found.title.as_str(), found.other_title.as_deref()), ("VIP-7: Cache", Some("A cache for all")));
    }

    #[test]
    fn a_status_that_the_template_starts_with_is_one() {
        let template =
            |status: &str| Template::derive(&format!("# XIP-NNN: Title\n\n- Status: {status}\n\n## A\n"), None);
        for (status, expected) in [("Draft", Some("Draft")), ("_(one of these)_", None), ("{draft | final}", None)] {
            let document = Document::closed(&format!("# XIP-1: C\n\n- Status: {status}\n\n## A\n"));
            let template = template(status);
            assert_eq!(Proposal::of(&document, &template).facts().status.as_deref(), expected, "{status}");
        }
    }

    #[test]
    fn a_status_is_what_its_words_say() {
        for status in
            ["✅ Accepted", "[Accepted](a.md)", "<b>Accepted</b>", "~~Draft~~ Accepted", "**Accepted** <!-- x -->"]
        {
            let found =
                facts(&format!("# VIP-7: A\n\n- **Status**: {status}\n- **Release**: 1\n\n## Own\n"), "vip-7.md");
            assert_eq!(found.status.as_deref(), Some("Accepted"), "{status}");
        }
    }

    #[test]
    fn a_title_may_stand_in_the_front_matter_or_nowhere() {
        let with_front_matter = facts("---\ntitle: \"VIP-3: C\"\n---\n\n## Scope\n", "cache.md");
        assert_eq!((with_front_matter.title.as_str(), with_front_matter.number.as_deref()), ("VIP-3: C", Some("3")));
        let with_code = facts("---\ntitle: Run `it`\n---\n\n## Scope\n", "cache.md");
        assert_eq!(with_code.title, "Run `it`");
        let without = facts("## Scope\n", "docs/vip-12.md");
        assert_eq!((without.title.as_str(), without.number.as_deref()), ("vip-12", Some("12")));
    }
}

//! The title of a proposal as another page writes it.

use std::borrow::Cow;

use super::row::escaped;
use super::{Facts, Proposal};
use crate::syntax::rendered;

/// The signs that may mean something in Markdown, within a line.
const SIGNS: [char; 9] = ['*', '_', '`', '[', ']', '<', '>', '~', '&'];

impl Proposal<'_> {
    /// Returns the title in the `facts` of a proposal of this family, without its number, as Markdown that reads like it elsewhere: with
    /// the author's marks, or else with escapes for what would be some. Links stay behind.
    pub fn written_title<'b>(&self, facts: &'b Facts) -> Cow<'b, str> {
        let plain = self.title_of(facts);
        let Some(marked) = &facts.marked_title else { return Cow::Borrowed(plain) };
        let marked = self.without_number(marked, facts);
        let is_same = !marked.contains(['[', '<', '!']) && rendered(marked) == plain;
        match is_same {
            true => Cow::Borrowed(marked),
            false if rendered(plain) == plain => Cow::Borrowed(plain),
            false => Cow::Owned(escaped(plain, &SIGNS)),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::document::{Document, Proposal};
    use crate::syntax::rendered;
    use crate::template::Template;

    #[test]
    fn a_title_reads_the_same_on_another_page() {
        let template = Template::built_in();
        for (heading, expected) in [
            ("# VIP-7: A plain one", "A plain one"),
            ("# VIP-7: Use `map` *once*", "Use `map` *once*"),
            ("# VIP-7: See [it](a.md) now", "See it now"),
            ("# VIP-7: Add \\<T\\> to [x](a.md)", "Add \\<T\\> to x"),
            ("# VIP-7: Lists \\*a\\*", "Lists \\*a\\*"),
            ("# VIP-7: Run `a | b`", "Run `a | b`"),
            ("---\ntitle: Run `it`\n---\n", "Run `it`"),
        ] {
            let document = Document::closed(&format!("{heading}\n\n## Scope\n"));
            let proposal = Proposal::of(&document, &template).in_file(Path::new("vip-7.md"));
            let written = proposal.written_title(proposal.facts());
            assert_eq!(written, expected, "{heading}");
            let plain = proposal.title_of(proposal.facts());
            assert!(heading.starts_with("---") || rendered(&written) == plain, "{heading}");
        }
    }
}

//! Documents that only say where their content has moved to.

use super::Proposal;
use crate::syntax::{Block, BlockKind};
use crate::terms::{self, Meaning};

/// The maximum length of such a document's text, in words.
const MAX_WORDS: usize = 40;

/// Phrases for a move, in addition to a link.
const MOVED: [&str; 8] = ["moved", "renamed", "relocated", "see ", "superseded", "replaced", "merged into", "now at"];

impl Proposal<'_> {
    /// Whether the document only says that it has moved, or where to. It has given up its number then.
    pub fn is_moved(&self) -> bool {
        let outline = self.document.outline();
        if outline.iter().nth(1).is_some() {
            return false;
        }
        let is_text = |block: &&Block| !block.is_heading() && block.kind != BlockKind::Html;
        let mut blocks = self.document.blocks().list.iter().filter(is_text);
        let (Some(only), None) = (blocks.next(), blocks.next()) else { return false };
        let text = self.text().slice(only.span);
        let leads_on = text.contains("](") || text.contains(".md") || text.contains("://");
        let lower = text.to_lowercase();
        only.kind == BlockKind::Paragraph
            && leads_on
            && text.split_whitespace().take(MAX_WORDS + 1).count() <= MAX_WORDS
            && (MOVED.iter().any(|word| lower.contains(word)) || says_moved(&lower) || is_link(&text))
    }
}

/// Whether `text`, in lowercase, says that the document has moved, in any language.
fn says_moved(text: &str) -> bool {
    [Meaning::Moved, Meaning::Superseded].iter().any(|meaning| terms::find_within(text, *meaning).is_some())
}

/// Whether `text` is just a link or a path.
fn is_link(text: &str) -> bool {
    let text = text.trim();
    // An image leads nowhere.
    if text.starts_with("![") {
        return false;
    }
    !text.contains(char::is_whitespace)
        || text.starts_with('[') && text.ends_with(')') && text.matches("](").count() == 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Document, Facts};
    use crate::template::Template;

    fn number(source: &str) -> Option<String> {
        let (template, document) = (Template::built_in(), Document::closed(source));
        Facts::number_of(&Proposal::of(&document, &template).in_file("docs/vip-7.md".as_ref()))
    }

    #[test]
    fn a_document_that_says_where_it_is_now_has_no_number() {
        for source in [
            "Moved to [VIP-8](vip-8.md).\n",
            "vip-8.md",
            "# VIP-7：缓存\n\n已移至 [VIP-8](vip-8.md)。\n",
            "Remplacé par [VIP-8](vip-8.md).\n",
            "[VIP-8: 💡 A](vip-8.md)\n",
            "# VIP-7: Cache\n\n<!-- x -->\n\nThis document was renamed. Please see [VIP-8](vip-8.md).\n",
            "---\nlayout: default\n---\n\nMoved to <https://example.org/vip-8>.\n",
        ] {
            assert_eq!(number(source), None, "{source}");
        }
    }

    #[test]
    fn a_document_that_says_anything_else_has_its_number() {
        for source in [
            "",
            "# VIP-7: Cache\n",
            "A cache, moved to memory.\n",
            "Read [this](a.md) first.\n",
            "# VIP-7\n\nMoved to [8](vip-8.md).\n\n## Scope\n",
            "# VIP-7\n\n- **Status**: Accepted\n\nMoved to [8](vip-8.md).\n",
            "# VIP-7\n\nMoved to [8](vip-8.md).\n\nOr so.\n",
            "![picture](a.png)\n",
        ] {
            assert_eq!(number(source).as_deref(), Some("7"), "{source}");
        }
        assert_eq!(number(&format!("Moved to [8](vip-8.md). {}\n", "word ".repeat(40))).as_deref(), Some("7"));
    }
}

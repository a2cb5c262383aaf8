//! The Markdown of a text: blocks, headings, prose, key–value entries.
//!
//! There is one reader (`closed`). An open document keeps its reading in pieces and, after an edit, reads the piece around the edit
//! again (`incremental`, `pieces`). A closed document is read in a single pass. Both yield the same [`Blocks`], [`Outline`] and
//! [`Links`], which are all that the layers above see.

mod anchor_names;
mod anchors;
mod blocks;
mod closed;
mod comments;
mod entries;
mod events;
mod fences;
mod fold;
mod front_matter;
mod header;
mod heading;
mod html;
mod html_rows;
mod incremental;
mod items;
mod kept;
mod labels;
mod link_parts;
mod links;
mod math;
mod navigation;
mod nested;
mod nesting;
mod numbering;
mod outline;
mod paragraphs;
mod piece_anchors;
mod pieces;
mod prose;
mod redefined;
mod runs;
mod slugs;
mod source;
mod toml;
mod value;
mod yaml;

pub use anchor_names::AnchorNames;
pub use anchors::{Anchor, AnchorKind, anchors, has_name};
pub use blocks::{Block, BlockKind, Blocks};
pub use closed::{Reading, blocks, read};
pub use comments::comments;
pub use entries::{Entry, entries, marker_length, rows, table_cells};
pub(crate) use entries::{item_content, split_key};
pub use fences::FrontMatterError;
pub use fold::fold;
pub use front_matter::{Body, fields, front_matter_error, is_toml, list_values, nested, unclosed_front_matter};
pub use header::{Header, without_break};
pub use heading::{Heading, Tail, rendered};
pub use html::is_entity;
pub use html_rows::{html_rows, html_table};
pub use incremental::{Editing, Parsed};
pub use items::items;
pub use kept::{Kept, Origin};
pub use links::{Definition, Link, LinkKind, Links, Undefined};
pub use navigation::{Navigation, NavigationEntry, flow_title};
pub use nested::{Node, Says};
pub use nesting::parts_at;
pub use numbering::{is_digit, numbering_length};
pub use outline::{Outline, Section, SectionId};
pub use paragraphs::{Mark, Paragraph, besides_paragraphs, comment_block, paragraphs};
pub use pieces::Piece;
pub use prose::{count_words, fold_space, words};
pub use redefined::{Redefined, redefined};
pub use runs::{TextRun, text_runs};
pub use source::MAX_BYTES;
pub use value::{said, strip_signs};

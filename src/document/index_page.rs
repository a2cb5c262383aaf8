//! A page that lists proposals.

use std::ops::Deref;

use super::rows::rows;
use super::{Listed, Proposal, Row};
use crate::text::Span;

/// A page that lists proposals, row by row. It is read with the template of the proposals, which tells numbers from titles. What
/// any document has, such as links, comes from [`Proposal`].
#[derive(Clone, Copy, Debug)]
pub struct IndexPage<'p, 'a>(&'p Proposal<'a>);

impl<'a> Proposal<'a> {
    /// Returns this proposal as an index page, if it is one; see [`Proposal::as_index`].
    pub fn index_page(&self) -> Option<IndexPage<'_, 'a>> {
        self.is_index.then_some(IndexPage(self))
    }
}

impl<'a> Deref for IndexPage<'_, 'a> {
    type Target = Proposal<'a>;

    fn deref(&self) -> &Proposal<'a> {
        self.0
    }
}

impl<'p> IndexPage<'p, '_> {
    /// Returns the rows of the page, in order.
    pub fn rows(self) -> &'p [Row] {
        self.0.rows.get_or_init(|| rows(self.0))
    }

    /// Returns the row at the place of `span`.
    pub fn row_at(self, span: Span) -> Option<&'p Row> {
        let rows = self.rows();
        let after = rows.partition_point(|row| row.span.start <= span.start);
        rows.get(after.checked_sub(1)?).filter(|row| row.span.touches(span.end))
    }

    /// Returns the proposals that the page lists, which `read` reads on first request.
    pub(super) fn once_listed(self, read: impl FnOnce(Self) -> Vec<Listed>) -> &'p [Listed] {
        self.0.listed.get_or_init(|| read(self))
    }
}

//! Text and places in it. Inside the server, every place is a byte offset; lines and columns are computed at the edge.

mod buffer;
mod edit;
mod position;
mod rounds;

use std::ops::{Add, Sub};

pub use buffer::{LineEnding, Text};
pub use edit::{Edit, apply};
pub use position::{Encoding, Position};
pub use rounds::Rounds;

/// A place in a text: the number of UTF-8 bytes before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Offset(usize);

impl Offset {
    /// The start of every text.
    pub const ZERO: Offset = Offset(0);

    /// The place after `bytes` bytes.
    pub const fn new(bytes: usize) -> Offset {
        Offset(bytes)
    }

    /// The number of bytes before this place.
    pub const fn get(self) -> usize {
        self.0
    }
}

/// Something that has places in a text, and can be moved to other places.
pub trait Placed {
    /// Returns `self` with each of its places mapped by `place`.
    fn placed(self, place: impl Fn(Span) -> Span) -> Self;
}

impl Placed for Span {
    fn placed(self, place: impl Fn(Span) -> Span) -> Span {
        place(self)
    }
}

impl<T: Placed> Placed for Vec<T> {
    fn placed(self, place: impl Fn(Span) -> Span) -> Vec<T> {
        self.into_iter().map(|one| one.placed(&place)).collect()
    }
}

impl<T: Placed> Placed for Option<T> {
    fn placed(self, place: impl Fn(Span) -> Span) -> Option<T> {
        self.map(|one| one.placed(place))
    }
}

impl Add<usize> for Offset {
    type Output = Offset;

    fn add(self, bytes: usize) -> Offset {
        Offset(self.0 + bytes)
    }
}

impl Sub<Offset> for Offset {
    type Output = usize;

    fn sub(self, earlier: Offset) -> usize {
        self.0.saturating_sub(earlier.0)
    }
}

/// A half-open range of bytes: from `start` up to, but not including, `end`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first byte.
    pub start: Offset,
    /// The byte after the last one; never before `start`.
    pub end: Offset,
}

impl Span {
    /// The bytes from `start` up to `end`; empty at `start` when `end` lies before it.
    pub fn new(start: Offset, end: Offset) -> Span {
        Span { start, end: end.max(start) }
    }

    /// The empty span at `offset`.
    pub fn empty(offset: Offset) -> Span {
        Span { start: offset, end: offset }
    }

    /// The span of `range` in a slice that itself starts at `base`.
    pub fn of_range(base: Offset, range: std::ops::Range<usize>) -> Span {
        Span::new(base + range.start, base + range.end)
    }

    /// Returns this span counted from `base`.
    pub fn relative_to(self, base: Offset) -> Span {
        Span { start: Offset(self.start - base), end: Offset(self.end - base) }
    }

    /// Returns this span in a text that has `bytes` more bytes in front of it.
    pub fn behind(self, bytes: usize) -> Span {
        Span { start: self.start + bytes, end: self.end + bytes }
    }

    /// The length in bytes.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether the span has no bytes.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether the byte at `offset` is in the span.
    pub fn contains(self, offset: Offset) -> bool {
        self.start <= offset && offset < self.end
    }

    /// Whether a cursor at `offset` is in the span or at one of its ends.
    pub fn touches(self, offset: Offset) -> bool {
        self.start <= offset && offset <= self.end
    }

    /// Whether the two spans share a byte or an end.
    pub fn meets(self, other: Span) -> bool {
        self.start <= other.end && other.start <= self.end
    }
}

//! Splits the links of a text into parts, and joins them again.

use super::links::{Definition, Link, Links, Undefined};
use crate::text::{Offset, Placed, Span};

/// Something with a start in a text.
trait Starts {
    fn start(&self) -> Offset;
}

impl Starts for Link {
    fn start(&self) -> Offset {
        self.span.start
    }
}

impl Placed for Link {
    fn placed(self, place: impl Fn(Span) -> Span) -> Link {
        Link { span: place(self.span), target: self.target.map(place), ..self }
    }
}

impl Starts for Definition {
    fn start(&self) -> Offset {
        self.span.start
    }
}

impl Placed for Definition {
    fn placed(self, place: impl Fn(Span) -> Span) -> Definition {
        Definition { span: place(self.span), target: self.target.map(place), ..self }
    }
}

impl Starts for Undefined {
    fn start(&self) -> Offset {
        self.span.start
    }
}

impl Placed for Undefined {
    fn placed(self, place: impl Fn(Span) -> Span) -> Undefined {
        Undefined { span: place(self.span), ..self }
    }
}

impl Starts for Span {
    fn start(&self) -> Offset {
        self.start
    }
}

impl Links {
    /// Appends `links`, whose places count in a part that starts after `bytes` bytes and comes after all links in
    /// `self`.
    pub(super) fn extend_behind(&mut self, links: &Links, bytes: usize) {
        fn extend<T: Placed + Clone>(own: &mut Vec<T>, others: &[T], bytes: usize) {
            own.extend(others.iter().map(|other| other.clone().placed(|span| span.behind(bytes))));
        }
        extend(&mut self.links, &links.links, bytes);
        extend(&mut self.definitions, &links.definitions, bytes);
        extend(&mut self.undefined, &links.undefined, bytes);
        extend(&mut self.prose, &links.prose, bytes);
        extend(&mut self.linked, &links.linked, bytes);
    }

    /// Removes everything that starts at `end` or after it.
    pub(super) fn truncate(&mut self, end: Offset) {
        fn truncate<T: Starts>(list: &mut Vec<T>, end: Offset) {
            list.truncate(list.partition_point(|one| one.start() < end));
        }
        truncate(&mut self.links, end);
        truncate(&mut self.definitions, end);
        truncate(&mut self.undefined, end);
        truncate(&mut self.prose, end);
        truncate(&mut self.linked, end);
    }
}

/// The links of a text, to be taken part by part.
pub(super) struct LinkParts {
    links: Ordered<Link>,
    definitions: Ordered<Definition>,
    undefined: Ordered<Undefined>,
    prose: Ordered<Span>,
    linked: Ordered<Span>,
}

/// The rest of a list.
struct Ordered<T>(std::iter::Peekable<std::vec::IntoIter<T>>);

impl<T: Placed + Starts> Ordered<T> {
    fn of(list: Vec<T>) -> Ordered<T> {
        Ordered(list.into_iter().peekable())
    }

    fn next(&mut self, start: Offset, end: Offset) -> Vec<T> {
        let next = std::iter::from_fn(|| self.0.next_if(|one| one.start() < end));
        next.map(|one| one.placed(|span| span.relative_to(start))).collect()
    }
}

impl LinkParts {
    /// Creates the parts of `links`.
    pub(super) fn of(links: Links) -> LinkParts {
        LinkParts {
            links: Ordered::of(links.links),
            definitions: Ordered::of(links.definitions),
            undefined: Ordered::of(links.undefined),
            prose: Ordered::of(links.prose),
            linked: Ordered::of(links.linked),
        }
    }

    /// Takes the remaining links that start before `end`, with their places counted from `start`.
    pub(super) fn next(&mut self, start: Offset, end: Offset) -> Links {
        Links {
            links: self.links.next(start, end),
            definitions: self.definitions.next(start, end),
            undefined: self.undefined.next(start, end),
            prose: self.prose.next(start, end),
            linked: self.linked.next(start, end),
        }
    }
}

//! Values with keys and items in them.

use std::collections::HashMap;

use crate::text::Span;

/// A value in YAML, at its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// The place of the value: of a scalar without quotes, of a list or mapping from its first to its last item.
    pub span: Span,
    /// What it says.
    pub says: Says,
}

/// What a value says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Says {
    /// A scalar as parsed; empty for `null`.
    Scalar(String),
    /// Items.
    List(Vec<Node>),
    /// Keys, each with its place and its value.
    Map(Vec<(String, Span, Node)>),
}

/// The maximum number of values around a value.
const MAX_DEPTH: usize = 32;

impl Node {
    /// Returns the value of `key` in this mapping, with the place of the key.
    pub fn get(&self, key: &str) -> Option<(Span, &Node)> {
        let Says::Map(entries) = &self.says else { return None };
        entries.iter().find(|(own, ..)| own == key).map(|(_, span, node)| (*span, node))
    }

    /// Returns the items, if all of them are scalars and there is one: what each says, and its place.
    pub fn items(&self) -> Option<Vec<(&str, Span)>> {
        let Says::List(items) = &self.says else { return None };
        let item = |item: &'_ Node| match &item.says {
            Says::Scalar(_) => Some(item.span),
            _ => None,
        };
        let places = items.iter().map(item).collect::<Option<Vec<Span>>>()?;
        let says = items.iter().filter_map(Node::scalar);
        (!items.is_empty()).then(|| says.zip(places).collect())
    }

    /// Returns what this scalar says.
    pub fn scalar(&self) -> Option<&str> {
        if let Says::Scalar(says) = &self.says { Some(says) } else { None }
    }
}

/// Puts a value together from its parts, in order.
#[derive(Debug, Default)]
pub(super) struct Builder {
    /// The open lists and mappings, each with the key whose value comes next.
    open: Vec<(Node, Option<(String, Span)>)>,
    /// What the scalars with anchors say.
    anchors: HashMap<usize, String>,
    whole: Option<Node>,
}

impl Builder {
    /// Returns what the scalar with this `anchor` says.
    pub(super) fn anchored(&self, anchor: usize) -> String {
        self.anchors.get(&anchor).cloned().unwrap_or_default()
    }

    /// Adds a scalar.
    pub(super) fn scalar(&mut self, anchor: Option<usize>, says: String, span: Span) -> Option<()> {
        if let Some(anchor) = anchor.filter(|anchor| *anchor > 0) {
            self.anchors.insert(anchor, says.clone());
        }
        match self.open.last_mut() {
            Some((Node { says: Says::Map(_), .. }, key @ None)) => *key = Some((says, span)),
            _ => self.add(Node { span, says: Says::Scalar(says) })?,
        }
        Some(())
    }

    /// Starts a list or mapping. `None` if it is too deep, or a key.
    pub(super) fn open(&mut self, says: Says, span: Span) -> Option<()> {
        let is_key = matches!(self.open.last(), Some((Node { says: Says::Map(_), .. }, None)));
        (!is_key && self.open.len() < MAX_DEPTH).then_some(())?;
        self.open.push((Node { span, says }, None));
        Some(())
    }

    /// Ends the list or mapping that was started last.
    pub(super) fn close(&mut self, span: Span) -> Option<()> {
        let (node, _) = self.open.pop()?;
        let last = match &node.says {
            Says::List(items) => items.last().map(|item| item.span.end),
            Says::Map(entries) => entries.last().map(|(_, key, node)| node.span.end.max(key.end)),
            Says::Scalar(_) => None,
        };
        // A list in lines ends where the next key starts.
        let end = if span.is_empty() { last.unwrap_or(span.end) } else { span.end };
        let first = match &node.says {
            Says::Map(entries) if node.span.is_empty() => entries.first().map(|(_, key, _)| key.start),
            _ => None,
        };
        let start = first.unwrap_or(node.span.start);
        self.add(Node { span: Span::new(start, end.max(start)), ..node })
    }

    fn add(&mut self, value: Node) -> Option<()> {
        match self.open.last_mut() {
            Some((Node { says: Says::List(items), .. }, _)) => items.push(value),
            Some((Node { says: Says::Map(entries), .. }, key)) => {
                let (key, span) = key.take()?;
                entries.push((key, span, value));
            }
            _ if self.whole.is_none() => self.whole = Some(value),
            // Another document in the same text.
            _ => return None,
        }
        Some(())
    }

    /// Returns the value, if it is a mapping.
    pub(super) fn finish(self) -> Option<Node> {
        self.whole.filter(|node| matches!(node.says, Says::Map(_)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::nested;
    use crate::text::Text;

    /// Returns the keys and scalars in `node` with their places' text.
    fn told(text: &Text, node: &Node) -> String {
        match &node.says {
            Says::Scalar(says) if text.slice(node.span) == says.as_str() => says.clone(),
            Says::Scalar(says) => format!("{says}={}", text.slice(node.span)),
            Says::List(items) => {
                format!("[{}]", items.iter().map(|item| told(text, item)).collect::<Vec<_>>().join("|"))
            }
            Says::Map(entries) => {
                let told = |(key, span, node): &(String, Span, Node)| {
                    assert_eq!(text.slice(*span), key.as_str());
                    format!("{key}:{}", told(text, node))
                };
                format!("{{{}}}", entries.iter().map(told).collect::<Vec<_>>().join("|"))
            }
        }
    }

    fn read(source: &str) -> Option<String> {
        let text = Text::new(source);
        nested(&text, text.span()).map(|node| told(&text, &node))
    }

    #[test]
    fn lists_and_mappings_are_read_in_lines_and_in_brackets() {
        let expected = "{a:[b|c d]|m:{x:v1|y:}|g:[{n:N|c:[p|q]}]|s:it's=it''s}";
        for source in [
            "a:\n  - b # one\n  - \"c d\"\nm:\n  x: 'v1' # x\n  y:\ng:\n  - n: N\n    c:\n    - p\n    - q\ns: 'it''s'\n",
            "a: [b, \"c d\"]\nm: {x: v1, y: }\ng: [{n: N, c: [p, q]}]\ns: 'it''s'",
            "---\na: [b, c d]\nm: {x: v1, y: null}\n\ng:\n- n: N\n  c: [p, q]\ns: 'it''s'\n---\n",
            "a: [\n  b,\n  c d,\n]\nm: {\n  x: v1, y: \n\n}\ng: [{n: N, c: [p, q\n]}\n]\ns: 'it''s'\n",
            "a: [\r\n  b, c d\r\n]\r\nm: {x: v1, y:\r\n}\r\ng: [{n: N, c: [p, q]}]\r\ns: 'it''s'\r\n",
            "--- # the keys\na: [b, c d]\r\nm: {x: v1, y: }\r\ng: [{n: N, c: [p, q]}]\r\ns: 'it''s'\r\n",
        ] {
            let found = read(source).map(|found| found.replace("=null", ""));
            assert_eq!(found.as_deref(), Some(expected), "{source}");
        }
    }

    #[test]
    fn places_are_exact() {
        let text = Text::new("é: 💡\nm:\n  a: [1, 2] # c\n  b: x\nn: y\n");
        let node = nested(&text, text.span()).expect("it is valid");
        let place = |key: &str| text.slice(node.get(key).expect("it is there").1.span).into_owned();
        assert_eq!((place("é"), place("n")), ("💡".to_owned(), "y".to_owned()));
        assert_eq!(place("m"), "a: [1, 2] # c\n  b: x");
        let (_, map) = node.get("m").expect("it is there");
        assert_eq!(text.slice(map.get("a").expect("it is there").1.span), "[1, 2]");
    }

    #[test]
    fn what_is_not_valid_or_too_deep_says_nothing() {
        let deep = format!("a: {}{}\n", "[".repeat(100), "]".repeat(100));
        for source in ["a: [b", "- a\n", "a\n", "", "[a]: b\n", "a: b\n---\nc: d\n", "+++\na = 1\n+++\n", &deep] {
            assert_eq!(read(source), None, "{source}");
        }
        // An anchor of a list is not repeated.
        assert_eq!(read("a: &x [b]\nc: *x\nd: &y e\nf: *y\n").as_deref(), Some("{a:[b]|c:=*x|d:e=&y e|f:e=*y}"));
    }
}

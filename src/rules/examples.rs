//! The template that the examples in the rules' documentation follow.

use crate::document::{Destination, Surroundings, Target};

/// A family with a title, a limit, and an optional section.
pub(super) const TEMPLATE: &str = "\
# XIP-NNN: Title

- **Status**: _one of ['Draft', 'Accepted', 'Implemented']_
- **Author(s)**: _(Names)_
- **Pull Request**: _(Link to the discussion, if any)_
- **Release**: _(The first one that has it, if any)_

## Summary _(8 words at most)_

_Say what changes._

## Design

_Say how it works._

### Alternatives

_Say what else was weighed._

## Notes _(optional)_

- **How was it measured?** Or is there a benchmark?
";

/// The documents around the examples: `xip-2.md`, with the template's sections.
#[derive(Debug)]
pub(super) struct Beside;

impl Surroundings for Beside {
    fn target(&self, to: &Destination) -> Target {
        let anchors = ["summary", "design", "notes"];
        let of_anchor = |anchor: &str| match anchors.contains(&anchor) {
            true => Target::There,
            false => Target::NoAnchor(anchors.map(str::to_owned).to_vec()),
        };
        match to {
            Destination::File(path, _) if path != "xip-2.md" => Target::NoFile,
            Destination::Anchor(anchor) | Destination::File(_, Some(anchor)) => of_anchor(anchor),
            Destination::File(..) => Target::There,
            Destination::Number(_) | Destination::Label(_) => Target::Unknown,
        }
    }

    fn files_beside(&self) -> Vec<String> {
        vec!["xip-2.md".to_owned()]
    }

    fn others_with_number(&self, number: &str) -> Vec<String> {
        if number == "2" { vec!["xip-2.md".to_owned()] } else { Vec::new() }
    }
}

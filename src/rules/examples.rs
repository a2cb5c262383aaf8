//! The template that the examples in the rules' documentation follow.

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

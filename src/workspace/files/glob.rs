//! Globs from untrusted sources. They are checked against limits before they are compiled, because a deeply nested pattern takes
//! up the stack, and many long ones the memory.

use globset::{Glob, GlobBuilder};

/// The maximum length of a glob in bytes.
const MAX_LENGTH: usize = 1000;

/// The maximum depth of nested braces.
const MAX_DEPTH: usize = 8;

/// The maximum number of globs in a list.
pub(in crate::workspace) const MOST: usize = 1000;

/// Compiles the glob `pattern`, in which `*` and `?` do not match slashes.
///
/// # Errors
///
/// When it is invalid or beyond the limits; the text says how.
pub(in crate::workspace) fn compile(pattern: &str) -> Result<Glob, String> {
    check(pattern)?;
    let glob = GlobBuilder::new(pattern).literal_separator(true).build();
    glob.map_err(|error| format!("not a valid glob: {}", error.kind()))
}

/// Checks that `pattern` may be compiled.
///
/// # Errors
///
/// When it is beyond the limits; the text says how.
fn check(pattern: &str) -> Result<(), String> {
    check_length(pattern)?;
    let (mut depth, mut deepest) = (0_usize, 0);
    for byte in pattern.bytes() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    match deepest > MAX_DEPTH {
        true => Err(format!("braces in a glob are nested at most {MAX_DEPTH} deep, not {deepest}")),
        false => Ok(()),
    }
}

/// Checks that `pattern` is not longer than a glob may be.
///
/// # Errors
///
/// When it is too long; the text says so.
pub(in crate::workspace) fn check_length(pattern: &str) -> Result<(), String> {
    match pattern.len() > MAX_LENGTH {
        true => Err(format!("a glob has at most {MAX_LENGTH} bytes, not {}", pattern.len())),
        false => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globs_are_bounded_before_they_are_compiled() {
        let check = |pattern: &str, expected: Result<(), &str>| {
            let found = compile(pattern).map(drop);
            assert_eq!(found, expected.map_err(str::to_owned), "{pattern:.40}");
        };
        check("docs/{a,{b,c}}/**/*.md", Ok(()));
        check(&format!("{}a{}", "{".repeat(8), "}".repeat(8)), Ok(()));
        check(&"{a,".repeat(300), Err("braces in a glob are nested at most 8 deep, not 300"));
        check(&"{a,".repeat(100_000), Err("a glob has at most 1000 bytes, not 300000"));
        check("[", Err("not a valid glob: unclosed character class; missing ']'"));
    }
}

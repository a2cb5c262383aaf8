//! Limits on the size of a template. A template may come from anybody, and everything that it asks for costs work for each
//! document.

use super::instructions::MAX_INSTRUCTIONS;
use super::{Instructions, MetadataKey, TemplateSection};
use crate::text::{Offset, Span, Text};

/// The maximum number of sections in a template, at all levels.
const MAX_SECTIONS: usize = 2_000;

/// The maximum number of keys.
const MAX_KEYS: usize = 2_000;

/// The maximum number of values that a key may list.
const MAX_VALUES: usize = 1_000;

/// What exceeds a limit in a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excess {
    /// Where the excess starts.
    pub span: Span,
    /// What exceeds the limit, and the consequence.
    pub message: String,
}

/// Removes the sections over the limit.
pub(super) fn of_sections(sections: &mut Vec<TemplateSection>) -> Option<Excess> {
    let first = sections.get(MAX_SECTIONS)?.heading;
    let message = format!("a template has at most {MAX_SECTIONS} sections; the ones from here on are ignored");
    sections.truncate(MAX_SECTIONS);
    Some(Excess { span: first, message })
}

/// Removes the keys of the template `text` that are over the limit, and the values of keys that have too many.
pub(super) fn of_keys(text: &Text, keys: &mut Vec<MetadataKey>) -> Vec<Excess> {
    // The first occurrence of the name is precise enough to point at the key.
    let place = |key: &MetadataKey| {
        let start = text.to_string().find(&key.label).map_or(Offset::ZERO, Offset::new);
        Span::new(start, Offset::new((start.get() + key.label.len()).min(text.len())))
    };
    let mut found = Vec::new();
    if let Some(first) = keys.get(MAX_KEYS) {
        let message = format!("a template has at most {MAX_KEYS} keys; the ones from here on are ignored");
        found.push(Excess { span: place(first), message });
        keys.truncate(MAX_KEYS);
    }
    for key in keys.iter_mut().filter(|key| key.values.len() > MAX_VALUES) {
        let message = format!("a key has at most {MAX_VALUES} values, not {}; any value is accepted", key.values.len());
        found.push(Excess { span: place(key), message });
        (key.values, key.starts, key.nested) = Default::default();
    }
    found
}

/// Returns the excess of `instructions`, which do not keep it.
pub(super) fn of_instructions(instructions: &Instructions) -> Option<Excess> {
    let span = instructions.rest?;
    let message = format!("a template has at most {MAX_INSTRUCTIONS} instructions; the ones from here on are ignored");
    Some(Excess { span, message })
}

#[cfg(test)]
mod tests {
    use super::super::Template;

    #[test]
    fn what_is_too_much_is_left_out_and_told() {
        let check = |template: &str, counts: [usize; 3], expected: &[(usize, &str)]| {
            let template = Template::derive(template, None);
            let told: Vec<(usize, &str)> = template
                .excess
                .iter()
                .map(|excess| (template.text.line_at(excess.span.start), excess.message.as_str()))
                .collect();
            assert_eq!(told, expected);
            let found = [template.sections.len(), template.metadata.len(), template.instructions.len()];
            assert_eq!(found, counts, "{expected:?}");
        };
        let many = |count: usize, line: &dyn Fn(usize) -> String| (0..count).map(line).collect::<String>();
        check("# T\n\n- **A**: x | y\n\n## B\n\n_Say it._\n", [1, 1, 1], &[]);
        let sections = format!("# T\n\n{}", many(2_500, &|index| format!("## S{index}\n\n")));
        let message = "a template has at most 2000 sections; the ones from here on are ignored";
        check(&sections, [2_000, 0, 0], &[(4_002, message)]);
        let keys = format!("# T\n\n{}\n## B\n", many(2_500, &|index| format!("- **K{index}**: v\n")));
        let message = "a template has at most 2000 keys; the ones from here on are ignored";
        check(&keys, [1, 2_000, 0], &[(2_002, message)]);
        let values = format!("# T\n\n- **A**: *w{}*\n\n## B\n", many(1_500, &|index| format!(" | v{index}")));
        check(&values, [1, 1, 0], &[(2, "a key has at most 1000 values, not 1501; any value is accepted")]);
        let prompts = format!("# T\n\n## B\n\n{}", many(11_000, &|index| format!("_Say {index} of it._\n\n")));
        let message = "a template has at most 10000 instructions; the ones from here on are ignored";
        check(&prompts, [1, 0, 10_000], &[(20_004, message)]);
    }
}

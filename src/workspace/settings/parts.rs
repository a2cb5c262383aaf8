//! The settings of a state, a section, a metadata key, references and the text.

use super::table::{Form, Setting};
use crate::template::{BodyDemands, Constraint, ReferenceDemands, SectionOverrides, Stage, ValueKind};

/// The settings of one state.
pub(super) static STAGE_SETTINGS: [Setting<Stage>; 7] = [
    Setting {
        name: "next",
        summary: "the states that may follow; an empty list if none may, and any may follow if it is left out",
        example: "[\"Review\", \"Withdrawn\"]",
        form: Form::Values { set: |stage, values| stage.next = Some(values), default: &[] },
    },
    Setting {
        name: "start",
        summary: "whether a new proposal may start in this state; if no state says so, it may start in any",
        example: "true",
        form: Form::Flag(|stage, flag| stage.is_start = flag),
    },
    Setting {
        name: "keys",
        summary: "the metadata keys that must have a value",
        example: "[\"Discussion\"]",
        form: Form::Values { set: |stage, values| stage.keys = values, default: &[] },
    },
    Setting {
        name: "sections",
        summary: "the sections that must be filled in",
        example: "[\"Test Plan\"]",
        form: Form::Values { set: |stage, values| stage.sections = values, default: &[] },
    },
    Setting {
        name: "finished",
        summary: "whether no instruction or placeholder of the template may be left",
        example: "true",
        form: Form::Flag(|stage, flag| stage.is_finished = flag),
    },
    Setting {
        name: "release",
        summary: "whether the key Release must name a release",
        example: "true",
        form: Form::Flag(|stage, flag| stage.has_release = flag),
    },
    Setting {
        name: "date",
        summary: "whether the metadata must have a date",
        example: "true",
        form: Form::Flag(|stage, flag| stage.has_date = flag),
    },
];

pub(super) static SECTION_SETTINGS: [Setting<SectionOverrides>; 7] = [
    Setting {
        name: "aliases",
        summary: "other names of the section, reported as a wrong name and not as a missing section",
        example: "[\"Summary\", \"Overview\"]",
        form: Form::Values { set: |section, values| section.aliases = Some(values), default: &[] },
    },
    Setting {
        name: "optional",
        summary: "whether a proposal may omit the section",
        example: "true",
        form: Form::Flag(|section, flag| section.is_optional = Some(flag)),
    },
    Setting {
        name: "required-when",
        summary: "the values of metadata keys with which a proposal must have the section",
        example: "{\"Status\": [\"Withdrawn\"]}",
        form: Form::Conditions(|section, conditions| section.required_when = Some(conditions)),
    },
    Setting {
        name: "only-when",
        summary: "the values of metadata keys without which a proposal must not have the section",
        example: "{\"Type\": \"Standards Track\"}",
        form: Form::Conditions(|section, conditions| section.only_when = Some(conditions)),
    },
    Setting {
        name: "max-words",
        summary: "the maximum number of words in the section",
        example: "300",
        form: Form::Count(|section, count| section.word_limit = Some(count)),
    },
    Setting {
        name: "text",
        summary: "what the section must say, in these words",
        example: "\"Published under CC0.\"",
        form: Form::Text(|section, text| section.text = Some(text)),
    },
    Setting {
        name: "last",
        summary: "whether nothing may follow the section",
        example: "true",
        form: Form::Flag(|section, flag| section.is_last = Some(flag)),
    },
];

/// The settings of one metadata key.
pub(super) static KEY_SETTINGS: [Setting<Constraint>; 13] = [
    Setting {
        name: "type",
        summary: "the type of the value",
        example: "\"date\"",
        form: Form::Word(|key, word| key.kind = ValueKind::ALL.get(word).copied(), &ValueKind::WORDS),
    },
    Setting {
        name: "required",
        summary: "whether a proposal must have the key",
        example: "true",
        form: Form::Flag(|key, flag| key.is_required = Some(flag)),
    },
    Setting {
        name: "required-when",
        summary: "the values of other keys with which a proposal must have the key",
        example: "{\"Status\": [\"Withdrawn\"]}",
        form: Form::Conditions(|key, conditions| key.required_when = Some(conditions)),
    },
    Setting {
        name: "only-when",
        summary: "the values of other keys without which a proposal must not have the key",
        example: "{\"Type\": \"Standards Track\"}",
        form: Form::Conditions(|key, conditions| key.only_when = Some(conditions)),
    },
    Setting {
        name: "values",
        summary: "the allowed values",
        example: "[\"Core\", \"Interface\"]",
        form: Form::Values { set: |key, values| key.values = Some(values), default: &[] },
    },
    Setting {
        name: "min-characters",
        summary: "the minimum number of characters",
        example: "2",
        form: Form::Count(|key, count| key.min_characters = Some(count)),
    },
    Setting {
        name: "max-characters",
        summary: "the maximum number of characters",
        example: "44",
        form: Form::Count(|key, count| key.max_characters = Some(count)),
    },
    Setting {
        name: "max-words",
        summary: "the maximum number of words",
        example: "10",
        form: Form::Count(|key, count| key.max_words = Some(count)),
    },
    Setting {
        name: "pattern",
        summary: "regular expressions of which the value must match one, by what they stand for",
        example: "{\"a thread of the forum\": \"^https://forum\\\\.example\\\\.org/t/\"}",
        form: Form::Patterns(|key, patterns| key.patterns = Some(patterns)),
    },
    Setting {
        name: "forbidden",
        summary: "regular expressions that must have no match in the value, by what they stand for",
        example: "{\"a colon\": \":\"}",
        form: Form::Patterns(|key, patterns| key.forbidden = Some(patterns)),
    },
    Setting {
        name: "sorted",
        summary: "whether the numbers in the value must ascend",
        example: "true",
        form: Form::Flag(|key, flag| key.is_sorted = Some(flag)),
    },
    Setting {
        name: "handle",
        summary: "whether at least one of the people must have a handle, as in \"A. Author (@author)\"",
        example: "true",
        form: Form::Flag(|key, flag| key.has_handle = Some(flag)),
    },
    Setting {
        name: "format",
        summary: "the format of a date, in the letters Y, M and D",
        example: "\"DD.MM.YYYY\"",
        form: Form::Name(|key, format| key.format = Some(format)),
    },
];

/// The settings of references.
pub(super) static REFERENCE_SETTINGS: [Setting<ReferenceDemands>; 5] = [
    Setting {
        name: "prefixes",
        summary: "the prefixes of numbers, and the values of keys in a proposal that is mentioned by one",
        example: "{\"XIP\": {}, \"XRC\": {\"Category\": \"XRC\"}}",
        form: Form::Named(|references, prefixes| references.prefixes = prefixes),
    },
    Setting {
        name: "linked",
        summary: "whether the first mention of a proposal must be a link",
        example: "true",
        form: Form::Flag(|references, flag| references.is_linked = flag),
    },
    Setting {
        name: "plain",
        summary: "whether a mention must not be code",
        example: "true",
        form: Form::Flag(|references, flag| references.is_plain = flag),
    },
    Setting {
        name: "stability",
        summary: "the statuses in steps, from the least stable; a proposal must not refer to one on a lower step",
        example: "[[\"Draft\"], [\"Review\"], [\"Final\"]]",
        form: Form::Steps(|references, steps| references.stability = steps),
    },
    Setting {
        name: "listed",
        summary: "for a key: the key that must list the proposals which its value mentions",
        example: "{\"Title\": \"Requires\"}",
        form: Form::Conditions(|references, listed| references.listed = listed),
    },
];

/// The settings of the text.
pub(super) static BODY_SETTINGS: [Setting<BodyDemands>; 5] = [
    Setting {
        name: "forbidden",
        summary: "regular expressions that must have no match in the text, by what they stand for",
        example: "{\"a curly quote\": \"[“”‘’]\"}",
        form: Form::Patterns(|body, patterns| body.forbidden = patterns),
    },
    Setting {
        name: "links",
        summary: "regular expressions of which the address of a link to another site must match one, by what they stand for",
        example: "{\"the RFC editor\": \"^https://www\\\\.rfc-editor\\\\.org/\"}",
        form: Form::Patterns(|body, patterns| body.links = Some(patterns)),
    },
    Setting {
        name: "comments",
        summary: "the statuses in which a proposal may have HTML comments",
        example: "[\"Draft\"]",
        form: Form::Values { set: |body, values| body.comments = Some(values), default: &[] },
    },
    Setting {
        name: "closed",
        summary: "whether a proposal must not have sections that neither the template nor the settings name",
        example: "true",
        form: Form::Flag(|body, flag| body.is_closed = flag),
    },
    Setting {
        name: "heading-first",
        summary: "whether a heading must come before any text",
        example: "true",
        form: Form::Flag(|body, flag| body.starts_with_heading = flag),
    },
];

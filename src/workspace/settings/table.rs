//! All settings, each defined once: this table serves both the reader and the JSON Schema.

use super::globs::Globs;
use super::layer::{FamilySettings, Settings};
use super::terms::Terms;
use crate::rules::Severity;
use crate::template::{
    ACCEPTED_STATUS, BodyDemands, Condition, Constraint, Pattern, RELEASED_STATUS, ReferenceDemands, SectionOverrides,
    Stage,
};

/// A setting of a `T`.
pub(super) struct Setting<T: 'static> {
    pub(super) name: &'static str,
    /// A one-line description.
    pub(super) summary: &'static str,
    /// An example of its value as JSON; unless it is a table, also as TOML.
    pub(super) example: &'static str,
    pub(super) form: Form<T>,
}

/// The values that a setting takes, and how they are stored.
pub(super) enum Form<T: 'static> {
    Name(fn(&mut T, String)),
    /// A text, perhaps of several lines.
    Text(fn(&mut T, String)),
    Path(fn(&mut T, String)),
    /// The name of a file, without folders.
    File(fn(&mut T, String)),
    Globs(fn(&mut T, Globs)),
    Values {
        set: fn(&mut T, Vec<String>),
        default: &'static [&'static str],
    },
    Flag(fn(&mut T, bool)),
    /// One of these words, by its index; the first one is the default.
    Word(fn(&mut T, usize), &'static [&'static str]),
    /// A number from 1.
    Count(fn(&mut T, usize)),
    /// A number from 1 to 100.
    Percentage(fn(&mut T, usize)),
    /// A table from rule IDs to the words of [`LEVELS`].
    Rules(fn(&mut T, &'static str, Option<Severity>)),
    /// A table from section names to [`SECTION_SETTINGS`](super::parts::SECTION_SETTINGS).
    Sections(fn(&mut T, SectionOverrides)),
    /// A table from values of the status to [`STAGE_SETTINGS`](super::parts::STAGE_SETTINGS).
    Stages(fn(&mut T, Stage)),
    /// A table from metadata keys to [`KEY_SETTINGS`](super::parts::KEY_SETTINGS).
    Keys(fn(&mut T, Constraint)),
    /// A table from metadata keys to a value, or a list of values.
    Conditions(fn(&mut T, Vec<Condition>)),
    /// A table from what is meant to a regular expression for it.
    Patterns(fn(&mut T, Vec<Pattern>)),
    /// A table of [`REFERENCE_SETTINGS`](super::parts::REFERENCE_SETTINGS).
    References(fn(&mut T, ReferenceDemands)),
    /// A table of [`BODY_SETTINGS`](super::parts::BODY_SETTINGS).
    Body(fn(&mut T, BodyDemands)),
    /// A list of lists of strings.
    Steps(fn(&mut T, Vec<Vec<String>>)),
    /// A table from names to [`Form::Conditions`].
    Named(fn(&mut T, Named)),
    /// A list of tables of [`FAMILY_SETTINGS`].
    Families(fn(&mut T, FamilySettings)),
}

/// Names, each with conditions.
pub(super) type Named = Vec<(String, Vec<Condition>)>;

/// The words for severities; `None` switches a rule off.
pub(super) const LEVELS: [(&str, Option<Severity>); 5] = [
    ("error", Some(Severity::Error)),
    ("warning", Some(Severity::Warning)),
    ("information", Some(Severity::Information)),
    ("hint", Some(Severity::Hint)),
    ("off", None),
];

pub(super) static SETTINGS: [Setting<Settings>; 23] = [
    Setting {
        name: "template",
        summary: TEMPLATE,
        example: "\"docs/template.md\"",
        // An editor with a form for settings writes an empty text for a setting that is not set.
        form: Form::Path(|settings, path| settings.template = Some(path).filter(|path| !path.is_empty())),
    },
    Setting {
        name: "extends",
        summary: "a preset, or another file of settings relative to this file's folder, to build on",
        example: "\"eip\"",
        form: Form::Name(|settings, name| settings.extends = Some(name)),
    },
    Setting {
        name: "include",
        summary: "globs of more files that are proposals, relative to the same folder as the template's path",
        example: "[\"docs/design/*.md\"]",
        form: Form::Globs(|settings, globs| settings.include = Some(globs)),
    },
    Setting {
        name: "exclude",
        summary: "globs of files that are not proposals, whatever their names",
        example: "[\"docs/old/**\"]",
        form: Form::Globs(|settings, globs| settings.exclude = Some(globs)),
    },
    Setting {
        name: "family",
        summary: "families that are not found automatically; the first one that matches a file applies",
        example: "[{\"name\": \"Design\", \"template\": \"docs/template.md\", \"documents\": [\"docs/design/*.md\"]}]",
        form: Form::Families(|settings, family| settings.families.push(family)),
    },
    status(),
    released_status(),
    accepted_status(),
    life_cycle(),
    strict(),
    template_version(),
    evidence_documents(),
    evidence_information(),
    evidence_hint(),
    evidence_kept(),
    Setting {
        name: "index-on-save",
        summary: "whether saving a proposal in an editor also updates its title and status in the rows of index pages",
        example: "true",
        form: Form::Flag(|settings, flag| settings.index_on_save = Some(flag)),
    },
    rules(),
    sections(),
    metadata(),
    metadata_order(),
    sidecar(),
    references(),
    body(),
];

const TEMPLATE: &str =
    "the template's path, relative to this file's folder (in an editor's settings, to the workspace folder)";

/// Settings with [`Terms`]: those for all proposals, and those for one family.
pub(super) trait Scoped {
    fn terms(&mut self) -> &mut Terms;
}

impl Scoped for Settings {
    fn terms(&mut self) -> &mut Terms {
        &mut self.terms
    }
}

impl Scoped for FamilySettings {
    fn terms(&mut self) -> &mut Terms {
        &mut self.terms
    }
}

const fn status<T: Scoped>() -> Setting<T> {
    Setting {
        name: "status",
        summary: "the allowed values of the metadata key Status; an empty list allows any",
        example: "[\"Draft\", \"Accepted\"]",
        form: Form::Values { set: |target, values| target.terms().overrides.status = Some(values), default: &[] },
    }
}

const fn released_status<T: Scoped>() -> Setting<T> {
    Setting {
        name: "released-status",
        summary: "the values of Status that require a release",
        example: "[\"Implemented\"]",
        form: Form::Values {
            set: |target, values| target.terms().overrides.released_status = Some(values),
            default: &RELEASED_STATUS,
        },
    }
}

const fn accepted_status<T: Scoped>() -> Setting<T> {
    Setting {
        name: "accepted-status",
        summary: "the values of Status past discussion, at which no template text may be left",
        example: "[\"Accepted\", \"Final\"]",
        form: Form::Values {
            set: |target, values| target.terms().overrides.accepted_status = Some(values),
            default: &ACCEPTED_STATUS,
        },
    }
}

const fn life_cycle<T: Scoped>() -> Setting<T> {
    Setting {
        name: "life-cycle",
        summary: "the states of a proposal by the value of Status: what may follow each, and what it requires",
        example: "{\"Draft\": {\"next\": [\"Review\", \"Withdrawn\"]}}",
        form: Form::Stages(|target, stage| {
            target.terms().overrides.life_cycle.get_or_insert_default().stages.push(stage);
        }),
    }
}

const fn strict<T: Scoped>() -> Setting<T> {
    Setting {
        name: "strict",
        summary: "whether to report at full severity, not as a hint, what most documents do differently from the template \
                  and what a new proposal still has to fill in",
        example: "true",
        form: Form::Flag(|target, flag| target.terms().strict = Some(flag)),
    }
}

const fn template_version<T: Scoped>() -> Setting<T> {
    Setting {
        name: "template-version",
        summary: "whether a document follows the template as it was when the document came in, according to git, or as it is now",
        example: "\"current\"",
        form: Form::Word(|target, word| target.terms().is_current = Some(word == 1), &["of-its-day", "current"]),
    }
}

const fn evidence_documents<T: Scoped>() -> Setting<T> {
    Setting {
        name: "evidence-documents",
        summary: "how many other documents a family needs before their practice counts; 5 by default",
        example: "10",
        form: Form::Count(|target, count| target.terms().evidence.documents = Some(count)),
    }
}

const fn evidence_information<T: Scoped>() -> Setting<T> {
    Setting {
        name: "evidence-information",
        summary: "what more than this percentage of the other documents do differently from the template is information; 15 by default",
        example: "40",
        form: Form::Percentage(|target, percentage| target.terms().evidence.information = Some(percentage)),
    }
}

const fn evidence_hint<T: Scoped>() -> Setting<T> {
    Setting {
        name: "evidence-hint",
        summary: "what more than this percentage of the other documents do differently from the template is a hint; 50 by default",
        example: "75",
        form: Form::Percentage(|target, percentage| target.terms().evidence.hint = Some(percentage)),
    }
}

const fn evidence_kept<T: Scoped>() -> Setting<T> {
    Setting {
        name: "evidence-kept",
        summary: "template text that more than this percentage of the other documents keep is meant to stay; 33 by default",
        example: "50",
        form: Form::Percentage(|target, percentage| target.terms().evidence.kept = Some(percentage)),
    }
}

const fn rules<T: Scoped>() -> Setting<T> {
    Setting {
        name: "rules",
        summary: "the severity of each rule, or off",
        example: "{\"missing-optional-section\": \"off\"}",
        form: Form::Rules(|target, rule, severity| _ = target.terms().severities.0.insert(rule, severity)),
    }
}

const fn sections<T: Scoped>() -> Setting<T> {
    Setting {
        name: "sections",
        summary: "what the template cannot express about its sections, by section name",
        example: "{\"Introduction\": {\"aliases\": [\"Summary\"]}}",
        form: Form::Sections(|target, section| target.terms().overrides.add(section)),
    }
}

const fn metadata<T: Scoped>() -> Setting<T> {
    Setting {
        name: "metadata",
        summary: "what the values of metadata keys must be, and when a proposal has them, by key",
        example: "{\"Created\": {\"type\": \"date\", \"required\": true}}",
        form: Form::Keys(|target, constraint| target.terms().overrides.constrain(constraint)),
    }
}

const fn metadata_order<T: Scoped>() -> Setting<T> {
    Setting {
        name: "metadata-order",
        summary: "all metadata keys, in their order; others are not allowed",
        example: "[\"Title\", \"Status\", \"Created\"]",
        form: Form::Values { set: |target, values| target.terms().overrides.key_order = Some(values), default: &[] },
    }
}

const fn sidecar<T: Scoped>() -> Setting<T> {
    Setting {
        name: "sidecar",
        summary: "the name of a YAML file in the folder of each proposal that has its metadata",
        example: "\"metadata.yaml\"",
        form: Form::File(|target, name| target.terms().overrides.sidecar = Some(name)),
    }
}

const fn references<T: Scoped>() -> Setting<T> {
    Setting {
        name: "references",
        summary: "how a proposal mentions others",
        example: "{\"prefixes\": {\"XIP\": {}}, \"linked\": true}",
        form: Form::References(|target, references| target.terms().overrides.references = Some(references)),
    }
}

const fn body<T: Scoped>() -> Setting<T> {
    Setting {
        name: "body",
        summary: "what the text of a proposal must be",
        example: "{\"forbidden\": {\"a curly quote\": \"[“”]\"}}",
        form: Form::Body(|target, body| target.terms().overrides.body = Some(body)),
    }
}

/// The settings of one family. All except the first five override the settings for all proposals.
pub(super) static FAMILY_SETTINGS: [Setting<FamilySettings>; 22] = [
    Setting {
        name: "name",
        summary: "the name of the family",
        example: "\"Design\"",
        form: Form::Name(|family, name| family.name = Some(name)),
    },
    Setting {
        name: "template",
        summary: TEMPLATE,
        example: "\"docs/template.md\"",
        form: Form::Path(|family, path| family.template = Some(path).filter(|path| !path.is_empty())),
    },
    Setting {
        name: "documents",
        summary: "globs of the family's files, relative to the same folder as the template's path",
        example: "[\"docs/design/*.md\"]",
        form: Form::Globs(|family, globs| family.documents = Some(globs)),
    },
    Setting {
        name: "exclude",
        summary: "globs of files among them that do not belong to the family",
        example: "[\"docs/design/notes.md\"]",
        form: Form::Globs(|family, globs| family.exclude = Some(globs)),
    },
    Setting {
        name: "extends",
        summary: "a preset, or another file of settings relative to this file's folder, to build on for this family",
        example: "\"madr\"",
        form: Form::Name(|family, name| family.extends = Some(name)),
    },
    status(),
    released_status(),
    accepted_status(),
    life_cycle(),
    strict(),
    template_version(),
    evidence_documents(),
    evidence_information(),
    evidence_hint(),
    evidence_kept(),
    rules(),
    sections(),
    metadata(),
    metadata_order(),
    sidecar(),
    references(),
    body(),
];

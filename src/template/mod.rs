//! The schema of a proposal family, read from its Markdown template.
//!
//! **Architecture invariant:** nothing here knows a family. The built-in VIP template is a Markdown file that is read by the same
//! code as a repository's own.

mod address;
mod bounds;
mod changes;
mod dates;
mod deletions;
mod derive;
mod enumeration;
mod fill;
mod form;
mod guidance;
mod headings;
mod instructions;
mod key;
mod key_lookup;
mod key_name;
mod keys;
mod known;
mod learnt;
mod life_cycle;
mod limits;
mod names;
mod naming;
mod nearly;
mod notations;
mod numbers;
mod overrides;
mod placeholder;
mod sample;
mod schema;
mod section;
mod section_keys;
mod section_names;
mod sections;
mod sentences;
mod signs;
mod starts;
mod tail;
mod title;
mod title_form;

pub use address::is_bracketed;
pub use bounds::Excess;
pub use changes::TemplateChanges;
pub use dates::{date_like, date_sign, is_date, stands_for_date};
pub use fill::Start;
pub use form::{Form, Group, groups};
pub use headings::{Meant, heading_keys};
pub use instructions::Instructions;
pub use key::MetadataKey;
pub use key_name::{KeyName, KeyNames, bare_name};
pub use keys::heads_metadata;
pub use learnt::LearntFrom;
pub use life_cycle::{LifeCycle, Stage};
pub use limits::Limits;
pub use names::{Languages, OtherNames};
pub use naming::{NamePattern, NumberPlace, is_markdown};
pub use overrides::{ACCEPTED_STATUS, Overrides, RELEASED_STATUS, STATUS, SectionOverrides};
pub use sample::{Sample, is_nothing};
pub use schema::{Template, TemplateVersion};
pub use section::TemplateSection;
pub use signs::{has_placeholder, lone_number, title_prefix};
pub use title::{NumberedTitle, Title, number_after, plain_digits};
pub use title_form::TitleForm;

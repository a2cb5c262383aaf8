//! `vip-lsp template`: the schema of a template.

use std::path::Path;
use std::sync::Arc;

use serde_json::{Value, json};

use super::exit::finish;
use super::front_matter;
use super::open::{opened, root};
use super::paths::{named, relative};
use crate::document::Document;
use crate::letters::shown_path;
use crate::template::{Condition, Form, Limits, MetadataKey, Template, TemplateSection, ValueKind};
use crate::workspace::{DocumentId, Workspace, files};

/// The output format of the schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// For people.
    Text,
    /// For programs.
    Json,
    /// The JSON Schema of the front matter.
    JsonSchema,
}

/// The schemas to print.
enum Asked {
    /// The template of one file.
    One(Found),
    /// The templates of the families in a folder.
    All(Vec<Found>),
}

/// A schema to print.
struct Found {
    template: Arc<Template>,
    /// What it is the schema of, in words; `None` for a template that was named.
    of: Option<String>,
}

/// Prints the schema of the template `file`, of the template that the document `file` follows, or of the templates of all
/// families in the folder `file`, by default the current one. Returns the exit code of the process.
pub(super) fn run(file: Option<&Path>, format: Format) -> u8 {
    finish(asked(file.unwrap_or(Path::new("."))).and_then(|asked| printed(&asked, format)))
}

/// # Errors
///
/// When a schema is asked for, and there is not exactly one template with front matter.
fn printed(asked: &Asked, format: Format) -> Result<String, String> {
    Ok(match (format, asked) {
        (Format::Text, Asked::One(found)) => section(found),
        (Format::Text, Asked::All(found)) => found.iter().map(section).collect::<Vec<_>>().join("\n"),
        (Format::Json, Asked::One(found)) => format!("{:#}\n", value(&found.template)),
        (Format::Json, Asked::All(found)) => {
            format!("{:#}\n", found.iter().map(|found| value(&found.template)).collect::<Value>())
        }
        (Format::JsonSchema, asked) => format!("{:#}\n", schema_of(asked)?),
    })
}

/// Returns the JSON Schema of the front matter of the one template in `asked` that has some.
///
/// # Errors
///
/// When none has, or several have.
fn schema_of(asked: &Asked) -> Result<Value, String> {
    let all = match asked {
        Asked::One(found) => std::slice::from_ref(found),
        Asked::All(found) => found,
    };
    let with: Vec<(&Found, Value)> =
        all.iter().filter_map(|found| Some((found, front_matter::schema(&found.template)?))).collect();
    match with.as_slice() {
        [(_, schema)] => Ok(schema.clone()),
        [] => Err("the template has no front matter, so there is no schema of it".to_owned()),
        several => {
            let names: Vec<&str> = several.iter().filter_map(|(found, _)| found.of.as_deref()).collect();
            Err(format!("several templates have front matter ({}); name one of them, or a proposal", names.join(", ")))
        }
    }
}

/// Returns the schemas for `file`.
///
/// # Errors
///
/// When it cannot be read, or is neither a template nor a document of a family.
fn asked(file: &Path) -> Result<Asked, String> {
    let fault = |error: std::io::Error| format!("{}: {error}", shown_path(file));
    let path = files::normalize(&std::path::absolute(file).map_err(fault)?);
    let folder = if path.is_dir() { path.as_path() } else { path.parent().unwrap_or(&path) };
    let workspace = opened(root(folder));
    if path.is_dir() {
        return Ok(of_families(&workspace, &path));
    }
    let id = DocumentId::File(path.clone());
    let content = files::read_named(&path).map_err(fault)?;
    if let Some(snapshot) = workspace.snapshot(&id, Arc::new(Document::closed(&content))) {
        let of = format!("the template for {}", named(relative(&path)));
        return Ok(Asked::One(Found { template: snapshot.template, of: Some(of) }));
    }
    let template = Template::derive(&content, Some(&path));
    if template.sections.is_empty() {
        return Err(format!("{}: not a template, because it has no sections, and not a proposal", shown_path(file)));
    }
    let is_template = workspace.is_found_template(&path);
    let note = "read as a template, although nothing here uses it as one";
    let of = (!is_template).then(|| note.to_owned());
    Ok(Asked::One(Found { template: workspace.adapted(&id, template), of }))
}

/// Returns the schemas of the families with documents below `folder`, or the built-in one if there are none.
fn of_families(workspace: &Workspace, folder: &Path) -> Asked {
    let families = workspace.documents_by_family().into_iter();
    let here = families.filter_map(|(family, paths)| {
        let first = paths.iter().find(|path| path.starts_with(folder))?;
        let template = workspace.template(&DocumentId::File(first.clone()));
        Some(Found { template, of: Some(format!("family {}", family.name)) })
    });
    let found: Vec<Found> = here.collect();
    match found.is_empty() {
        true => {
            let template = workspace.template(&DocumentId::File(folder.join("new.md")));
            Asked::One(Found { template, of: None })
        }
        false => Asked::All(found),
    }
}

fn section(found: &Found) -> String {
    let heading = found.of.as_ref().map(|of| format!("{of}: ")).unwrap_or_default();
    format!("{heading}{}", text(&found.template))
}

fn text(template: &Template) -> String {
    let mut lines = vec![match &template.source {
        Some(path) => named(relative(path)),
        None => template.told(),
    }];
    let title_limits = of_limits(template.value_limits(None));
    let limits = title_limits.iter().map(|limit| format!("; {limit}")).collect::<String>();
    lines.push(match &template.title {
        Some(title) => match &title.prefix {
            Some(prefix) => {
                let separator = title.separator.as_deref().unwrap_or_default();
                format!("\ntitle, a heading of level {}: {prefix}<number>{separator}<title>{limits}", title.level)
            }
            None if title.is_constant => format!("\na heading of level {}: {}", title.level, title.text),
            None => format!("\ntitle, a heading of level {}{limits}", title.level),
        },
        None => "\nno title".to_owned(),
    });
    if let Some(form) = template.form {
        let article = match form {
            Form::FrontMatter | Form::Lines | Form::Preformatted | Form::Section => "",
            Form::Bullets | Form::Table => "a ",
            Form::HtmlTable => "an ",
        };
        lines.push(format!("\nmetadata, as {article}{}:", form.as_str()));
        lines.extend(rows(
            template
                .metadata
                .iter()
                .filter(|key| key.form == form)
                .map(|key| (key.name.clone(), of_key(template, key))),
        ));
    }
    lines.push(format!("\nsections, headings of level {}:", template.section_level()));
    let name = |section: &TemplateSection| format!("{}{}", "  ".repeat(template.depth(section)), section.name);
    lines.extend(rows(template.sections.iter().map(|section| (name(section), of_section(section)))));
    lines.push(format!("\n{} instructions, to be removed\n", template.instructions.len()));
    lines.join("\n")
}

/// The maximum width of a column of names.
const MAX_WIDTH: usize = 60;

/// Formats one line per row, with the names in a column.
fn rows(rows: impl Iterator<Item = (String, String)>) -> Vec<String> {
    let rows: Vec<_> = rows.collect();
    // A single long name, such as a question as a heading, must not widen the column for all others.
    let widths = rows.iter().map(|(name, _)| name.chars().count()).filter(|width| *width <= MAX_WIDTH);
    let width = widths.max().unwrap_or_default();
    rows.iter().map(|(name, facts)| format!("  {name:width$}  {facts}").trim_end().to_owned()).collect()
}

fn of_key(template: &Template, key: &MetadataKey) -> String {
    let values = key.choices().iter().map(|value| format!("\"{value}\"")).collect::<Vec<_>>().join(", ");
    let more = if key.is_open || key.is_loose { " or another" } else { "" };
    let place = template.metadata.iter().position(|other| other == key);
    let facts = [
        (key.is_optional && key.required_when.is_none()).then(|| "optional".to_owned()),
        key.is_link().then(|| "a link".to_owned()),
        (!values.is_empty()).then(|| format!("one of {values}{more}")),
    ];
    let limits = of_limits(template.value_limits(place));
    facts.into_iter().flatten().chain(limits).chain(key.told_demands()).collect::<Vec<_>>().join("; ")
}

fn of_limits(limits: Limits) -> Vec<String> {
    let facts = [
        limits.words.map(|limit| format!("at most {limit} words")),
        limits.characters.map(|limit| format!("at most {limit} characters")),
        limits
            .sentences
            .map(|limit| if limit == 1 { "one sentence".to_owned() } else { format!("at most {limit} sentences") }),
        limits.lines.map(|limit| format!("at most {limit} lines")),
    ];
    facts.into_iter().flatten().collect()
}

fn of_section(section: &TemplateSection) -> String {
    let limits = Limits {
        words: section.word_limit,
        characters: section.character_limit,
        sentences: section.sentence_limit,
        lines: section.line_limit,
    };
    let optional = (section.is_optional && section.required_when.is_none()).then(|| "optional".to_owned());
    let prompts = (!section.prompts.is_empty()).then(|| format!("prompts: {}", section.prompts.len()));
    optional
        .into_iter()
        .chain(section.told_conditions())
        .chain(of_limits(limits))
        .chain(prompts)
        .collect::<Vec<_>>()
        .join("; ")
}

fn value(template: &Template) -> Value {
    let title = template.title.as_ref().map(|title| {
        json!({
            "level": title.level,
            "text": title.text,
            "prefix": title.prefix,
            "separator": title.separator,
            "placeholders": title.placeholders,
            "limits": limits_value(template.value_limits(None)),
        })
    });
    json!({
        "source": template.source,
        "learnt_from": template.learnt.as_ref().map(|learnt| learnt.documents),
        "title": title,
        "metadata": template.metadata.iter().map(|key| key_value(template, key)).collect::<Vec<_>>(),
        "sections": template.sections.iter().map(|section| section_value(template, section)).collect::<Vec<_>>(),
        "instructions": template.instructions.texts(),
        "released_status": template.released_status,
        "accepted_status": template.accepted_status,
    })
}

fn key_value(template: &Template, key: &MetadataKey) -> Value {
    json!({
        "name": key.name,
        "form": key.form.as_str(),
        "optional": key.is_optional,
        "link": key.is_link(),
        "values": key.values,
        "starts": key.starts,
        "open": key.is_open || key.is_loose,
        "placeholder": key.placeholder,
        "type": key.constraint.as_ref().and_then(|constraint| constraint.kind).map(ValueKind::word),
        "required_when": conditions(key.required_when.as_deref()),
        "only_when": conditions(key.only_when.as_deref()),
        "limits": limits_value(template.value_limits(template.metadata.iter().position(|other| other == key))),
    })
}

/// Returns `conditions` as an object from keys to lists of values.
fn conditions(conditions: Option<&[Condition]>) -> Value {
    conditions.map_or(Value::Null, |all| all.iter().map(|one| (one.key.clone(), json!(one.values))).collect())
}

fn section_value(template: &Template, section: &TemplateSection) -> Value {
    json!({
        "name": section.name,
        "level": section.level,
        "parent": section.parent,
        "optional": section.is_optional,
        "required_when": conditions(section.required_when.as_deref()),
        "only_when": conditions(section.only_when.as_deref()),
        "max_words": section.word_limit,
        "max_characters": section.character_limit,
        "max_sentences": section.sentence_limit,
        "max_lines": section.line_limit,
        "note": section.note,
        "prompts": section.prompts,
        "guidance": section.guidance,
        "documents": template.learnt.as_ref().and_then(|learnt| learnt.sections.get(&section.key)),
    })
}

fn limits_value(limits: Limits) -> Value {
    json!({
        "max_words": limits.words,
        "max_characters": limits.characters,
        "max_sentences": limits.sentences,
        "max_lines": limits.lines,
    })
}

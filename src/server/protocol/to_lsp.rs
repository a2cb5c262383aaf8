//! Conversion to LSP types.

mod changes;
mod creation;
mod highlights;
mod lens;
mod snippet;
mod source_action;
mod tokens;

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

use tower_lsp::lsp_types::{
    CodeAction, CodeActionKind, CodeActionOrCommand, CodeDescription, CompletionItem, CompletionItemKind,
    CompletionTextEdit, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag, DocumentSymbol,
    DocumentSymbolResponse, Documentation, FoldingRange, FoldingRangeKind, Hover, HoverContents, InlayHint,
    InlayHintLabel, InsertTextFormat, Location, MarkupContent, MarkupKind, NumberOrString, Position, Range,
    SelectionRange, SymbolInformation, SymbolKind, TextEdit, Url, WorkspaceEdit,
};

pub(in crate::server) use changes::{Changed, confirmed, renaming, workspace_edit};
pub(in crate::server) use creation::creation;
pub(in crate::server) use lens::{lens_command, template_lens};

use self::snippet::lead_on;
use super::names::SUPPRESS;
use super::support::Support;
use crate::document::Edited;
use crate::features::actions::Action;
use crate::features::completion::{Completion, CompletionKind};
use crate::features::folds::{Fold, FoldKind};
use crate::features::hints::Hint;
use crate::features::{hover, outline, symbols};
use crate::rules::{self, FileEdits, Severity};
use crate::template::Template;
use crate::text::{Span, Text};
use crate::workspace::{DocumentEdits, DocumentId, Faulty, Place, Problem, Snapshot};

/// What is needed to convert the data of a document.
pub(in crate::server) struct Context<'a> {
    pub(in crate::server) uri: &'a Url,
    /// The version of the document that the client's positions refer to.
    pub(in crate::server) version: i32,
    pub(in crate::server) snapshot: &'a Snapshot,
    pub(in crate::server) support: &'a Support,
    pub(in crate::server) others: &'a dyn Others,
}

/// What only the session knows of other documents.
pub(in crate::server) trait Others {
    /// Returns the URI that the client uses for the document `id`.
    fn uri(&self, id: &DocumentId) -> Option<Url>;

    /// Returns `changed`, and the edits that have to follow in other documents.
    fn followed(&self, changed: DocumentEdits) -> Vec<DocumentEdits>;
}

/// The maximum number of diagnostics per document: many more than anyone reads.
const MAX_DIAGNOSTICS: usize = 2_000;

impl Context<'_> {
    fn range(&self, span: Span) -> Range {
        range(self.snapshot.text(), span, self.support)
    }

    /// Converts diagnostics.
    pub(in crate::server) fn diagnostics(&self, found: &[rules::Diagnostic]) -> Vec<Diagnostic> {
        let mut shown: Vec<_> = found.iter().take(MAX_DIAGNOSTICS).map(|found| self.diagnostic(found)).collect();
        if let Some(more) = found.len().checked_sub(MAX_DIAGNOSTICS).filter(|more| *more > 0)
            && let Some(last) = shown.last_mut()
        {
            last.message.push_str(&format!(" (and {more} more findings after it)"));
        }
        shown
    }

    fn diagnostic(&self, found: &rules::Diagnostic) -> Diagnostic {
        let related = found.related.iter().filter(|_| self.support.related_information).filter_map(|related| {
            let location = match &related.place {
                rules::RelatedPlace::Document(span) => Location { uri: self.uri.clone(), range: self.range(*span) },
                rules::RelatedPlace::Template(span) => self.in_template(*span)?,
                rules::RelatedPlace::File(path, line) => {
                    self.location(&Place { id: DocumentId::File(path.clone()), line: *line })?
                }
            };
            Some(DiagnosticRelatedInformation { location, message: related.message.clone() })
        });
        let related: Vec<_> = related.collect();
        Diagnostic {
            range: self.range(found.span),
            severity: Some(match found.severity {
                Severity::Error => DiagnosticSeverity::ERROR,
                Severity::Warning => DiagnosticSeverity::WARNING,
                Severity::Information => DiagnosticSeverity::INFORMATION,
                Severity::Hint => DiagnosticSeverity::HINT,
            }),
            code: Some(NumberOrString::String(found.rule.id.to_owned())),
            code_description: code_description(self.support, option_env!("CARGO_PKG_REPOSITORY"), found.rule.id),
            source: Some("vip-lsp".to_owned()),
            message: found.message.to_string(),
            tags: (self.support.unnecessary_tag && found.rule.is_unnecessary).then(|| vec![DiagnosticTag::UNNECESSARY]),
            related_information: (!related.is_empty()).then_some(related),
            ..Diagnostic::default()
        }
    }

    /// Returns the location of `span` in the template; `None` if the template is not in a file.
    pub(in crate::server) fn in_template(&self, span: Span) -> Option<Location> {
        in_template(&self.snapshot.template, span, self.support)
    }

    /// Converts `place` to the location of its line.
    fn location(&self, place: &Place) -> Option<Location> {
        Some(Location { uri: self.others.uri(&place.id)?, range: line(place.line) })
    }

    /// Converts `edits` of the document, with those in other documents that keep links working and those in `elsewhere`.
    pub(in crate::server) fn workspace_edit(&self, edited: Edited, elsewhere: Option<&FileEdits>) -> WorkspaceEdit {
        let (id, document) = (self.snapshot.id().clone(), self.snapshot.document.clone());
        let Edited { edits, anchors } = edited;
        let own = DocumentEdits { anchors, ..DocumentEdits::of(id, document, edits) };
        let followed = self.others.followed(own);
        let changed = |changed: &DocumentEdits| match changed.id == *self.snapshot.id() {
            true => {
                let uri = self.uri.clone();
                Some(Changed::new(uri, Some(self.version), self.snapshot.text(), &changed.edits, self.support))
            }
            false => Changed::of_document(self.others, changed, self.support),
        };
        let other = elsewhere.and_then(|changes| Changed::of_file(self.others, changes, self.support));
        workspace_edit(followed.iter().filter_map(changed).chain(other).collect(), self.support)
    }

    /// Converts a quick fix.
    pub(in crate::server) fn action(&self, action: &Action<'_>) -> CodeActionOrCommand {
        let diagnostics = action.diagnostics.iter().map(|found| self.diagnostic(found)).collect();
        let mut edit = self.workspace_edit(action.fix.edits.clone().into(), action.fix.elsewhere.as_ref());
        if action.fix.is_to_fill && self.support.snippet_edits {
            lead_on(&mut edit, self.uri);
        }
        CodeActionOrCommand::CodeAction(CodeAction {
            title: action.fix.title.clone(),
            kind: Some(if action.is_mending { CodeActionKind::QUICKFIX } else { SUPPRESS }),
            diagnostics: Some(diagnostics),
            edit: Some(edit),
            is_preferred: (self.support.preferred_actions && action.fix.is_preferred).then_some(true),
            ..CodeAction::default()
        })
    }

    /// Converts the completion at `index` in the list.
    pub(in crate::server) fn completion(&self, index: usize, completion: &Completion) -> CompletionItem {
        let mut edit = TextEdit { range: self.range(completion.edit.span), new_text: completion.edit.content.clone() };
        let snippet = completion.snippet.as_ref().filter(|_| self.support.snippets);
        if let Some(snippet) = snippet {
            edit.new_text.clone_from(snippet);
        }
        CompletionItem {
            label: completion.label.clone(),
            kind: Some(match completion.kind {
                CompletionKind::Section => CompletionItemKind::SNIPPET,
                CompletionKind::Key => CompletionItemKind::PROPERTY,
                CompletionKind::Value => CompletionItemKind::ENUM_MEMBER,
                CompletionKind::Proposal | CompletionKind::Anchor => CompletionItemKind::REFERENCE,
                CompletionKind::File if completion.label.ends_with('/') => CompletionItemKind::FOLDER,
                CompletionKind::File => CompletionItemKind::FILE,
            }),
            detail: completion.detail.clone(),
            documentation: completion.documentation.clone().map(|value| documentation(value, self.support)),
            preselect: (completion.is_likely && self.support.preselect).then_some(true),
            sort_text: Some(format!("{index:03}")),
            filter_text: Some(completion.filter.clone()),
            insert_text_format: snippet.map(|_| InsertTextFormat::SNIPPET),
            text_edit: Some(CompletionTextEdit::Edit(edit)),
            data: completion.about.as_deref().and_then(uri).map(|uri| serde_json::json!(uri)),
            ..CompletionItem::default()
        }
    }

    /// Converts a hover.
    pub(in crate::server) fn hover(&self, hover: &hover::Hover) -> Hover {
        let kind = if self.support.markdown_hover { MarkupKind::Markdown } else { MarkupKind::PlainText };
        let contents = HoverContents::Markup(MarkupContent { kind, value: hover.markdown.clone() });
        Hover { contents, range: Some(self.range(hover.span)) }
    }

    /// Converts an inlay hint.
    pub(in crate::server) fn hint(&self, hint: &Hint) -> InlayHint {
        InlayHint {
            position: self.range(Span::empty(hint.place)).start,
            label: InlayHintLabel::String(hint.label.clone()),
            kind: None,
            text_edits: None,
            tooltip: None,
            padding_left: Some(true),
            padding_right: None,
            data: None,
        }
    }

    /// Converts a fold to whole lines, which every client can fold.
    pub(in crate::server) fn fold(&self, fold: &Fold) -> FoldingRange {
        let range = self.range(fold.span);
        FoldingRange {
            start_line: range.start.line,
            end_line: range.end.line,
            kind: (fold.kind == FoldKind::Comment).then_some(FoldingRangeKind::Comment),
            ..FoldingRange::default()
        }
    }

    /// Converts the expansions of a selection, `spans` from the smallest to the largest.
    pub(in crate::server) fn selection(&self, spans: &[Span]) -> SelectionRange {
        let grow = |parent: Option<Box<SelectionRange>>, span: &Span| {
            Some(Box::new(SelectionRange { range: self.range(*span), parent }))
        };
        let smallest = spans.iter().rev().fold(None, grow);
        smallest.map_or(SelectionRange { range: Range::default(), parent: None }, |smallest| *smallest)
    }

    /// Converts the outline, nested if the client supports that.
    pub(in crate::server) fn symbols(&self, symbols: &[outline::Symbol]) -> DocumentSymbolResponse {
        if self.support.nested_symbols {
            return DocumentSymbolResponse::Nested(symbols.iter().map(|symbol| self.nested(symbol)).collect());
        }
        let mut flat = Vec::new();
        self.flatten(symbols, None, &mut flat);
        DocumentSymbolResponse::Flat(flat)
    }

    #[expect(deprecated, reason = "the field has no default")]
    fn nested(&self, symbol: &outline::Symbol) -> DocumentSymbol {
        let children: Vec<_> = symbol.children.iter().map(|child| self.nested(child)).collect();
        DocumentSymbol {
            name: symbol.name.clone(),
            detail: symbol.detail.clone(),
            kind: kind(symbol),
            tags: None,
            deprecated: None,
            range: self.range(symbol.span),
            selection_range: self.range(symbol.selection),
            children: (!children.is_empty()).then_some(children),
        }
    }

    #[expect(deprecated, reason = "the field has no default")]
    fn flatten(&self, symbols: &[outline::Symbol], container: Option<&str>, flat: &mut Vec<SymbolInformation>) {
        for symbol in symbols {
            flat.push(SymbolInformation {
                name: symbol.name.clone(),
                kind: kind(symbol),
                tags: None,
                deprecated: None,
                location: Location { uri: self.uri.clone(), range: self.range(symbol.span) },
                container_name: container.map(str::to_owned),
            });
            self.flatten(&symbol.children, Some(&symbol.name), flat);
        }
    }
}

fn kind(symbol: &outline::Symbol) -> SymbolKind {
    match symbol.kind {
        outline::SymbolKind::Title => SymbolKind::MODULE,
        outline::SymbolKind::Metadata => SymbolKind::PROPERTY,
        outline::SymbolKind::Section => SymbolKind::STRING,
    }
}

/// Converts `markdown` about a completion to a format that the client can show.
pub(in crate::server) fn documentation(markdown: String, support: &Support) -> Documentation {
    match support.markdown {
        true => Documentation::MarkupContent(MarkupContent { kind: MarkupKind::Markdown, value: markdown }),
        false => Documentation::String(markdown),
    }
}

/// Returns the start of the line `line`, which is the same in every encoding.
pub(in crate::server) fn line(line: u32) -> Range {
    Range::new(Position::new(line, 0), Position::new(line, 0))
}

/// Converts `span` of `text`.
pub(in crate::server) fn range(text: &Text, span: Span, support: &Support) -> Range {
    let place = |offset| {
        let position = text.position(offset, support.encoding);
        Position::new(position.line, position.column)
    };
    Range::new(place(span.start), place(span.end))
}

fn in_template(template: &Template, span: Span, support: &Support) -> Option<Location> {
    let uri = uri(template.source.as_ref()?)?;
    Some(Location { uri, range: range(&template.text, span, support) })
}

/// Converts a found proposal or section to the start of its heading's line, which is the same in every encoding.
#[expect(deprecated, reason = "the field has no default")]
pub(in crate::server) fn found(found: &symbols::Found<'_>) -> Option<SymbolInformation> {
    Some(SymbolInformation {
        name: found.name.to_owned(),
        kind: if found.proposal.is_some() { SymbolKind::STRING } else { SymbolKind::MODULE },
        tags: None,
        deprecated: None,
        location: Location { uri: uri(found.path)?, range: line(found.line) },
        container_name: found.proposal.map(str::to_owned),
    })
}

/// Returns the URI of the file at `path`, which is absolute.
pub(in crate::server) fn uri(path: &Path) -> Option<Url> {
    Url::from_file_path(path).ok()
}

/// Converts a problem of the file `faulty`.
pub(in crate::server) fn problem(problem: &Problem, faulty: &Faulty, support: &Support) -> Diagnostic {
    Diagnostic {
        range: range(&faulty.text, problem.span.unwrap_or_default(), support),
        severity: Some(if problem.is_idle { DiagnosticSeverity::WARNING } else { DiagnosticSeverity::ERROR }),
        code: Some(NumberOrString::String(faulty.code.to_owned())),
        source: Some("vip-lsp".to_owned()),
        message: problem.in_file(),
        ..Diagnostic::default()
    }
}

/// Returns the address of the page on the rule `id`: the one that the client shows by itself, which needs no network, or else the
/// section of the rules page in `repository`.
fn code_description(support: &Support, repository: Option<&str>, id: &str) -> Option<CodeDescription> {
    if !support.code_description {
        return None;
    }
    let address = match support.shows_rules {
        true => format!("vip-lsp-rule:/{id}.md"),
        false => rules::page::address(repository, id)?,
    };
    Some(CodeDescription { href: Url::parse(&address).ok()? })
}

/// Returns an ID that is different for every other list of diagnostics.
pub(in crate::server) fn result_id(diagnostics: &[Diagnostic]) -> String {
    let mut hasher = DefaultHasher::new();
    serde_json::to_string(diagnostics).unwrap_or_default().hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_explained_in_the_client_or_on_the_web_where_the_package_has_a_repository() {
        let follows = Support { code_description: true, ..Support::default() };
        let shows = Support { shows_rules: true, ..follows.clone() };
        let href_for = |support: &Support, repository| {
            Some(code_description(support, repository, "missing-section")?.href.to_string())
        };
        let href = |repository| href_for(&follows, repository);
        let expected = Some("https://example.org/a/b/blob/main/RULES.md#missing-section".to_owned());
        for repository in ["https://example.org/a/b", "https://example.org/a/b/", "https://example.org/a/b.git"] {
            assert_eq!(href(Some(repository)), expected);
        }
        assert_eq!([href(None), href(Some(""))], [None, None]);
        for repository in [None, Some(""), Some("https://example.org/a/b")] {
            assert_eq!(href_for(&shows, repository), Some("vip-lsp-rule:/missing-section.md".to_owned()));
            assert_eq!(href_for(&Support::default(), repository), None);
        }
    }
}

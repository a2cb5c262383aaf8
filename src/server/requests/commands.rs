//! The commands that a client can execute.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Deserialize;
use serde_json::{Value, json};
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::lsp_types::request::ApplyWorkspaceEdit;
use tower_lsp::lsp_types::{
    ApplyWorkspaceEditParams, ExecuteCommandParams, MessageActionItem, MessageType, Range, ShowDocumentParams, Url,
    WorkspaceEdit,
};

use super::rules;
use crate::features::rewrite::Rewrite;
use crate::server::protocol::names::Command;
use crate::server::protocol::{from_lsp, to_lsp};
use crate::server::session::{Name, Session};
use crate::text::Text;
use crate::workspace::{Choice, NewProposal, NoProposal, Snapshot, Wanted, author, files};

/// The maximum number of places for a new proposal that the user is offered.
const MAX_CHOICES: usize = 20;

/// The optional argument of the command that creates a proposal.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct NewProposalArgument {
    title: Option<String>,
    /// The family, by name or by the template's path.
    family: Option<String>,
    folder: Option<Url>,
    /// The document or the folder that the user is in.
    near: Option<Url>,
}

impl Session {
    pub(in crate::server) async fn execute(self: &Arc<Self>, params: ExecuteCommandParams) -> Result<Option<Value>> {
        let found = Command::served(self.support()).find(|command| command.name() == params.command);
        let Some(command) = found else {
            let names: Vec<_> = Command::served(self.support()).map(Command::name).collect();
            let message = format!("there is no command \"{}\"; use one of {}", params.command, names.join(", "));
            return Err(Error::invalid_params(message));
        };
        match command {
            Command::Rewrite(rewrite) => self.rewrite(rewrite, &uri(command, &params.arguments)?).await,
            Command::ShowReadiness => self.show_readiness(&uri(command, &params.arguments)?).await,
            Command::ShowReferences => self.show_references(&uri(command, &params.arguments)?).await,
            Command::Explain => self.explain(&uri(command, &params.arguments)?).await,
            Command::AddSetting => self.add_setting(&uri(command, &params.arguments)?).await,
            Command::NewProposal => self.create(new_proposal(command, params.arguments)?).await,
            Command::MigrateAll => self.migrate_all(&uri(command, &params.arguments)?).await,
            Command::Rule => rules::documentation(rule_id(command, &params.arguments)?),
            Command::Graph => self.graph(uri_if_any(command, &params.arguments)?).await,
        }
    }

    /// Returns the open proposal at `uri`, which a request is about.
    pub(in crate::server) fn open_proposal(&self, uri: &Url) -> Result<(Name, Snapshot)> {
        let found = self.open_page(uri)?;
        if found.1.is_proposal() { Ok(found) } else { Err(self.no_proposal(uri)) }
    }

    /// Returns the open proposal or index page at `uri`, which a request is about.
    pub(in crate::server) fn open_page(&self, uri: &Url) -> Result<(Name, Snapshot)> {
        if self.workspace.document(&from_lsp::id(uri)).is_none() {
            return Err(Error::invalid_params(format!("{} is not open; open it first", shown(uri))));
        }
        self.page(uri).ok_or_else(|| self.no_proposal(uri))
    }

    /// Returns an error that says that the document at `uri` is not a proposal, and why.
    fn no_proposal(&self, uri: &Url) -> Error {
        let reasons = from_lsp::file(uri).map(|path| self.workspace.explain(&path).reasons.join("; "));
        let why = reasons.map(|reasons| format!(": {reasons}")).unwrap_or_default();
        Error::invalid_params(format!("{} is not a proposal{why}", shown(uri)))
    }

    async fn rewrite(&self, rewrite: Rewrite, uri: &Url) -> Result<Option<Value>> {
        let (Name { uri, version, .. }, snapshot) = self.open_proposal(uri)?;
        let (edits, kept) = {
            let around = self.workspace.around(&snapshot);
            let proposal = snapshot.proposal().within(&around);
            (rewrite.edits(&proposal), rewrite.kept(&proposal))
        };
        match edits {
            Ok(edits) => {
                let (uri, snapshot, support) = (&uri, &snapshot, self.support());
                let edit =
                    to_lsp::Context { uri, version, snapshot, support, others: self }.workspace_edit(edits, None);
                if self.apply(rewrite.title(), edit).await
                    && let Some(kept) = kept
                {
                    self.client.show_message(MessageType::INFO, kept).await;
                }
            }
            Err(why) => self.client.show_message(MessageType::INFO, why).await,
        }
        Ok(None)
    }

    async fn create(self: &Arc<Self>, wanted: NewProposalArgument) -> Result<Option<Value>> {
        self.is_read().await;
        let folder = wanted.folder.map(|uri| {
            from_lsp::file(&uri).ok_or_else(|| Error::invalid_params(format!("\"{uri}\" is not a folder; name one")))
        });
        let folder = folder.transpose()?;
        let near = wanted.near.as_ref().and_then(from_lsp::file);
        let new = self.new_proposal(wanted.title, wanted.family, folder, near).await?;
        let Some(new) = new else { return Ok(None) };
        let uri = to_lsp::uri(&new.path).ok_or_else(Error::internal_error)?;
        if !self.apply("New proposal", to_lsp::creation(&uri, &new, &**self, self.support())).await {
            return Ok(None);
        }
        let first = new.first.map(|span| to_lsp::range(&Text::new(&new.text), span, self.support()));
        self.show(uri.clone(), first).await;
        let NewProposal { number, rows, .. } = new;
        let mut answer = json!({ "uri": uri, "number": number });
        // The client may save them, as the author does not see that they have changed.
        let changed: Vec<Url> = rows.iter().filter_map(|row| to_lsp::uri(&row.path)).collect();
        if !changed.is_empty() {
            answer["changed"] = json!(changed);
        }
        Ok(Some(answer))
    }

    /// Returns the next proposal. If there are several families or folders, the user chooses; `None` if the user does not.
    async fn new_proposal(
        self: &Arc<Self>,
        title: Option<String>,
        family: Option<String>,
        folder: Option<PathBuf>,
        near: Option<PathBuf>,
    ) -> Result<Option<NewProposal>> {
        let (mut family, mut folder) = (family, folder);
        loop {
            let (session, title, near) = (self.clone(), title.clone(), near.clone());
            let (own_family, own_folder) = (family.clone(), folder.clone());
            let make = move || {
                let roots = session.workspace.roots();
                let is_folder = |near: &Path| files::look(near, &roots) == files::Found::Folder;
                let near = near.as_deref().and_then(|near| if is_folder(near) { Some(near) } else { near.parent() });
                let (title, family, folder) = (title.as_deref(), own_family.as_deref(), own_folder.as_deref());
                let author = author();
                let wanted = Wanted { title, family, folder, author: author.as_deref(), near, taken: &[] };
                session.workspace.new_proposal(&wanted)
            };
            let made = tokio::task::spawn_blocking(make).await.map_err(|_| Error::internal_error())?;
            let choices = match made {
                Ok(new) => return Ok(Some(new)),
                Err(NoProposal::Refused(message)) => return Err(Error::invalid_params(message)),
                Err(NoProposal::Unsure(choices)) => choices,
            };
            let Some(choice) = self.choose(&choices).await? else { return Ok(None) };
            if family.is_some() && folder.is_some() {
                return Err(Error::invalid_params("there are several places for it; pass its template as the family"));
            }
            let template = choice.template.map(|path| path.to_string_lossy().into_owned());
            family = template.or(choice.family).or(family);
            folder = Some(choice.folder);
        }
    }

    /// Lets the user choose one of `choices`; `None` if the user does not.
    async fn choose(&self, choices: &[Choice]) -> Result<Option<Choice>> {
        let roots = self.workspace.roots();
        let shown = |path: &Path| {
            let below = files::root_of(path, &roots).and_then(|root| path.strip_prefix(root).ok()).unwrap_or(path);
            if below.as_os_str().is_empty() { ".".to_owned() } else { below.to_string_lossy().into_owned() }
        };
        let title = |choice: &Choice| match (&choice.family, &choice.template) {
            (Some(family), _) => format!("{family} in {}", shown(&choice.folder)),
            (None, Some(template)) => format!("{} in {}", shown(template), shown(&choice.folder)),
            (None, None) => shown(&choice.folder),
        };
        let titles: Vec<String> = choices.iter().take(MAX_CHOICES).map(title).collect();
        let actions = titles.iter().map(|title| MessageActionItem { title: title.clone(), properties: HashMap::new() });
        let message = "There are several places for a new proposal. Choose one.";
        let chosen = self.client.show_message_request(MessageType::INFO, message, Some(actions.collect())).await?;
        let place = chosen.and_then(|chosen| titles.iter().position(|title| *title == chosen.title));
        Ok(place.map(|place| choices[place].clone()))
    }

    /// Asks the client to apply `edit`, and tells the user if that fails. Returns whether it succeeded.
    pub(in crate::server) async fn apply(&self, label: &str, edit: WorkspaceEdit) -> bool {
        let params = ApplyWorkspaceEditParams { label: Some(label.to_owned()), edit };
        let reason = match self.client.send_request::<ApplyWorkspaceEdit>(params).await {
            Ok(answer) if answer.applied => return true,
            Ok(answer) => answer.failure_reason.unwrap_or("it gives no reason".to_owned()),
            Err(error) => error.to_string(),
        };
        self.client.show_message(MessageType::ERROR, format!("the editor did not apply the edit: {reason}")).await;
        false
    }

    /// Asks the client to show the document at `uri` and select `selection`, if the client supports that.
    pub(in crate::server) async fn show(&self, uri: Url, selection: Option<Range>) {
        if !self.support().shows_documents {
            return;
        }
        let params = ShowDocumentParams { uri, external: None, take_focus: Some(true), selection };
        if let Err(error) = self.client.show_document(params).await {
            tracing::debug!("the client did not show the new proposal: {error}");
        }
    }
}

/// Returns the name of the file at `uri`, for a message.
pub(in crate::server) fn shown(uri: &Url) -> String {
    let path = from_lsp::file(uri);
    let name = path.as_deref().and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned());
    name.unwrap_or_else(|| uri.to_string())
}

/// Returns the only argument, a URI.
fn uri(command: Command, arguments: &[Value]) -> Result<Url> {
    let uri = match arguments {
        [Value::String(uri)] => Url::parse(uri).ok(),
        _ => None,
    };
    uri.ok_or_else(|| odd(command, "the URI of a document"))
}

/// Returns the only argument, a URI, if there is one.
fn uri_if_any(command: Command, arguments: &[Value]) -> Result<Option<Url>> {
    let is_missing = matches!(arguments, [] | [Value::Null]);
    let expected = "the URI of a document, or nothing";
    if is_missing { Ok(None) } else { uri(command, arguments).map(Some).map_err(|_| odd(command, expected)) }
}

/// Returns the only argument, the ID of a rule, if there is one.
fn rule_id(command: Command, arguments: &[Value]) -> Result<Option<&str>> {
    match arguments {
        [] => Ok(None),
        [Value::String(id)] => Ok(Some(id)),
        _ => Err(odd(command, "the ID of a rule, or nothing")),
    }
}

fn new_proposal(command: Command, mut arguments: Vec<Value>) -> Result<NewProposalArgument> {
    let argument = arguments.pop().unwrap_or_default();
    let is_odd = !arguments.is_empty() || !(argument.is_null() || argument.is_object());
    let read = if is_odd { None } else { serde_json::from_value::<Option<NewProposalArgument>>(argument).ok() };
    let expected = "an object that may have \"title\", \"family\", and the URIs \"folder\" and \"near\", or nothing";
    read.map(Option::unwrap_or_default).ok_or_else(|| odd(command, expected))
}

fn odd(command: Command, expected: &str) -> Error {
    Error::invalid_params(format!("\"{}\" got the wrong arguments; pass {expected}", command.name()))
}

//! Tells Zed how to start the server, and hands it what the user has set below `lsp.vip-lsp`.

use zed_extension_api::serde_json::{Value, json};
use zed_extension_api::settings::LspSettings;
use zed_extension_api::{Command, Extension, LanguageServerId, Result, Worktree, register_extension};

struct VipLsp;

impl Extension for VipLsp {
    fn new() -> Self {
        VipLsp
    }

    fn language_server_command(&mut self, server: &LanguageServerId, worktree: &Worktree) -> Result<Command> {
        let set = LspSettings::for_worktree(server.as_ref(), worktree)?.binary;
        let (path, arguments, more) = set.map_or((None, None, None), |set| (set.path, set.arguments, set.env));
        let command = path
            .or_else(|| worktree.which("vip-lsp"))
            .ok_or("there is no vip-lsp on the PATH; install it, or set lsp.vip-lsp.binary.path")?;
        let env = worktree.shell_env().into_iter().chain(more.into_iter().flatten()).collect();
        Ok(Command { command, args: arguments.unwrap_or_default(), env })
    }

    fn language_server_initialization_options(
        &mut self,
        server: &LanguageServerId,
        worktree: &Worktree,
    ) -> Result<Option<Value>> {
        Ok(LspSettings::for_worktree(server.as_ref(), worktree)?.initialization_options)
    }

    /// The server asks for its section by name.
    fn language_server_workspace_configuration(
        &mut self,
        server: &LanguageServerId,
        worktree: &Worktree,
    ) -> Result<Option<Value>> {
        let settings = LspSettings::for_worktree(server.as_ref(), worktree)?.settings;
        Ok(settings.map(|settings| json!({ server.as_ref(): settings })))
    }
}

register_extension!(VipLsp);

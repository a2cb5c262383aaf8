//! The command line.

mod check;
mod rule;

use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{ArgAction, Parser, Subcommand};

/// Nothing to report at warning or above.
const CLEAN: u8 = 0;
/// Something to report.
const FINDINGS: u8 = 1;
/// The run itself failed.
const FAILED: u8 = 2;

/// A language server and linter for proposal documents whose schema is the repository's own template.
#[derive(Debug, Parser)]
#[command(name = "vip-lsp", version)]
struct Arguments {
    /// Speak LSP over standard input and output, which is what happens without a command too.
    #[arg(long, action = ArgAction::Count)]
    stdio: u8,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Check proposals and print `path:line:column: severity[rule] message`.
    ///
    /// Exits with 0 when there is nothing at warning or above, 1 when there is, 2 when the run itself failed.
    Check {
        /// Files, and folders to look for proposals in.
        #[arg(default_value = ".")]
        paths: Vec<PathBuf>,
    },
    /// Explain a rule, or list them all.
    Rule {
        /// The rule's name, as it stands in brackets in a finding.
        id: Option<String>,
        /// Print the page of all rules, as Markdown.
        #[arg(long, conflicts_with = "id")]
        all: bool,
    },
}

/// What a person sees who starts the server by hand.
const HELLO: &str = "\
vip-lsp is a language server: your editor starts it and talks to it over standard input and output.

Set it up, in Neovim 0.11 or later:

    vim.lsp.config('vip_lsp', { cmd = { 'vip-lsp' }, filetypes = { 'markdown' }, root_markers = { '.git' } })
    vim.lsp.enable('vip_lsp')

in Helix, in languages.toml:

    [language-server.vip-lsp]
    command = \"vip-lsp\"

    [[language]]
    name = \"markdown\"
    language-servers = [\"vip-lsp\"]

Check proposals from the shell: vip-lsp check docs/proposals
Everything else: vip-lsp --help";

/// Does what the process's arguments ask for.
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let code = match arguments.command {
        Some(Command::Check { paths }) => check::run(&paths),
        Some(Command::Rule { all: true, .. }) => rule::run_all(),
        Some(Command::Rule { id, .. }) => rule::run(id.as_deref()),
        None if arguments.stdio == 0 && std::io::stdin().is_terminal() => {
            println!("{HELLO}");
            CLEAN
        }
        None => crate::server::run(),
    };
    ExitCode::from(code)
}

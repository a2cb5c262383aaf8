//! The commands with their options, and what each one runs.

use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{ArgAction, CommandFactory, Parser, Subcommand};

use super::exit::CLEAN;
use super::streams::print;
use super::{check, config, explain, families, graph, index, init, migrate, new, report, rule, template};

/// A language server and linter for proposal documents whose schema is the repository's own template.
#[derive(Debug, Parser)]
#[command(name = "vip-lsp", version = env!("VIP_LSP_VERSION"))]
struct Arguments {
    /// Speak LSP over standard input and output; this is the default.
    #[arg(long, action = ArgAction::Count)]
    stdio: u8,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Check proposals.
    ///
    /// Exits with 0 if there is nothing at warning (or --min-severity) or above, 1 if there is, and 2 if the run itself
    /// failed or a configuration file has an error.
    Check(Box<check::Options>),
    /// Print the script for completing commands and options in a shell.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Show which configuration file applies to this folder and what is wrong with it, or print its JSON Schema.
    Config {
        /// Print the JSON Schema of `vip-lsp.toml`.
        #[arg(long)]
        schema: bool,
    },
    /// Show whether a file is a proposal, and its family and template; or why not, and which settings would make it one.
    Explain(explain::Options),
    /// List the families of proposals here, with their templates, and how they were found.
    Families(families::Options),
    /// Show which proposals supersede, amend, extend or require which: for Mermaid, Graphviz, or as JSON.
    Graph(graph::Options),
    /// Keep the pages that list proposals in step with them.
    ///
    /// Without --check or --write, prints what would change as a diff. Exits with 0 if the pages agree with the proposals, 1 if
    /// they differ, and 2 if there is no such page.
    Index(index::Options),
    /// Print, as a diff of `vip-lsp.toml`, the settings for what falls just short of being found automatically.
    Init(init::Options),
    /// Bring documents to the current version of their template.
    ///
    /// What the template has renamed, moved or added since a document came in, according to git, is done in the document. Every
    /// word of the author stays; what has no place in the template any more is named.
    Migrate(migrate::Options),
    /// Start the next proposal: a file from the template, and its row on the index page.
    ///
    /// Prints the file's path. Overwrites nothing.
    New(new::Options),
    /// Show the proposals at a glance: status, sections done, length, findings, and what is missing for the next status.
    Report(report::Options),
    /// Print the schema that a template defines: title, metadata, sections, limits.
    Template {
        /// A template, or a proposal or folder whose template to print.
        file: Option<PathBuf>,
        /// Print it as JSON, with the guidance.
        #[arg(long)]
        json: bool,
        /// Print the JSON Schema (draft 7) of the front matter, for tools that know YAML.
        #[arg(long, conflicts_with = "json")]
        json_schema: bool,
    },
    /// Explain a rule, or list them all.
    Rule {
        /// The rule's name, as shown in brackets in a finding.
        id: Option<String>,
        /// Print the page of all rules, as Markdown.
        #[arg(long, conflicts_with = "id")]
        all: bool,
    },
}

/// Shown to a person who starts the server by hand.
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

/// Prints the completion script for `shell`, and returns the exit code of the process.
fn completions(shell: clap_complete::Shell) -> u8 {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "vip-lsp", &mut script);
    print(&String::from_utf8_lossy(&script));
    CLEAN
}

/// Runs the command in the process's arguments.
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let code = match arguments.command {
        Some(Command::Check(options)) => check::run(&options),
        Some(Command::Completions { shell }) => completions(shell),
        Some(Command::Config { schema: true }) => config::print_schema(),
        Some(Command::Config { schema: false }) => config::run(),
        Some(Command::Explain(options)) => explain::run(&options),
        Some(Command::Graph(options)) => graph::run(&options),
        Some(Command::Index(options)) => index::run(&options),
        Some(Command::Init(options)) => init::run(&options),
        Some(Command::Families(options)) => families::run(&options),
        Some(Command::Migrate(options)) => migrate::run(&options),
        Some(Command::New(options)) => new::run(&options),
        Some(Command::Report(options)) => report::run(&options),
        Some(Command::Template { file, json, json_schema }) => {
            let format = match (json, json_schema) {
                (_, true) => template::Format::JsonSchema,
                (true, false) => template::Format::Json,
                (false, false) => template::Format::Text,
            };
            template::run(file.as_deref(), format)
        }
        Some(Command::Rule { all: true, .. }) => rule::run_all(),
        Some(Command::Rule { id, .. }) => rule::run(id.as_deref()),
        None if arguments.stdio == 0 && std::io::stdin().is_terminal() => {
            print(&format!("{HELLO}\n"));
            CLEAN
        }
        None => crate::server::run(),
    };
    ExitCode::from(code)
}

//! The command line.

mod check;
mod config;
mod explain;
mod families;
mod init;
mod new;
mod output;
mod progress;
mod report;
mod rule;
mod table;
mod template;
mod write;

use std::borrow::Cow;
use std::fmt::Display;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{ArgAction, CommandFactory, Parser, Subcommand};
use serde::Serialize;

use crate::letters::{in_json, shown, shown_lines};
use crate::rules::Severity;
use crate::text::{Encoding, Span, Text};
use crate::workspace::{Workspace, files, is_set_apart};

/// Nothing to report at warning or above.
const CLEAN: u8 = 0;
/// Something to report.
const FINDINGS: u8 = 1;
/// The run itself failed.
const FAILED: u8 = 2;

/// A language server and linter for proposal documents whose schema is the repository's own template.
#[derive(Debug, Parser)]
#[command(name = "vip-lsp", version = env!("VIP_LSP_VERSION"))]
struct Arguments {
    /// Speak LSP over standard input and output, which is what happens without a command too.
    #[arg(long, action = ArgAction::Count)]
    stdio: u8,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Check proposals.
    ///
    /// Exits with 0 when there is nothing at warning (or --min-severity) or above, 1 when there is, 2 when the run itself
    /// failed or a configuration file has an error.
    Check(Box<check::Options>),
    /// Print the script that completes commands and options in a shell.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Say which configuration file is for this folder and what is wrong with it, or print its JSON Schema.
    Config {
        /// Print the JSON Schema of `vip-lsp.toml`.
        #[arg(long)]
        schema: bool,
    },
    /// Say whether a file is a proposal, of which family and by which template; or why not, and which settings would make it one.
    Explain(explain::Options),
    /// Say which proposals there are here, by which templates, and how that is known.
    Families(families::Options),
    /// Print, as a change of `vip-lsp.toml`, the settings for what falls just short of being found by itself.
    Init(init::Options),
    /// Start the next proposal: a file from the template, and its row on the index page.
    ///
    /// Prints the file's path. Nothing is overwritten.
    New(new::Options),
    /// Show the proposals at a glance: status, sections done, length, findings, and what stands before the next status.
    Report(report::Options),
    /// Print the schema that a template comes down to: title, metadata, sections, limits.
    Template {
        /// A template; or a proposal or folder, for the template that it follows.
        file: Option<PathBuf>,
        /// Print it as JSON, with the guidance.
        #[arg(long)]
        json: bool,
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

/// The folder that templates and configuration files for the documents in `folder` may be in, and below: its repository, else
/// the current folder if that has it, else itself. A folder that a repository sets apart, for test data or the like, is by
/// itself when it is asked for.
fn root(folder: &Path) -> PathBuf {
    let current = std::env::current_dir().ok().filter(|current| folder.starts_with(current));
    let repository = files::repository(folder).map(Path::to_owned);
    let root = repository.or(current).unwrap_or_else(|| folder.to_owned());
    if is_set_apart(folder, &root) { folder.to_owned() } else { root }
}

/// The current folder.
///
/// # Errors
///
/// When there is none.
fn current() -> Result<PathBuf, String> {
    std::env::current_dir().map_err(|error| format!("no current folder: {error}"))
}

/// Prints `output`, or says why there is none; the exit code of the process.
fn finish(output: Result<String, String>) -> u8 {
    match output {
        Ok(output) => {
            print(&output);
            CLEAN
        }
        Err(error) => {
            say(error);
            FAILED
        }
    }
}

/// `value` as JSON for standard output.
fn json(value: &impl Serialize) -> String {
    let json = serde_json::to_string_pretty(value).unwrap_or_default();
    format!("{}\n", in_json(&json))
}

/// Writes `output` to standard output. A reader that has seen enough, such as `head`, closes the pipe: not a failure of the run.
fn print(output: &str) {
    let _ = std::io::stdout().write_all(printed(output).as_bytes());
}

/// `output` as standard output takes it: a terminal shows what would steer it, another program gets it as it is.
fn printed(output: &str) -> Cow<'_, str> {
    if std::io::stdout().is_terminal() { shown_lines(output) } else { Cow::Borrowed(output) }
}

/// All that is in `folder`, read.
fn opened(folder: PathBuf) -> Workspace {
    let workspace = Workspace::default();
    workspace.set_roots(vec![folder]);
    workspace.read_all();
    workspace
}

/// Says `message` on standard error. One who listens no more is no failure of the run.
fn say(message: impl Display) {
    tell(format_args!("vip-lsp: {message}"));
}

/// Writes `line` to standard error.
fn tell(line: impl Display) {
    let _ = writeln!(std::io::stderr(), "{}", shown_lines(&line.to_string()));
}

/// `path` from the current folder, if it is below it.
fn relative(path: &Path) -> &Path {
    let folder = std::env::current_dir().unwrap_or_default();
    path.strip_prefix(folder).unwrap_or(path)
}

/// `path` from the current folder, by the folders above where that is near.
fn from_here(path: &Path) -> PathBuf {
    let folder = std::env::current_dir().unwrap_or_default();
    let common = folder.ancestors().position(|above| path.starts_with(above)).unwrap_or_default();
    match folder.ancestors().nth(common).filter(|above| above.parent().is_some()) {
        Some(above) => {
            let up: PathBuf = std::iter::repeat_n("..", common).collect();
            up.join(path.strip_prefix(above).unwrap_or(path))
        }
        None => path.to_owned(),
    }
}

/// `path` with `/` between its folders, as other programs and those on other systems want it.
fn slashed(path: &Path) -> String {
    let path = path.to_string_lossy();
    if cfg!(windows) { path.replace('\\', "/") } else { path.into_owned() }
}

/// [`slashed`] for people, on one line whatever the name is.
fn named(path: &Path) -> String {
    shown(&slashed(path)).into_owned()
}

/// `path:line:column: severity[code] message`, from 1, columns in Unicode scalar values.
fn line(path: &Path, text: &Text, span: Span, severity: Severity, code: &str, message: &str) -> String {
    let position = text.position(span.start, Encoding::Utf32);
    let (line, column) = (position.line + 1, position.column + 1);
    format!("{}:{line}:{column}: {}[{code}] {}", named(path), severity.as_str(), shown(message))
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

/// Prints the script that completes commands and options in `shell`; the exit code of the process.
fn completions(shell: clap_complete::Shell) -> u8 {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "vip-lsp", &mut script);
    print(&String::from_utf8_lossy(&script));
    CLEAN
}

/// Does what the process's arguments ask for.
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let code = match arguments.command {
        Some(Command::Check(options)) => check::run(&options),
        Some(Command::Completions { shell }) => completions(shell),
        Some(Command::Config { schema: true }) => config::print_schema(),
        Some(Command::Config { schema: false }) => config::run(),
        Some(Command::Explain(options)) => explain::run(&options),
        Some(Command::Init(options)) => init::run(&options),
        Some(Command::Families(options)) => families::run(&options),
        Some(Command::New(options)) => new::run(&options),
        Some(Command::Report(options)) => report::run(&options),
        Some(Command::Template { file, json }) => {
            template::run(file.as_deref(), if json { template::Format::Json } else { template::Format::Text })
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

//! The `vip-lsp` binary: reads the arguments and leaves with an exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    vip_lsp::cli::main()
}

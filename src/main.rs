//! The `vip-lsp` binary: passes on the arguments and exits with the resulting code.

use std::process::ExitCode;

fn main() -> ExitCode {
    vip_lsp::cli::main()
}

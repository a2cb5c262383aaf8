//! The language server: LSP over standard input and output.
//!
//! **Architecture invariant:** LSP types, URIs and positions stop here. `from_lsp` and `to_lsp` convert; the modules below see
//! paths, spans and settings.

mod backend;
mod logging;
mod protocol;
mod requests;
mod session;
mod wire;

use std::io::{Read, Write};
use std::sync::Arc;

use tower_lsp::{Client, LspService};

use self::wire::outbox::Outbox;
use self::wire::{input, output, transport};

/// Serves one client over the process's standard input and output, and returns the exit code of the process.
pub fn run() -> u8 {
    let log = logging::start();
    let open = || (input::Input::open(), Outbox::new(output::open(), output::Pipe::open(), Arc::default()));
    serve_client(open, |client| drop(tokio::spawn(logging::forward(client, log))))
}

/// Serves one client over `input` and `output`, each on a thread of its own, and returns what would be the exit code of the
/// process.
pub fn serve(input: impl Read + Send + 'static, output: impl Write + Send + 'static) -> u8 {
    let open = || (input::Input::thread(input), Outbox::new(output, None, Arc::default()));
    serve_client(open, |_| ())
}

fn serve_client(open: impl FnOnce() -> (input::Input, Outbox), meet: impl FnOnce(Client)) -> u8 {
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("vip-lsp: cannot start: {error}");
            return 1;
        }
    };
    let code = runtime.block_on(async {
        let (input, outbox) = open();
        let service = LspService::build(|client| {
            meet(client.clone());
            backend::Backend::new(client, outbox.clone())
        });
        // tower-lsp has no trait method for this notification.
        let cancel = backend::Backend::work_done_progress_cancel;
        let (service, socket) = service.custom_method("window/workDoneProgress/cancel", cancel).finish();
        transport::serve(service, socket, outbox.clone(), input).await
    });
    // A thread that reads may be waiting for input that never comes.
    runtime.shutdown_background();
    code
}

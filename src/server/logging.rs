//! Logging to standard error and to the client. `VIP_LSP_LOG` sets the level (`error`, `warn`, `info`, `debug`, `trace`, `off`),
//! also per target (`vip_lsp=debug,tower_lsp=info`).

use std::fmt::Write;

use tokio::sync::mpsc;
use tower_lsp::Client;
use tower_lsp::lsp_types::MessageType;
use tracing::field::{Field, Visit};
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};
use tracing_subscriber::util::SubscriberInitExt;

/// The maximum number of lines that wait for the client. Further lines are dropped: the log must never hold up the server.
const QUEUE: usize = 64;

/// A line for the client's log.
pub(super) type Line = (MessageType, String);

/// Starts logging, and returns a receiver of the lines for the client.
pub(super) fn start() -> mpsc::Receiver<Line> {
    let (sender, receiver) = mpsc::channel(QUEUE);
    let setting = std::env::var("VIP_LSP_LOG").unwrap_or_default();
    let parsed = (!setting.is_empty()).then(|| setting.parse::<Targets>());
    let default = Targets::new().with_default(LevelFilter::WARN);
    let (filter, fault) = match parsed {
        Some(Ok(filter)) => (filter, None),
        Some(Err(error)) => (default, Some(error)),
        None => (default, None),
    };
    let stderr = tracing_subscriber::fmt::layer().with_writer(std::io::stderr).with_ansi(false).without_time();
    let started = tracing_subscriber::registry().with(filter).with(stderr).with(ToClient(sender)).try_init();
    if let Some(error) = fault {
        tracing::warn!("VIP_LSP_LOG is ignored: {error}; set it to a level such as debug");
    }
    if started.is_err() {
        eprintln!("vip-lsp: the log is already started");
    }
    receiver
}

/// Sends the lines to the client.
pub(super) async fn forward(client: Client, mut lines: mpsc::Receiver<Line>) {
    while let Some((level, line)) = lines.recv().await {
        client.log_message(level, line).await;
    }
}

/// Passes on the lines of this crate only: sending one makes the protocol implementation log more.
struct ToClient(mpsc::Sender<Line>);

impl<S: Subscriber> Layer<S> for ToClient {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        if !event.metadata().target().starts_with("vip_lsp") {
            return;
        }
        let mut message = Message(String::new());
        event.record(&mut message);
        let level = match *event.metadata().level() {
            Level::ERROR => MessageType::ERROR,
            Level::WARN => MessageType::WARNING,
            Level::INFO => MessageType::INFO,
            _ => MessageType::LOG,
        };
        // If the queue is full, the line is still on standard error.
        let _ = self.0.try_send((level, message.0));
    }
}

struct Message(String);

impl Visit for Message {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        let written = match field.name() {
            "message" => write!(self.0, "{value:?}"),
            name => write!(self.0, " {name}={value:?}"),
        };
        debug_assert!(written.is_ok(), "writing to a string cannot fail");
    }
}

//! What goes out to the client, in its order, and bounded while it waits.

use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use serde::Serialize;
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore, mpsc};
use tower_lsp::lsp_types;

use super::echo::Echo;
use super::output::Pipe;

/// How many messages wait to be written before who has more to say has to.
pub(super) const QUEUE: usize = 256;

/// How many bytes wait to be written before who has more to say has to.
const MAX_WAITING: usize = 16 * 1024 * 1024;

/// How long a client has to take what is still queued when the server leaves.
const FLUSH: Duration = Duration::from_millis(200);

/// What goes out, in its order, through a bounded queue.
#[derive(Clone, Debug)]
pub(in crate::server) struct Outbox {
    queue: mpsc::Sender<Outgoing>,
    /// The bytes that may still wait.
    room: Arc<Semaphore>,
    /// How many messages are queued or being written.
    waiting: Arc<AtomicUsize>,
    /// What takes a message while none is.
    pipe: Option<Arc<Pipe>>,
    pub(super) echo: Arc<Echo>,
    /// The client takes nothing any more.
    pub(super) closed: Arc<Notify>,
}

#[derive(Debug)]
enum Outgoing {
    /// A frame, and the room that it takes.
    Frame(Vec<u8>, OwnedSemaphorePermit),
    Close,
}

/// A notification, as it goes out.
#[derive(Serialize)]
struct Notification<'a, T> {
    jsonrpc: &'static str,
    method: &'static str,
    params: &'a T,
}

impl Outbox {
    /// What goes to `output`, or where it is known as a `pipe`, straight into that; with URIs as `echo` has them.
    pub(in crate::server) fn new(
        mut output: impl Write + Send + 'static,
        pipe: Option<Pipe>,
        echo: Arc<Echo>,
    ) -> Outbox {
        let (queue, mut messages) = mpsc::channel(QUEUE);
        let closed = Arc::new(Notify::new());
        let (done, waiting) = (closed.clone(), Arc::new(AtomicUsize::new(0)));
        let written = waiting.clone();
        std::thread::spawn(move || {
            while let Some(Outgoing::Frame(frame, _room)) = messages.blocking_recv() {
                if output.write_all(&frame).and_then(|()| output.flush()).is_err() {
                    break;
                }
                written.fetch_sub(1, Ordering::AcqRel);
            }
            done.notify_one();
        });
        let (room, pipe) = (Arc::new(Semaphore::new(MAX_WAITING)), pipe.map(Arc::new));
        Outbox { queue, room, waiting, pipe, echo, closed }
    }

    /// Waits until all that waits for room has some.
    pub(in crate::server) async fn room(&self) {
        // It is fair, and never closed.
        drop(self.room.acquire().await);
    }

    pub(super) async fn send(&self, message: &impl Serialize) {
        if let Some(frame) = self.frame(message) {
            self.put(frame).await;
        }
    }

    /// `message` as it goes out.
    pub(super) fn frame(&self, message: &impl Serialize) -> Option<Vec<u8>> {
        let frame = match self.echo.is_needed() {
            false => frame(message),
            true => serde_json::to_value(message).map(|value| self.echo.apply(value)).and_then(|value| frame(&value)),
        };
        frame.inspect_err(|error| tracing::error!("cannot serialize a message: {error}")).ok()
    }

    pub(super) async fn put(&self, frame: Vec<u8>) {
        if self.goes_straight(&frame) {
            return;
        }
        self.waiting.fetch_add(1, Ordering::AcqRel);
        let size = u32::try_from(frame.len().min(MAX_WAITING)).unwrap_or(u32::MAX);
        // A closed queue means that the client has gone, which the loop learns by itself.
        if let Ok(room) = self.room.clone().acquire_many_owned(size).await {
            drop(self.queue.send(Outgoing::Frame(frame, room)).await);
        }
    }

    /// Whether `frame` went straight to the client, without another thread to wake: there is room for it, and nothing before it.
    fn goes_straight(&self, frame: &[u8]) -> bool {
        let Some(pipe) = self.pipe.as_ref().filter(|_| self.waiting.load(Ordering::Acquire) == 0) else { return false };
        match pipe.try_write(frame) {
            Ok(is_written) => is_written,
            Err(_) => {
                self.closed.notify_one();
                true
            }
        }
    }

    /// Notifies the client. tower-lsp's own way makes a tree of JSON first, which for diagnostics takes longer than finding them.
    pub(in crate::server) async fn notify<N: lsp_types::notification::Notification>(&self, params: &N::Params) {
        self.send(&Notification { jsonrpc: "2.0", method: N::METHOD, params }).await;
    }

    /// Waits a moment for what is queued to be written.
    pub(super) async fn close(&self) {
        let flushed = async {
            if self.queue.send(Outgoing::Close).await.is_ok() {
                self.closed.notified().await;
            }
        };
        let _ = tokio::time::timeout(FLUSH, flushed).await;
    }
}

/// How many digits a length has at most.
const DIGITS: usize = 20;

/// `message` in a frame, in one piece, so that it is written at once.
pub(super) fn frame(message: &impl Serialize) -> serde_json::Result<Vec<u8>> {
    const HEADER: &[u8] = b"Content-Length: ";
    const END: &[u8] = b"\r\n\r\n";
    // The length is known behind the content, and stands before it.
    let mut frame = vec![0; HEADER.len() + DIGITS + END.len()];
    let start = frame.len();
    serde_json::to_writer(&mut frame, message)?;
    let header = [HEADER, (frame.len() - start).to_string().as_bytes(), END].concat();
    let from = start - header.len();
    frame[from..start].copy_from_slice(&header);
    frame.drain(..from);
    Ok(frame)
}

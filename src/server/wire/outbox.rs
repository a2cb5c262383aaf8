//! The output to the client, in order and with a bounded queue.

use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use serde::Serialize;
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore, mpsc};
use tower_lsp::lsp_types;

use super::echo::Echo;
use super::output::Pipe;

/// The maximum number of messages in the queue; further senders wait.
pub(super) const QUEUE: usize = 256;

/// The maximum number of bytes in the queue; further senders wait.
const MAX_WAITING: usize = 16 * 1024 * 1024;

/// How long a client has to read what is still queued when the server exits.
const FLUSH: Duration = Duration::from_millis(200);

/// Sends messages to the client in order, through a bounded queue.
#[derive(Clone, Debug)]
pub(in crate::server) struct Outbox {
    queue: mpsc::Sender<Outgoing>,
    /// The number of bytes that may still be queued.
    room: Arc<Semaphore>,
    /// How many messages are queued or being written.
    waiting: Arc<AtomicUsize>,
    /// Takes a message directly while none is queued.
    pipe: Option<Arc<Pipe>>,
    pub(super) echo: Arc<Echo>,
    /// Notified when the client stops reading.
    pub(super) closed: Arc<Notify>,
}

#[derive(Debug)]
enum Outgoing {
    /// A frame, and its share of the space in the queue.
    Frame(Vec<u8>, OwnedSemaphorePermit),
    Close,
}

/// A notification in the form that is sent.
#[derive(Serialize)]
struct Notification<'a, T> {
    jsonrpc: &'static str,
    method: &'static str,
    params: &'a T,
}

impl Outbox {
    /// Creates an outbox that writes to `output`, or directly to the `pipe` if it is known. URIs are spelled as in `echo`.
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

    /// Waits until everyone who waits for space in the queue has got it.
    pub(in crate::server) async fn room(&self) {
        // The semaphore is fair, and never closed.
        drop(self.room.acquire().await);
    }

    pub(super) async fn send(&self, message: &impl Serialize) {
        if let Some(frame) = self.frame(message) {
            self.put(frame).await;
        }
    }

    /// Serializes `message` into a frame.
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
        // A closed queue means that the client is gone, which the loop finds out by itself.
        if let Ok(room) = self.room.clone().acquire_many_owned(size).await {
            drop(self.queue.send(Outgoing::Frame(frame, room)).await);
        }
    }

    /// Tries to write `frame` directly to the client without waking another thread, and returns whether it did. This needs space
    /// in the pipe, and an empty queue.
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

    /// Sends a notification. tower-lsp's own way builds a JSON tree first, which for diagnostics takes longer than finding them.
    pub(in crate::server) async fn notify<N: lsp_types::notification::Notification>(&self, params: &N::Params) {
        self.send(&Notification { jsonrpc: "2.0", method: N::METHOD, params }).await;
    }

    /// Waits a moment for the queue to be written.
    pub(super) async fn close(&self) {
        let flushed = async {
            if self.queue.send(Outgoing::Close).await.is_ok() {
                self.closed.notified().await;
            }
        };
        let _ = tokio::time::timeout(FLUSH, flushed).await;
    }
}

/// The maximum number of digits of a length.
const DIGITS: usize = 20;

/// Serializes `message` into a frame in one buffer, so that it is written at once.
pub(super) fn frame(message: &impl Serialize) -> serde_json::Result<Vec<u8>> {
    const HEADER: &[u8] = b"Content-Length: ";
    const END: &[u8] = b"\r\n\r\n";
    // The length is known only after the content, and goes before it.
    let mut frame = vec![0; HEADER.len() + DIGITS + END.len()];
    let start = frame.len();
    serde_json::to_writer(&mut frame, message)?;
    let header = [HEADER, (frame.len() - start).to_string().as_bytes(), END].concat();
    let from = start - header.len();
    frame[from..start].copy_from_slice(&header);
    frame.drain(..from);
    Ok(frame)
}

//! The loop between a client's bytes and a tower-lsp service.
//!
//! tower-lsp's own loop stops at one malformed frame, does not leave at `exit` while the input is open, and dies with a
//! handler's panic; `LspService` and `ClientSocket` are sound, so this loop drives them.
//!
//! **Architecture invariant:** the future of each call is first polled in the order in which the calls arrived, so a
//! notification that changes a document has done so before the next message is looked at.

use std::io::{BufReader, Read, Write};
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use futures::future::{FutureExt, poll_fn};
use futures::{SinkExt, Stream, StreamExt};
use serde::Serialize;
use serde_json::{Map, Value, json};
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore, mpsc, oneshot};
use tower_lsp::jsonrpc::{Error, ErrorCode, Id, Request, Response};
use tower_lsp::{ClientSocket, LanguageServer, LspService, lsp_types};
use tower_service::Service;

use super::echo::Echo;
use super::frames::{Frame, Frames};
use super::output::Pipe;

/// How many messages wait on either side before the other has to.
const QUEUE: usize = 256;

/// How many bytes wait to be written before who has more to say has to.
const MAX_WAITING: usize = 16 * 1024 * 1024;

/// How many calls may be under way at once; more are refused.
const MAX_CALLS: usize = 1024;

/// How long a client has to take what is still queued when the server leaves.
const FLUSH: Duration = Duration::from_millis(300);

/// Serves until the client says `exit` or its end of the connection closes; the exit code of the process (LSP 3.17, "Exit
/// Notification": 0 after `shutdown`, else 1).
pub(super) async fn serve<S: LanguageServer>(
    mut service: LspService<S>,
    socket: ClientSocket,
    outbox: Outbox,
    input: impl Read + Send + 'static,
) -> u8 {
    let mut frames = read(input);
    let (to_client, mut from_client) = socket.split();
    let (ahead, asking) = mpsc::channel(1);
    tokio::spawn(send_requests(to_client, asking, outbox.clone()));
    let calls = Calls { outbox: outbox.clone(), ahead, under_way: Arc::default() };
    let mut is_shut_down = false;
    let code = loop {
        let frame = tokio::select! {
            frame = frames.recv() => frame.unwrap_or(Frame::End),
            () = outbox.closed.notified() => break 1,
        };
        let content = match frame {
            Frame::Content(content) => content,
            Frame::Malformed(fault) => {
                outbox.fail(Id::Null, ErrorCode::ParseError, fault).await;
                continue;
            }
            Frame::TooLarge(length) => {
                outbox
                    .fail(Id::Null, ErrorCode::InvalidRequest, &format!("message of {length} bytes is too large"))
                    .await;
                break 1;
            }
            Frame::End => break 1,
        };
        match message(&content) {
            Ok(Message::Response(response)) => {
                // tower-lsp panics on a reply to a request that it no longer waits for.
                let sent = AssertUnwindSafe(from_client.send(response)).catch_unwind().await;
                if sent.is_err() {
                    tracing::debug!("a late reply was ignored");
                }
            }
            Ok(Message::Request(request)) if request.method() == "exit" => break u8::from(!is_shut_down),
            Ok(Message::Request(request)) => {
                is_shut_down |= request.method() == "shutdown" && request.id().is_some();
                if poll_fn(|context| service.poll_ready(context)).await.is_err() {
                    break u8::from(!is_shut_down);
                }
                outbox.echo.listen(&request);
                calls.make(&mut service, request).await;
            }
            Err((id, code, fault)) => outbox.fail(id, code, fault).await,
        }
    };
    outbox.close().await;
    code
}

/// Sends the server's own requests and notifications, and answers who is `asking` once all that came before is sent.
async fn send_requests(
    mut to_client: impl Stream<Item = Request> + Unpin,
    mut asking: mpsc::Receiver<oneshot::Sender<()>>,
    outbox: Outbox,
) {
    loop {
        tokio::select! {
            biased;
            Some(request) = to_client.next() => outbox.send(&request).await,
            // It fails when nobody waits for the answer any more.
            Some(sent) = asking.recv() => drop(sent.send(())),
            else => return,
        }
    }
}

/// Calls to the service, and what becomes of them.
#[derive(Clone)]
struct Calls {
    outbox: Outbox,
    /// For who has to know that what the server sent of itself is ahead.
    ahead: mpsc::Sender<oneshot::Sender<()>>,
    under_way: Arc<AtomicUsize>,
}

impl Calls {
    async fn make<S: LanguageServer>(&self, service: &mut LspService<S>, request: Request) {
        let (method, id) = (request.method().to_owned(), request.id().cloned());
        let is_in_line = matches!(method.as_str(), "initialize" | "shutdown");
        if id.is_some() && self.under_way.load(Ordering::Relaxed) >= MAX_CALLS {
            self.outbox.fail(id.unwrap_or_default(), ErrorCode::ServerError(-32803), "too many requests at once").await;
            return;
        }
        let call = service.call(request);
        let mut call = Box::pin(AssertUnwindSafe(call).catch_unwind().map(move |outcome| match outcome {
            Ok(response) => response.ok().flatten(),
            Err(_) => {
                tracing::error!("{method} panicked");
                let message = format!("internal error in {method}");
                id.map(|id| Response::from_error(id, error(ErrorCode::InternalError, &message)))
            }
        }));
        if is_in_line {
            let response = call.await;
            self.reply(response).await;
            return;
        }
        match (&mut call).now_or_never() {
            Some(response) => self.reply(response).await,
            None => {
                let calls = self.clone();
                calls.under_way.fetch_add(1, Ordering::Relaxed);
                tokio::spawn(async move {
                    calls.reply(call.await).await;
                    calls.under_way.fetch_sub(1, Ordering::Relaxed);
                });
            }
        }
    }

    /// Replies after what the call sent the client: the reply ends the partial results (LSP 3.17, "Partial Result Progress").
    async fn reply(&self, response: Option<Response>) {
        let Some(response) = response else { return };
        let (sent, is_sent) = oneshot::channel();
        if self.ahead.send(sent).await.is_ok() {
            // It fails when nothing is sent any more.
            drop(is_sent.await);
        }
        self.outbox.send(&response).await;
    }
}

/// Reads frames on a thread of its own, so that reading never waits for the runtime.
fn read(input: impl Read + Send + 'static) -> mpsc::Receiver<Frame> {
    let (sender, receiver) = mpsc::channel(QUEUE);
    std::thread::spawn(move || {
        let mut frames = Frames::new(BufReader::with_capacity(64 * 1024, input));
        loop {
            let frame = frames.next();
            let is_last = matches!(frame, Frame::End | Frame::TooLarge(_));
            if sender.blocking_send(frame).is_err() || is_last {
                return;
            }
        }
    });
    receiver
}

/// What goes out, in its order, through a bounded queue.
#[derive(Clone, Debug)]
pub(super) struct Outbox {
    queue: mpsc::Sender<Outgoing>,
    /// The bytes that may still wait.
    room: Arc<Semaphore>,
    /// How many messages are queued or being written.
    waiting: Arc<AtomicUsize>,
    /// What takes a message while none is.
    pipe: Option<Arc<Pipe>>,
    echo: Arc<Echo>,
    /// The client takes nothing any more.
    closed: Arc<Notify>,
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
    pub(super) fn new(mut output: impl Write + Send + 'static, pipe: Option<Pipe>, echo: Arc<Echo>) -> Outbox {
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
    pub(super) async fn room(&self) {
        // It is fair, and never closed.
        drop(self.room.acquire().await);
    }

    async fn send(&self, message: &impl Serialize) {
        let frame = match self.echo.is_needed() {
            false => frame(message),
            true => serde_json::to_value(message).map(|value| self.echo.apply(value)).and_then(|value| frame(&value)),
        };
        match frame {
            Ok(frame) if self.goes_straight(&frame) => {}
            Ok(frame) => {
                self.waiting.fetch_add(1, Ordering::AcqRel);
                let size = u32::try_from(frame.len().min(MAX_WAITING)).unwrap_or(u32::MAX);
                // A closed queue means that the client has gone, which the loop learns by itself.
                if let Ok(room) = self.room.clone().acquire_many_owned(size).await {
                    drop(self.queue.send(Outgoing::Frame(frame, room)).await);
                }
            }
            Err(error) => tracing::error!("cannot serialize a message: {error}"),
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
    pub(super) async fn notify<N: lsp_types::notification::Notification>(&self, params: &N::Params) {
        self.send(&Notification { jsonrpc: "2.0", method: N::METHOD, params }).await;
    }

    async fn fail(&self, id: Id, code: ErrorCode, message: &str) {
        self.send(&Response::from_error(id, error(code, message))).await;
    }

    /// Waits a moment for what is queued to be written.
    async fn close(&self) {
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
fn frame(message: &impl Serialize) -> serde_json::Result<Vec<u8>> {
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

fn error(code: ErrorCode, message: &str) -> Error {
    Error { code, message: message.to_owned().into(), data: None }
}

enum Message {
    Request(Request),
    Response(Response),
}

/// The message in `content`, or the error to reply with.
fn message(content: &[u8]) -> Result<Message, (Id, ErrorCode, &'static str)> {
    let invalid = |id, message| (id, ErrorCode::InvalidRequest, message);
    let mut value: Value = match serde_json::from_slice(content) {
        Ok(value) => value,
        Err(_) => return Err((Id::Null, ErrorCode::ParseError, "not valid JSON in UTF-8")),
    };
    let Some(object) = value.as_object_mut() else {
        let message = "expected a single JSON-RPC message (LSP has no batches)";
        return Err(invalid(Id::Null, message));
    };
    let id = match object.get("id") {
        Some(Value::String(id)) => Id::String(id.clone()),
        Some(Value::Number(id)) if id.is_i64() => Id::Number(id.as_i64().unwrap_or_default()),
        _ => Id::Null,
    };
    if object.contains_key("method") {
        mend(object);
        let request = serde_json::from_value(value).map_err(|_| invalid(id, "not a JSON-RPC 2.0 request"))?;
        return Ok(Message::Request(request));
    }
    if object.contains_key("result") || object.contains_key("error") {
        // tower-lsp takes a reply that has both for neither.
        if object.get("error").is_some_and(Value::is_null) {
            object.remove("error");
        }
        object.entry("jsonrpc").or_insert(json!("2.0"));
        return serde_json::from_value(value)
            .map(Message::Response)
            .map_err(|_| invalid(Id::Null, "not a JSON-RPC 2.0 reply"));
    }
    Err(invalid(id, "a message has a method, a result or an error"))
}

/// Where a client says whether it asks for the semantic tokens of a range.
const SEMANTIC_TOKENS_RANGE: &str = "/capabilities/textDocument/semanticTokens/requests/range";

/// Puts right what the protocol types do not understand.
fn mend(request: &mut Map<String, Value>) {
    // Some clients send `"params": null` (eglot's `shutdown`), which JSON-RPC does not know, or `{}` (lsp-mode's), where
    // LSP has none.
    let is_shutdown = request.get("method").is_some_and(|method| method == "shutdown");
    if is_shutdown || request.get("params").is_some_and(Value::is_null) {
        request.remove("params");
    }
    // LSP 3.17 has `workspace.diagnostics`; lsp-types 0.94 reads `workspace.diagnostic`.
    if request.get("method").is_some_and(|method| method == "initialize")
        && let Some(workspace) =
            request.get_mut("params").and_then(|params| params.pointer_mut("/capabilities/workspace"))
        && let Some(diagnostics) = workspace.get("diagnostics").cloned()
    {
        workspace["diagnostic"] = diagnostics;
    }
    // LSP 3.17 lets a client say `{}` here; lsp-types 0.94 reads a boolean, and would refuse the client.
    if let Some(range) = request
        .get_mut("params")
        .and_then(|params| params.pointer_mut(SEMANTIC_TOKENS_RANGE))
        .filter(|range| range.is_object())
    {
        *range = json!(true);
    }
}

#[cfg(test)]
mod tests;

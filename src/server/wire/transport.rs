//! The loop between a client's bytes and a tower-lsp service.
//!
//! tower-lsp's own loop stops at one malformed frame, does not leave at `exit` while the input is open, and dies with a
//! handler's panic; `LspService` and `ClientSocket` are sound, so this loop drives them.
//!
//! **Architecture invariant:** the future of each call is first polled in the order in which the calls arrived, so a
//! notification that changes a document has done so before the next message is looked at.

use std::io::Write;
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
use super::frames::Frame;
use super::input::Input;
use super::output::Pipe;

/// How many messages wait to be written before who has more to say has to.
const QUEUE: usize = 256;

/// How many bytes wait to be written before who has more to say has to.
const MAX_WAITING: usize = 16 * 1024 * 1024;

/// How many calls may be under way at once; more are refused.
const MAX_CALLS: usize = 1024;

/// How long a client has to take what is still queued when the server leaves.
const FLUSH: Duration = Duration::from_millis(200);

/// Serves until the client says `exit` or its end of the connection closes; the exit code of the process (LSP 3.17, "Exit
/// Notification": 0 after `shutdown`, else 1).
pub(in crate::server) async fn serve<S: LanguageServer>(
    mut service: LspService<S>,
    socket: ClientSocket,
    outbox: Outbox,
    mut input: Input,
) -> u8 {
    let (to_client, mut from_client) = socket.split();
    let (ahead, asking) = mpsc::channel(1);
    tokio::spawn(send_requests(to_client, asking, outbox.clone()));
    let calls = Calls {
        outbox: outbox.clone(),
        ahead,
        under_way: Arc::default(),
        free: Arc::new(Semaphore::new(2 * MAX_CALLS)),
    };
    let mut is_shut_down = false;
    let code = loop {
        let (frame, turn) = tokio::select! {
            next = async { (input.next().await, calls.turn().await) } => next,
            () = outbox.closed.notified() => break 1,
        };
        let content = match frame {
            Frame::Content(content) => content,
            Frame::Malformed(fault) => {
                calls.fail(turn, Id::Null, ErrorCode::ParseError, fault.to_owned());
                continue;
            }
            Frame::TooLarge(length) => {
                calls.fail(
                    turn,
                    Id::Null,
                    ErrorCode::InvalidRequest,
                    format!("message of {length} bytes is too large"),
                );
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
                calls.make(&mut service, request, turn).await;
            }
            Err((id, code, fault)) => calls.fail(turn, id, code, fault.to_owned()),
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
    /// How many calls are worked on.
    under_way: Arc<AtomicUsize>,
    /// For each message that may be under way, be it worked on or answered. Calls leave half of them, so that there is always one for
    /// what cancels a call.
    free: Arc<Semaphore>,
}

impl Calls {
    /// Waits until one more message may be under way.
    async fn turn(&self) -> Option<OwnedSemaphorePermit> {
        // It is never closed.
        self.free.clone().acquire_owned().await.ok()
    }

    async fn make<S: LanguageServer>(
        &self,
        service: &mut LspService<S>,
        request: Request,
        turn: Option<OwnedSemaphorePermit>,
    ) {
        let (method, id) = (request.method().to_owned(), request.id().cloned());
        let (is_first, is_in_line) = (method == "initialize", method == "shutdown");
        if id.is_some() && self.under_way.load(Ordering::Relaxed) >= MAX_CALLS {
            let message = "too many requests at once".to_owned();
            return self.fail(turn, id.unwrap_or_default(), ErrorCode::ServerError(-32803), message);
        }
        let call = service.call(request);
        let call = AssertUnwindSafe(call).catch_unwind().map(move |outcome| match outcome {
            Ok(response) => response.ok().flatten(),
            Err(_) => {
                tracing::error!("{method} panicked");
                let message = format!("internal error in {method}");
                id.map(|id| Response::from_error(id, error(ErrorCode::InternalError, message)))
            }
        });
        let calls = self.clone();
        if is_first {
            // The client is to hear nothing before the reply.
            calls.reply(call.await).await;
        } else if is_in_line {
            let response = call.await;
            beside(turn, async move { calls.reply(response).await });
        } else {
            calls.under_way.fetch_add(1, Ordering::Relaxed);
            beside(turn, async move {
                let response = call.await;
                calls.under_way.fetch_sub(1, Ordering::Relaxed);
                calls.reply(response).await;
            });
        }
    }

    fn fail(&self, turn: Option<OwnedSemaphorePermit>, id: Id, code: ErrorCode, message: String) {
        let outbox = self.outbox.clone();
        beside(turn, async move { outbox.send(&Response::from_error(id, error(code, message))).await });
    }

    /// Replies after what the call sent the client: the reply ends the partial results (LSP 3.17, "Partial Result Progress").
    async fn reply(&self, response: Option<Response>) {
        // A tree of JSON takes many times the room of what it says, and does not wait.
        let Some(frame) = response.and_then(|response| self.outbox.frame(&response)) else { return };
        let (sent, is_sent) = oneshot::channel();
        if self.ahead.send(sent).await.is_ok() {
            // It fails when nothing is sent any more.
            drop(is_sent.await);
        }
        self.outbox.put(frame).await;
    }
}

/// Does `what` at once as far as nothing has to be waited for, and the rest beside the loop: a client that does not read can still
/// say `exit`.
fn beside(turn: Option<OwnedSemaphorePermit>, what: impl Future<Output = ()> + Send + 'static) {
    let mut what = Box::pin(what);
    if (&mut what).now_or_never().is_none() {
        tokio::spawn(async move {
            what.await;
            drop(turn);
        });
    }
}

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

    async fn send(&self, message: &impl Serialize) {
        if let Some(frame) = self.frame(message) {
            self.put(frame).await;
        }
    }

    /// `message` as it goes out.
    fn frame(&self, message: &impl Serialize) -> Option<Vec<u8>> {
        let frame = match self.echo.is_needed() {
            false => frame(message),
            true => serde_json::to_value(message).map(|value| self.echo.apply(value)).and_then(|value| frame(&value)),
        };
        frame.inspect_err(|error| tracing::error!("cannot serialize a message: {error}")).ok()
    }

    async fn put(&self, frame: Vec<u8>) {
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

fn error(code: ErrorCode, message: String) -> Error {
    Error { code, message: message.into(), data: None }
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

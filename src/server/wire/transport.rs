//! The loop between a client's bytes and a tower-lsp service.
//!
//! tower-lsp's own loop stops at one malformed frame, does not exit on `exit` while the input is open, and dies with a handler's
//! panic. `LspService` and `ClientSocket` are sound, so this loop drives them.
//!
//! **Architecture invariant:** the future of each call is first polled in the order in which the calls arrive, so a notification
//! that changes a document has done so before the next message is looked at.

use std::ops::ControlFlow;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use futures::future::{FutureExt, poll_fn};
use futures::{SinkExt, Stream, StreamExt};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc, oneshot};
use tower_lsp::jsonrpc::{Error, ErrorCode, Id, Request, Response};
use tower_lsp::{ClientSocket, LanguageServer, LspService};
use tower_service::Service;

use super::frames::Frame;
use super::input::Input;
use super::message::{Message, message};
use super::outbox::Outbox;
use super::snippets;

/// The maximum number of calls in progress; further ones are rejected.
const MAX_CALLS: usize = 1024;

/// Serves until the client sends `exit` or closes its end of the connection, and returns the exit code of the process (LSP 3.17,
/// "Exit Notification": 0 after `shutdown`, else 1).
pub(in crate::server) async fn serve<S: LanguageServer>(
    mut service: LspService<S>,
    socket: ClientSocket,
    outbox: Outbox,
    mut input: Input,
) -> u8 {
    let (to_client, mut from_client) = socket.split();
    let (ahead, asking) = mpsc::channel(1);
    tokio::spawn(send_requests(to_client, asking, outbox.clone()));
    let calls = Calls::new(outbox.clone(), ahead);
    let mut is_shut_down = false;
    let code = loop {
        let (frame, mut turn) = tokio::select! {
            next = async { (input.next().await, calls.turn().await) } => next,
            () = outbox.closed.notified() => break 1,
        };
        let content = match calls.content(frame, &mut turn) {
            ControlFlow::Continue(Some(content)) => content,
            ControlFlow::Continue(None) => continue,
            ControlFlow::Break(()) => break 1,
        };
        match message(&content) {
            Ok(Message::Response(response)) => {
                // tower-lsp panics on a reply to a request that it has given up waiting for.
                if AssertUnwindSafe(from_client.send(response)).catch_unwind().await.is_err() {
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

/// Sends the server's own requests and notifications, and answers `asking` once everything before is sent.
async fn send_requests(
    mut to_client: impl Stream<Item = Request> + Unpin,
    mut asking: mpsc::Receiver<oneshot::Sender<()>>,
    outbox: Outbox,
) {
    loop {
        tokio::select! {
            biased;
            Some(request) = to_client.next() => outbox.send(&request).await,
            // Fails if the one who asks is gone.
            Some(sent) = asking.recv() => drop(sent.send(())),
            else => return,
        }
    }
}

/// The calls to the service and their replies.
#[derive(Clone)]
struct Calls {
    outbox: Outbox,
    /// Lets a reply wait until the server's own messages before it are sent.
    ahead: mpsc::Sender<oneshot::Sender<()>>,
    /// How many calls are being worked on.
    under_way: Arc<AtomicUsize>,
    /// A permit for each message in progress, whether it is being worked on or replied to. Calls use at most half of the permits,
    /// so that a message that cancels a call always gets one.
    free: Arc<Semaphore>,
}

impl Calls {
    fn new(outbox: Outbox, ahead: mpsc::Sender<oneshot::Sender<()>>) -> Calls {
        Calls { outbox, ahead, under_way: Arc::default(), free: Arc::new(Semaphore::new(2 * MAX_CALLS)) }
    }

    /// Returns the content of `frame`, or `None` after reporting a malformed one. Breaks if no further frames can come.
    fn content(&self, frame: Frame, turn: &mut Option<OwnedSemaphorePermit>) -> ControlFlow<(), Option<Vec<u8>>> {
        match frame {
            Frame::Content(content) => ControlFlow::Continue(Some(content)),
            Frame::Malformed(fault) => {
                self.fail(turn.take(), Id::Null, ErrorCode::ParseError, fault.to_owned());
                ControlFlow::Continue(None)
            }
            Frame::TooLarge(length) => {
                let message = format!("message of {length} bytes is too large");
                self.fail(turn.take(), Id::Null, ErrorCode::InvalidRequest, message);
                ControlFlow::Break(())
            }
            Frame::End => ControlFlow::Break(()),
        }
    }

    /// Waits until one more message may be in progress.
    async fn turn(&self) -> Option<OwnedSemaphorePermit> {
        // The semaphore is never closed.
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
            Ok(response) if snippets::may_have(&method) => response.ok().flatten().map(snippets::spelled_out),
            Ok(response) => response.ok().flatten(),
            Err(_) => {
                tracing::error!("{method} panicked");
                let message = format!("internal error in {method}");
                id.map(|id| Response::from_error(id, error(ErrorCode::InternalError, message)))
            }
        });
        let calls = self.clone();
        if is_first {
            // The client must not receive anything before this reply.
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

    /// Replies after everything that the call sent to the client, because the reply ends the partial results (LSP 3.17, "Partial
    /// Result Progress").
    async fn reply(&self, response: Option<Response>) {
        // Serialized before waiting: a JSON tree takes many times the memory of its text.
        let Some(frame) = response.and_then(|response| self.outbox.frame(&response)) else { return };
        let (sent, is_sent) = oneshot::channel();
        if self.ahead.send(sent).await.is_ok() {
            // Fails when sending has stopped.
            drop(is_sent.await);
        }
        self.outbox.put(frame).await;
    }
}

/// Runs `what` immediately as far as possible without waiting, and the rest in a separate task: a client that does not read can
/// still send `exit`.
fn beside(turn: Option<OwnedSemaphorePermit>, what: impl Future<Output = ()> + Send + 'static) {
    let mut what = Box::pin(what);
    if (&mut what).now_or_never().is_none() {
        tokio::spawn(async move {
            what.await;
            drop(turn);
        });
    }
}

fn error(code: ErrorCode, message: String) -> Error {
    Error { code, message: message.into(), data: None }
}

#[cfg(test)]
mod tests;

//! Every row of the transport's contract, against a server made for it.

mod slow_clients;

use std::io::{PipeReader, PipeWriter, Read, Write};
use std::sync::Mutex;
use std::sync::atomic::AtomicBool;
use std::sync::mpsc;
use std::thread::JoinHandle;
use std::time::Duration;

use serde_json::{Value, from_slice, json};
use tower_lsp::jsonrpc::Result;
use tower_lsp::lsp_types::*;
use tower_lsp::{Client as Peer, async_trait};

use super::super::frames::Frames;
use super::super::outbox::QUEUE;
use super::*;

/// How long a test waits for what must come.
const PATIENCE: Duration = Duration::from_secs(20);

/// A server whose methods each do one thing that a transport has to bear.
struct Odd {
    client: Peer,
    seen: Arc<Mutex<Vec<String>>>,
}

#[async_trait]
impl LanguageServer for Odd {
    async fn initialize(&self, _: InitializeParams) -> Result<InitializeResult> {
        Ok(InitializeResult::default())
    }

    async fn shutdown(&self) -> Result<()> {
        Ok(())
    }

    /// Notes the text before the first `.await`, then asks the client something.
    async fn did_open(&self, params: DidOpenTextDocumentParams) {
        self.seen.lock().expect("not poisoned").push(params.text_document.text);
        let _ = self.client.workspace_folders().await;
    }

    /// Tells the client something, and answers.
    async fn code_lens(&self, _: CodeLensParams) -> Result<Option<Vec<CodeLens>>> {
        self.client.log_message(MessageType::INFO, "first").await;
        Ok(None)
    }

    /// Never answers.
    async fn hover(&self, _: HoverParams) -> Result<Option<Hover>> {
        std::future::pending().await
    }

    /// Panics.
    async fn goto_definition(&self, _: GotoDefinitionParams) -> Result<Option<GotoDefinitionResponse>> {
        panic!("a fault in a handler")
    }

    /// Answers at once with what was seen.
    async fn symbol(&self, _: WorkspaceSymbolParams) -> Result<Option<Vec<SymbolInformation>>> {
        self.seen.lock().expect("not poisoned").push("symbol".into());
        Ok(None)
    }

    /// Panics late.
    async fn folding_range(&self, _: FoldingRangeParams) -> Result<Option<Vec<FoldingRange>>> {
        tokio::task::yield_now().await;
        panic!("a late fault in a handler")
    }

    /// Gives up waiting for the client.
    async fn did_save(&self, _: DidSaveTextDocumentParams) {
        let asked = self.client.workspace_folders();
        let _ = tokio::time::timeout(Duration::from_millis(1), asked).await;
        self.client.log_message(MessageType::INFO, "gave up").await;
    }
}

/// A client at the other end of two pipes.
struct Client {
    input: Option<PipeWriter>,
    messages: mpsc::Receiver<Value>,
    server: JoinHandle<u8>,
    seen: Arc<Mutex<Vec<String>>>,
}

fn start() -> Client {
    let (reader, output) = std::io::pipe().expect("a pipe");
    let (sender, messages) = mpsc::channel();
    std::thread::spawn(move || receive(reader, &sender));
    start_with(output, messages)
}

fn start_with(output: impl Write + Send + 'static, messages: mpsc::Receiver<Value>) -> Client {
    let (input, writer) = std::io::pipe().expect("a pipe");
    let seen = Arc::new(Mutex::new(Vec::new()));
    let log = seen.clone();
    let server = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime");
        let (service, socket) = LspService::new(|client| Odd { client, seen: log });
        let code = runtime.block_on(async {
            serve(service, socket, Outbox::new(output, None, Arc::default()), Input::thread(input)).await
        });
        runtime.shutdown_background();
        code
    });
    Client { input: Some(writer), messages, server, seen }
}

fn receive(mut reader: PipeReader, sender: &mpsc::Sender<Value>) {
    let (mut frames, mut chunk) = (Frames::default(), vec![0; 64 * 1024]);
    loop {
        while let Some(frame) = frames.next() {
            let Frame::Content(content) = frame else { return };
            let message = from_slice(&content).expect("the server sends JSON");
            if sender.send(message).is_err() {
                return;
            }
        }
        let read = reader.read(&mut chunk).expect("the server's output is read");
        frames.push(&chunk[..read]);
    }
}

fn framed(content: &str) -> Vec<u8> {
    format!("Content-Length: {}\r\n\r\n{content}", content.len()).into_bytes()
}

fn request(id: impl Into<Value>, method: &str, params: &Value) -> Value {
    json!({"jsonrpc": "2.0", "id": id.into(), "method": method, "params": params})
}

fn place() -> Value {
    json!({"textDocument": {"uri": "file:///a.md"}, "position": {"line": 0, "character": 0}})
}

fn opened(text: &str) -> Value {
    let document = json!({"uri": "file:///a.md", "languageId": "markdown", "version": 1, "text": text});
    json!({"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {"textDocument": document}})
}

impl Client {
    fn initialized() -> Client {
        let mut client = start();
        assert!(client.ask(0, "initialize", &json!({"capabilities": {}})).get("result").is_some());
        client
    }

    fn write(&mut self, bytes: &[u8]) {
        self.input.as_mut().expect("open").write_all(bytes).expect("the server reads");
    }

    fn send(&mut self, message: &Value) {
        self.write(&framed(&message.to_string()));
    }

    fn next(&self) -> Value {
        self.messages.recv_timeout(PATIENCE).expect("a message in time")
    }

    /// The reply to a request.
    fn ask(&mut self, id: impl Into<Value>, method: &str, params: &Value) -> Value {
        let id = id.into();
        self.send(&request(id.clone(), method, params));
        loop {
            let message = self.next();
            if message.get("method").is_none() && message["id"] == id {
                return message;
            }
        }
    }

    /// Shows that the server is alive.
    fn check_alive(&mut self) {
        assert_eq!(self.ask("alive", "workspace/symbol", &json!({"query": ""}))["result"], Value::Null);
    }

    fn code(&self, message: &Value) -> i64 {
        message["error"]["code"].as_i64().unwrap_or_default()
    }

    fn exit_code(self) -> u8 {
        let started = std::time::Instant::now();
        while !self.server.is_finished() {
            assert!(started.elapsed() < PATIENCE, "the server leaves in time");
            std::thread::yield_now();
        }
        self.server.join().expect("the server does not panic")
    }
}

#[test]
fn notifications_are_first_polled_in_the_order_of_arrival() {
    let mut client = Client::initialized();
    let texts: Vec<String> = (0..100).map(|number| number.to_string()).collect();
    let mut bytes: Vec<u8> = Vec::new();
    for text in &texts {
        bytes.extend(framed(&opened(text).to_string()));
    }
    client.write(&bytes);
    client.check_alive();
    let seen = client.seen.lock().expect("not poisoned").clone();
    assert_eq!(seen, [texts, vec!["symbol".into()]].concat());
}

#[test]
fn a_reply_comes_after_what_its_handler_sent() {
    let mut client = Client::initialized();
    for number in 0..100 {
        client.send(&request(number, "textDocument/codeLens", &json!({"textDocument": {"uri": "file:///a.md"}})));
        assert_eq!(client.next()["method"], "window/logMessage");
        assert_eq!(client.next()["id"], number);
    }
}

#[test]
fn handlers_that_wait_for_the_client_block_nothing() {
    let mut client = Client::initialized();
    for number in 0..64 {
        client.send(&opened(&number.to_string()));
        client.send(&request(number, "textDocument/hover", &place()));
    }
    client.check_alive();
}

#[test]
fn shutdown_then_exit_leaves_with_0_while_the_input_is_open() {
    let mut client = Client::initialized();
    assert_eq!(client.ask(1, "shutdown", &Value::Null), json!({"jsonrpc": "2.0", "id": 1, "result": null}));
    client.send(&json!({"jsonrpc": "2.0", "method": "exit"}));
    let input = client.input.take();
    assert_eq!(client.exit_code(), 0);
    drop(input);
}

#[test]
fn exit_without_shutdown_and_the_end_of_the_input_leave_with_1() {
    let mut client = Client::initialized();
    client.send(&json!({"jsonrpc": "2.0", "method": "exit"}));
    let input = client.input.take();
    assert_eq!(client.exit_code(), 1);
    drop(input);
    let mut client = Client::initialized();
    client.input = None;
    assert_eq!(client.exit_code(), 1);
    let mut client = start();
    client.send(&json!({"jsonrpc": "2.0", "method": "exit"}));
    assert_eq!(client.exit_code(), 1);
}

#[test]
fn requests_after_shutdown_are_refused() {
    let mut client = Client::initialized();
    client.ask(1, "shutdown", &Value::Null);
    let reply = client.ask(2, "workspace/symbol", &json!({"query": ""}));
    assert_eq!(client.code(&reply), -32600);
}

#[test]
fn broken_frames_and_messages_get_an_error_and_the_server_lives_on() {
    let parse_error = -32700;
    let invalid_request = -32600;
    let deep = "[".repeat(100_000);
    for (bytes, code) in [
        (b"Content-Length: many\r\n\r\n".to_vec(), parse_error),
        (b"Content-Type: application/vscode-jsonrpc\r\n\r\n{}".to_vec(), parse_error),
        (b"\r\n\r\nno header at all\r\n".to_vec(), parse_error),
        (framed("{\"jsonrpc\": "), parse_error),
        (b"Content-Length: 4\r\n\r\n\"\xff\xfe\"".to_vec(), parse_error),
        (framed(&deep), parse_error),
        (framed("[]"), invalid_request),
        (framed("[{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"shutdown\"}]"), invalid_request),
        (framed("1"), invalid_request),
        (framed("{\"jsonrpc\": \"2.0\"}"), invalid_request),
        (framed("{\"jsonrpc\": \"1.0\", \"id\": 1, \"method\": \"shutdown\"}"), invalid_request),
        (framed("{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": 1}"), invalid_request),
    ] {
        let mut client = Client::initialized();
        client.write(&bytes);
        let reply = client.next();
        assert_eq!(client.code(&reply), code, "{reply} to {:.80}", String::from_utf8_lossy(&bytes));
        client.check_alive();
    }
}

#[test]
fn headers_in_any_case_and_order_are_read() {
    let mut client = Client::initialized();
    let message = request(1, "workspace/symbol", &json!({"query": ""})).to_string();
    for header in [
        "content-length: N",
        "CONTENT-LENGTH:N",
        "X-Extra: 1\r\nContent-Length:  N ",
        "Content-Length: N\r\nContent-Type: a; charset=utf-8",
    ] {
        client.write(format!("{}\r\n\r\n{message}", header.replace('N', &message.len().to_string())).as_bytes());
        assert_eq!(client.next()["result"], Value::Null, "{header}");
    }
}

#[test]
fn a_message_over_the_limit_is_refused_before_it_is_read() {
    let mut client = Client::initialized();
    client.write(b"Content-Length: 1000000000000\r\n\r\n{");
    assert_eq!(client.next()["error"]["code"], -32600);
    let input = client.input.take();
    assert_eq!(client.exit_code(), 1);
    drop(input);
}

#[test]
fn a_panic_in_a_handler_is_an_internal_error_and_the_server_lives_on() {
    let mut client = Client::initialized();
    let early = client.ask(1, "textDocument/definition", &place());
    assert_eq!(
        (client.code(&early), early["error"]["message"].as_str()),
        (-32603, Some("internal error in textDocument/definition"))
    );
    let late = client.ask(2, "textDocument/foldingRange", &place());
    assert_eq!(client.code(&late), -32603);
    client.check_alive();
}

#[test]
fn a_cancelled_request_is_answered_at_once_also_among_many() {
    let mut client = Client::initialized();
    for number in 1..=500 {
        client.send(&request(number, "textDocument/hover", &place()));
    }
    client.send(&json!({"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": 250}}));
    // None of the 500 answers by itself, so the first reply is the cancelled one's.
    let reply = client.next();
    assert_eq!((reply["id"].as_i64(), client.code(&reply)), (Some(250), -32800));
    client.send(&json!({"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": "unknown"}}));
    client.check_alive();
}

#[test]
fn calls_beyond_the_bound_are_refused_and_not_queued() {
    let mut client = Client::initialized();
    for number in 0..MAX_CALLS {
        client.send(&request(number, "textDocument/hover", &place()));
    }
    let refused = client.ask("over", "textDocument/hover", &place());
    assert_eq!(client.code(&refused), -32803);
    client.send(&json!({"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": 1}}));
    assert_eq!(client.next()["error"]["code"], -32800);
    client.check_alive();
}

#[test]
fn late_and_unknown_replies_do_no_harm() {
    let mut client = Client::initialized();
    let saved = json!({"textDocument": {"uri": "file:///a.md"}});
    client.send(&json!({"jsonrpc": "2.0", "method": "textDocument/didSave", "params": saved}));
    let asked = client.next();
    assert_eq!(asked["method"], "workspace/workspaceFolders");
    assert_eq!(client.next()["params"]["message"], "gave up");
    client.send(&json!({"jsonrpc": "2.0", "id": asked["id"], "result": null}));
    client.send(&json!({"jsonrpc": "2.0", "id": asked["id"], "result": null}));
    client.send(&json!({"jsonrpc": "2.0", "id": 4711, "error": {"code": 1, "message": "x"}}));
    client.send(&json!({"jsonrpc": "2.0", "id": 4711, "result": null, "error": null}));
    client.check_alive();
}

#[test]
fn what_the_specification_says_of_odd_messages() {
    let mut client = start();
    let early = client.ask(1, "workspace/symbol", &json!({"query": ""}));
    assert_eq!(client.code(&early), -32002);
    client.send(&opened("too early"));
    client.ask(2, "initialize", &json!({"capabilities": {}}));
    let again = client.ask(3, "initialize", &json!({"capabilities": {}}));
    assert_eq!(client.code(&again), -32600);
    client.send(&json!({"jsonrpc": "2.0", "method": "$/unknown", "params": {}}));
    client.send(&json!({"jsonrpc": "2.0", "method": "unknown/notification"}));
    let unknown = client.ask("a string", "unknown/request", &json!({}));
    assert_eq!((client.code(&unknown), unknown["id"].as_str()), (-32601, Some("a string")));
    let bad = client.ask(4, "textDocument/hover", &json!({"position": 1}));
    assert_eq!(client.code(&bad), -32602);
    assert_eq!(client.seen.lock().expect("not poisoned").len(), 0);
    client.check_alive();
}

#[test]
fn null_parameters_and_messages_in_one_write_are_served() {
    let mut client = start();
    let mut bytes = framed(&request(1, "initialize", &json!({"capabilities": {}})).to_string());
    bytes.extend(framed(&opened("first").to_string()));
    bytes.extend(framed("{\"jsonrpc\": \"2.0\", \"id\": 2, \"method\": \"shutdown\", \"params\": null}"));
    client.write(&bytes);
    assert_eq!(client.next()["id"], 1);
    let replies = [client.next(), client.next()];
    assert!(replies.contains(&json!({"jsonrpc": "2.0", "id": 2, "result": null})), "{replies:?}");
    assert_eq!(*client.seen.lock().expect("not poisoned"), ["first"]);
}

#[test]
fn a_shutdown_with_empty_parameters_is_served() {
    let mut client = Client::initialized();
    assert_eq!(client.ask(1, "shutdown", &json!({})), json!({"jsonrpc": "2.0", "id": 1, "result": null}));
}

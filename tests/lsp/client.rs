//! A client that speaks LSP to the real binary over pipes, every wait bounded.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// How long to wait for what must come.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

/// A server and what it sent that no one has asked for yet.
pub(crate) struct Client {
    child: Child,
    input: Option<ChildStdin>,
    messages: Receiver<Value>,
    waiting: Vec<Value>,
    /// Everything that it ever sent.
    sent: Vec<Value>,
    last_id: i64,
    /// Held by the thread that reads, message by message.
    reading: Arc<Mutex<()>>,
    /// The answers to the server's requests, by method; `null` otherwise.
    pub(crate) answers: Vec<(&'static str, Value)>,
    /// The server's requests that are answered with an error, by method.
    pub(crate) refuses: Vec<&'static str>,
}

/// The server's command; `VIP_LSP_PROXY` puts another program in front of it, such as one that checks every message.
fn command(arguments: &[&str]) -> Command {
    let binary = env!("CARGO_BIN_EXE_vip-lsp");
    let mut command = match std::env::var("VIP_LSP_PROXY") {
        Ok(proxy) => {
            let mut words = proxy.split_whitespace();
            let mut command = Command::new(words.next().expect("a program"));
            command.args(words).arg(binary);
            command
        }
        Err(_) => Command::new(binary),
    };
    // The author of a new proposal is not who runs the tests.
    command.args(arguments).env("GIT_CONFIG_GLOBAL", concat!(env!("CARGO_MANIFEST_DIR"), "/tests/precision/gitconfig"));
    command
}

impl Client {
    /// Starts a server that has yet to be initialized.
    pub(crate) fn start(arguments: &[&str]) -> Client {
        Client::start_with(arguments, &[])
    }

    /// Starts a server with more in its environment.
    pub(crate) fn start_with(arguments: &[&str], environment: &[(&str, &str)]) -> Client {
        let mut child = command(arguments)
            .env_remove("VIP_LSP_LOG")
            .envs(environment.iter().copied())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .expect("the server starts");
        let mut output = BufReader::new(child.stdout.take().expect("piped"));
        let (sender, messages) = channel();
        let reading = Arc::new(Mutex::new(()));
        let turn = reading.clone();
        std::thread::spawn(move || {
            while let Some(message) = receive(&mut output) {
                drop(turn.lock());
                if sender.send(message).is_err() {
                    break;
                }
            }
        });
        let input = child.stdin.take();
        let (waiting, sent, answers, refuses) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Client { child, input, messages, waiting, sent, last_id: 0, reading, answers, refuses }
    }

    /// Starts and initializes a server for the workspace `root`; the result of `initialize`.
    pub(crate) fn initialized(root: Option<&Path>, capabilities: &Value, options: &Value) -> (Client, Value) {
        let mut client = Client::start(&["--stdio"]);
        let folders = root.map(|root| json!([{"uri": uri(root), "name": "root"}]));
        let result = client.request(
            "initialize",
            &json!({
                "processId": std::process::id(), "rootUri": root.map(uri), "workspaceFolders": folders,
                "capabilities": capabilities, "initializationOptions": options,
            }),
        );
        client.notify("initialized", &json!({}));
        (client, result)
    }

    pub(crate) fn send(&mut self, message: &Value) {
        let content = message.to_string();
        let input = self.input.as_mut().expect("open");
        write!(input, "Content-Length: {}\r\n\r\n{content}", content.len()).expect("the server reads");
        input.flush().expect("the server reads");
    }

    pub(crate) fn notify(&mut self, method: &str, params: &Value) {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    /// The result of a request, which must not be an error.
    pub(crate) fn request(&mut self, method: &str, params: &Value) -> Value {
        let reply = self.reply(method, params);
        assert_eq!(reply.get("error"), None, "{method}");
        reply["result"].clone()
    }

    /// The error of a request, which must be one for parameters that are not right, or of a rename for a name that cannot be.
    pub(crate) fn refusal(&mut self, method: &str, params: &Value) -> String {
        let error = self.reply(method, params)["error"].clone();
        let message = error["message"].as_str().expect("a text").to_owned();
        let is_refused = method == "textDocument/rename" && !message.starts_with("nothing to rename");
        assert_eq!(error["code"], if is_refused { -32803 } else { -32602 }, "{method}: {error}");
        message
    }

    /// The reply to a request, which may be an error.
    pub(crate) fn reply(&mut self, method: &str, params: &Value) -> Value {
        self.last_id += 1;
        let id = self.last_id;
        let mut request = json!({"jsonrpc": "2.0", "id": id, "method": method});
        if !params.is_null() {
            request["params"] = params.clone();
        }
        self.send(&request);
        self.wait(|message| message.get("method").is_none() && message["id"] == id)
    }

    /// The first message that is as `is_it` says, of those that wait and those that come.
    pub(crate) fn wait(&mut self, is_it: impl Fn(&Value) -> bool) -> Value {
        self.try_wait(is_it).unwrap_or_else(|| panic!("not in time; got {:?}", self.waiting))
    }

    /// The same; none where it does not come in time.
    pub(crate) fn try_wait(&mut self, is_it: impl Fn(&Value) -> bool) -> Option<Value> {
        if let Some(index) = self.waiting.iter().position(&is_it) {
            return Some(self.waiting.remove(index));
        }
        let deadline = Instant::now() + PATIENCE;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            let message = self.messages.recv_timeout(left).ok()?;
            self.sent.push(message.clone());
            if message.get("method").is_some() && message.get("id").is_some() {
                self.answer(&message);
            }
            if is_it(&message) {
                return Some(message);
            }
            self.waiting.push(message);
        }
    }

    fn answer(&mut self, request: &Value) {
        if self.refuses.iter().any(|method| request["method"] == *method) {
            let error = json!({"code": -32601, "message": "refused"});
            return self.send(&json!({"jsonrpc": "2.0", "id": request["id"], "error": error}));
        }
        let answer = self.answers.iter().find(|(method, _)| request["method"] == *method);
        let result = answer.map(|(_, answer)| answer.clone()).unwrap_or_default();
        self.send(&json!({"jsonrpc": "2.0", "id": request["id"], "result": result}));
    }

    /// The parameters of the next notification or request called `method`.
    pub(crate) fn next(&mut self, method: &str) -> Value {
        self.wait(|message| message["method"] == method)["params"].clone()
    }

    pub(crate) fn open(&mut self, uri: &str, text: &str) {
        let document = json!({"uri": uri, "languageId": "markdown", "version": 1, "text": text});
        self.notify("textDocument/didOpen", &json!({"textDocument": document}));
    }

    pub(crate) fn change(&mut self, uri: &str, version: i64, changes: &Value) {
        let document = json!({"uri": uri, "version": version});
        self.notify("textDocument/didChange", &json!({"textDocument": document, "contentChanges": changes}));
    }

    /// The next diagnostics of `uri`.
    pub(crate) fn published(&mut self, uri: &str) -> Value {
        let is_it =
            |message: &Value| message["method"] == "textDocument/publishDiagnostics" && message["params"]["uri"] == uri;
        self.wait(is_it)["params"].clone()
    }

    /// The codes of the next diagnostics of `uri`.
    pub(crate) fn published_codes(&mut self, uri: &str) -> Vec<String> {
        codes(&self.published(uri)["diagnostics"])
    }

    /// Everything that the server has sent so far.
    pub(crate) fn sent(&self) -> &[Value] {
        &self.sent
    }

    /// Everything that the server sent up to the answer to one more request, and that no one has asked for.
    pub(crate) fn drain(&mut self) -> Vec<Value> {
        self.request("textDocument/documentSymbol", &json!({"textDocument": {"uri": "file:///nowhere.md"}}));
        std::mem::take(&mut self.waiting)
    }

    /// Says goodbye and checks that the server leaves in good order. Everything that it ever sent.
    pub(crate) fn close(mut self) -> Vec<Value> {
        assert_eq!(self.request("shutdown", &Value::Null), Value::Null);
        self.send(&json!({"jsonrpc": "2.0", "method": "exit"}));
        assert_eq!(self.exit_code(), Some(0));
        std::mem::take(&mut self.sent)
    }

    /// The exit code of a server that is about to leave.
    pub(crate) fn exit_code(&mut self) -> Option<i32> {
        let started = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().expect("a child") {
                return status.code();
            }
            assert!(started.elapsed() < PATIENCE, "the server leaves in time");
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    /// What the server sends is not read while the lock of this is held, but for a message that was begun.
    pub(crate) fn reading(&self) -> Arc<Mutex<()>> {
        self.reading.clone()
    }

    /// The server's process.
    pub(crate) fn process(&self) -> u32 {
        self.child.id()
    }

    /// Closes the server's input.
    pub(crate) fn hang_up(&mut self) {
        self.input = None;
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        // Only after a failed test is it still there.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn receive(output: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim().split_once(": ") {
            Some(("Content-Length", value)) => length = value.parse().expect("a length"),
            Some(_) => {}
            None => break,
        }
    }
    let mut content = vec![0; length];
    output.read_exact(&mut content).ok()?;
    Some(serde_json::from_slice(&content).expect("the server sends JSON"))
}

/// Rules that nearly every document of a few lines breaks, and that no test here is about.
const BESIDE_THE_POINT: [&str; 2] = ["missing-metadata", "empty-section"];

/// The codes in a list of diagnostics, but for those that are beside the point.
pub(crate) fn codes(diagnostics: &Value) -> Vec<String> {
    let diagnostics = diagnostics.as_array().expect("a list of diagnostics");
    let codes = diagnostics.iter().map(|diagnostic| diagnostic["code"].as_str().expect("a code").to_owned());
    codes.filter(|code| !BESIDE_THE_POINT.contains(&code.as_str())).collect()
}

/// The URI of `path`.
pub(crate) fn uri(path: &Path) -> String {
    tower_lsp::lsp_types::Url::from_file_path(path).expect("an absolute path").into()
}

/// A folder with `files` that goes when it is dropped.
pub(crate) struct Folder(tempfile::TempDir);

impl Folder {
    pub(crate) fn new(files: &[(&str, &str)]) -> Folder {
        let folder = Folder(tempfile::tempdir().expect("a folder"));
        for (name, content) in files {
            folder.write(name, content);
        }
        folder.harm();
        folder
    }

    /// Puts in what is in the folder `VIP_LSP_HARM`, where that is set, as `tests/confined/run` does.
    fn harm(&self) {
        if let Some(from) = std::env::var_os("VIP_LSP_HARM") {
            let copied = Command::new("cp").arg("-a").arg(Path::new(&from).join(".")).arg(self.root()).status();
            assert!(copied.expect("cp").success());
        }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn root(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn uri(&self, name: &str) -> String {
        uri(&self.path(name))
    }

    pub(crate) fn write(&self, name: &str, content: &str) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        std::fs::write(path, content).expect("a file");
    }
}

/// `text` after LSP text edits with columns in UTF-16, as a client applies them.
pub(crate) fn applied(text: &str, edits: &Value) -> String {
    let offset = |position: &Value| {
        let mut start = 0;
        for _ in 0..position["line"].as_u64().expect("a line") {
            let rest = &text[start..];
            let end = rest.find(['\n', '\r']).expect("the line is there");
            start += end + if rest[end..].starts_with("\r\n") { 2 } else { 1 };
        }
        let mut units = position["character"].as_u64().expect("a column") as usize;
        let line = &text[start..];
        let length = line.chars().take_while(|character| {
            let is_before = units > 0;
            units = units.saturating_sub(character.len_utf16());
            is_before
        });
        start + length.map(char::len_utf8).sum::<usize>()
    };
    let edits = edits.as_array().expect("a list of edits");
    let mut edits: Vec<_> = edits
        .iter()
        .map(|edit| {
            (offset(&edit["range"]["start"]), offset(&edit["range"]["end"]), edit["newText"].as_str().expect("a text"))
        })
        .collect();
    edits.sort();
    let mut text = text.to_owned();
    for (start, end, content) in edits.into_iter().rev() {
        text.replace_range(start..end, content);
    }
    text
}

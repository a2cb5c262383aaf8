"""Holds one session with the server for each recording of what an editor announced."""

import json
import pathlib
import subprocess
import sys
import tempfile
import threading

TEMPLATE = "# XIP-NNNN: Title\n\n* **Status**: Draft | Accepted\n\n## Summary\n\n_What it is about._\n\n## Test Plan\n\n_How it is tried._\n"
PROPOSAL = "# XIP-1: Cache\n\n* **Status**: Daft\n\n## Summary\n\nKeep hot rows.\n"
PATIENCE = 60


class Client:
    """A client with the capabilities of a recording."""

    def __init__(self, server):
        self.process = subprocess.Popen([server], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.id = 0
        self.published = None
        # A server that hangs is ended, which ends every read.
        self.timer = threading.Timer(PATIENCE, self.process.kill)
        self.timer.start()

    def send(self, message):
        content = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(content) + content)
        self.process.stdin.flush()

    def read(self):
        length = 0
        while line := self.process.stdout.readline().strip():
            name, value = line.split(b":")
            length = int(value) if name.lower() == b"content-length" else length
        assert length, "the server ended"
        return json.loads(self.process.stdout.read(length))

    def read_one(self):
        """Reads a message, and answers it if it is a request. Returns it if it is a reply."""
        message = self.read()
        if "method" not in message:
            return message
        if message["method"] == "textDocument/publishDiagnostics":
            self.published = message["params"]["diagnostics"]
        if "id" in message:
            is_settings = message["method"] == "workspace/configuration"
            answer = [None] * len(message["params"]["items"]) if is_settings else None
            self.send({"id": message["id"], "result": answer})
        return None

    def request(self, method, params=None):
        self.id += 1
        self.send({"id": self.id, "method": method, **({} if params is None else {"params": params})})
        while (reply := self.read_one()) is None or reply["id"] != self.id:
            pass
        assert "error" not in reply, f"{method}: {reply['error']}"
        return reply["result"]

    def notify(self, method, params=None):
        self.send({"method": method, **({} if params is None else {"params": params})})


def diagnostics(client, capabilities, uri):
    """Returns the document's diagnostics, pulled if the client pulls."""
    if "diagnostic" in capabilities["textDocument"]:
        return client.request("textDocument/diagnostic", {"textDocument": {"uri": uri}})["items"]
    while client.published is None:
        assert client.read_one() is None
    return client.published


def codes(found):
    return sorted({diagnostic["code"] for diagnostic in found})


def session(server, recording, folder):
    docs = folder / "docs"
    docs.mkdir()
    (docs / "xip-template.md").write_text(TEMPLATE)
    (docs / "xip-1.md").write_text(PROPOSAL)
    uri = (docs / "xip-1.md").as_uri()
    this = {"textDocument": {"uri": uri}}
    client = Client(server)
    root = {"rootUri": folder.as_uri(), "workspaceFolders": [{"uri": folder.as_uri(), "name": "x"}]}
    capabilities = client.request("initialize", {"processId": None, **recording, **root})["capabilities"]
    client.notify("initialized", {})
    client.notify("textDocument/didOpen", {"textDocument": {"uri": uri, "languageId": "markdown", "version": 1, "text": PROPOSAL}})
    found = diagnostics(client, recording["capabilities"], uri)
    assert codes(found) == ["invalid-metadata-value", "missing-section"], found
    missing = next(diagnostic for diagnostic in found if diagnostic["code"] == "missing-section")
    actions = client.request("textDocument/codeAction", {**this, "range": missing["range"], "context": {"diagnostics": [missing]}})
    assert any("Test Plan" in action["title"] for action in actions), actions
    end = {"line": PROPOSAL.count("\n"), "character": 0}
    client.published = None
    change = {"range": {"start": end, "end": end}, "text": "\n## "}
    client.notify("textDocument/didChange", {"textDocument": {"uri": uri, "version": 2}, "contentChanges": [change]})
    end = {"line": end["line"] + 1, "character": 3}
    offered = client.request("textDocument/completion", {**this, "position": end})
    items = offered["items"] if isinstance(offered, dict) else offered
    assert any("Test Plan" in item["label"] for item in items), items
    assert client.request("textDocument/documentSymbol", this)
    assert client.request("textDocument/hover", {**this, "position": {"line": 4, "character": 5}})
    assert client.request("textDocument/foldingRange", this)
    assert capabilities["textDocumentSync"]
    client.request("shutdown")
    client.notify("exit")
    assert client.process.wait(PATIENCE) == 0
    client.timer.cancel()


def main(server, *recordings):
    assert recordings, "no recordings"
    for path in map(pathlib.Path, recordings):
        with tempfile.TemporaryDirectory() as folder:
            session(server, json.loads(path.read_text()), pathlib.Path(folder).resolve())
        print(f"{path.stem}: all well")


main(*sys.argv[1:])

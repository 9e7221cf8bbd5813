"""A small MCP server for recording cassettes: `server.py http PORT`, or `server.py stdio`. Standard library only."""

import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TOOLS = [
    {"name": name, "description": name, "inputSchema": {"type": "object"}}
    for name in ("echo", "fail", "ask")
]


def result_of(message, ask):
    """The result of a request, or an error member."""
    method, params = message["method"], message.get("params", {})
    if method == "initialize":
        return {"result": {
            "protocolVersion": params["protocolVersion"],
            "capabilities": {"tools": {}},
            "serverInfo": {"name": "cassette-server", "version": "1.0"},
        }}
    if method == "tools/list":
        return {"result": {"tools": TOOLS}}
    if method == "tools/call":
        name, arguments = params["name"], params.get("arguments", {})
        if name == "ask":
            arguments = {"text": ask()}
        text = "broken" if name == "fail" else str(arguments.get("text", ""))
        return {"result": {"content": [{"type": "text", "text": text}], "isError": name == "fail"}}
    return {"error": {"code": -32601, "message": "method not found"}}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, status, body=b"", *headers):
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        message = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if "id" not in message:
            return self.answer(202)
        answer = {"jsonrpc": "2.0", "id": message["id"], **result_of(message, lambda: "nobody")}
        text = json.dumps(answer)
        if message["method"] == "initialize":
            return self.answer(
                200, text.encode(), ("Content-Type", "application/json"), ("Mcp-Session-Id", "server-session"))
        if message["method"] == "tools/call":
            return self.answer(
                200, f"event: message\ndata: {text}\n\n".encode(), ("Content-Type", "text/event-stream"))
        return self.answer(200, text.encode(), ("Content-Type", "application/json"))

    def do_GET(self):
        self.answer(405)

    def do_DELETE(self):
        self.answer(200)


def stdio():
    def send(message):
        print(json.dumps(message), flush=True)

    def ask():
        send({"jsonrpc": "2.0", "id": "q1", "method": "sampling/createMessage",
              "params": {"messages": [], "maxTokens": 5}})
        return json.loads(sys.stdin.readline())["result"]["content"]["text"]

    for line in iter(sys.stdin.readline, ""):
        message = json.loads(line)
        if "id" in message:
            send({"jsonrpc": "2.0", "id": message["id"], **result_of(message, ask)})


if sys.argv[1] == "stdio":
    stdio()
else:
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[2])), Handler).serve_forever()

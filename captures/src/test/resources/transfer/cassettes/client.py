"""The client of the recordings: `client.py http URL`, or `client.py stdio COMMAND...`. Standard library only."""

import json
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

SCRIPT = [
    ("initialize", {"protocolVersion": "2025-06-18", "capabilities": {},
                    "clientInfo": {"name": "cassette-client", "version": "1.0"}}),
    ("notifications/initialized", None),
    ("tools/list", {}),
    ("tools/call", {"name": "echo", "arguments": {"text": "hello \u017elu\u0165"}}),
    ("tools/call", {"name": "fail", "arguments": {}}),
    ("tools/call", {"name": "ask", "arguments": {}}),
]


def messages():
    number = 0
    for method, params in SCRIPT:
        message = {"jsonrpc": "2.0", "method": method}
        if params is not None:
            number += 1
            message.update(id=number, params=params)
        yield message


def wait_for(url):
    """Recorders take a while to listen."""
    address = urllib.parse.urlsplit(url)
    for _ in range(300):
        try:
            socket.create_connection((address.hostname, address.port)).close()
            return
        except OSError:
            time.sleep(0.1)


def http(url):
    wait_for(url)
    session = {}

    def send(method, body=None):
        request = urllib.request.Request(url, data=body, method=method, headers={
            "Content-Type": "application/json", "Accept": "application/json, text/event-stream", **session})
        try:
            with urllib.request.urlopen(request) as response:
                response.read()
                if response.headers.get("Mcp-Session-Id"):
                    session["Mcp-Session-Id"] = response.headers["Mcp-Session-Id"]
        except urllib.error.HTTPError:
            pass

    for message in messages():
        send("POST", json.dumps(message).encode())
        time.sleep(0.03)
    send("DELETE")


def stdio(command):
    server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def send(message):
        server.stdin.write(json.dumps(message) + "\n")
        server.stdin.flush()

    for message in messages():
        send(message)
        while "id" in message:
            answer = json.loads(server.stdout.readline())
            if "method" not in answer:
                break
            send({"jsonrpc": "2.0", "id": answer["id"],
                  "result": {"role": "assistant", "model": "m", "content": {"type": "text", "text": "four"}}})
        time.sleep(0.03)
    server.stdin.close()
    server.wait()


if sys.argv[1] == "http":
    http(sys.argv[2])
else:
    stdio(sys.argv[2:])

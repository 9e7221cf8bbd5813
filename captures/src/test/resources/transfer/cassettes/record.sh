#!/bin/sh
# Records the cassettes beside this again: record.sh VENV, a Python 3.12 environment with requirements.txt installed.
set -eu
venv=$(cd "$1" && pwd)
cd "$(dirname "$0")"
trap 'kill $server 2>/dev/null || true' EXIT
"$venv/bin/python" server.py http 18931 & server=$!

"$venv/bin/mcp-recorder" record --target http://127.0.0.1:18931 --port 18932 --output mcp-recorder-http.json & recorder=$!
"$venv/bin/python" client.py http http://127.0.0.1:18932/mcp
kill -INT $recorder
wait $recorder || true

"$venv/bin/mcp-cassette" record --cassette mcp-cassette-http.json --url http://127.0.0.1:18931/mcp --port 18933 --max-idle 5 & recorder=$!
"$venv/bin/python" client.py http http://127.0.0.1:18933/mcp
wait $recorder || true

"$venv/bin/python" client.py stdio "$venv/bin/mcp-cassette" record --cassette mcp-cassette-stdio.json -- "$venv/bin/python" server.py stdio

#!/bin/sh
# Exports captures as HAR and has a HAR library of PyPI read them: run.sh [MCP-REEL]. Needs Python 3 and what is in
# requirements.txt, which it installs into a folder of its own unless VENV names an environment that has it.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
root=$here/../../../..
reel=${1:-$root/mcp-reel}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if [ -z "${VENV:-}" ]; then
    VENV=$work/venv
    python3 -m venv "$VENV"
    "$VENV/bin/pip" -q install -r "$here/requirements.txt"
fi
for cassette in mcp-recorder-http mcp-cassette-http mcp-cassette-stdio; do
    store=$work/$cassette
    "$reel" import "$root/captures/src/test/resources/transfer/cassettes/$cassette.json" --out "$store" 2>/dev/null
    "$reel" export "$store" --format har --out "$work/$cassette.har" 2>/dev/null
    "$reel" export "$store" --out "$work/$cassette.jsonl" 2>/dev/null
    "$VENV/bin/python" "$here/check_har.py" "$work/$cassette.har" "$work/$cassette.jsonl"
done

"""check_har.py HAR JSONL: reads a HAR of mcp-reel with haralyzer, and compares it with the JSON Lines of the same capture."""

import json
import sys

from haralyzer import HarParser, HarEntry

har, lines = sys.argv[1:]
with open(har, encoding="utf-8") as file:
    parser = HarParser(json.load(file))
with open(lines, encoding="utf-8") as file:
    records = [json.loads(line) for line in file]
begun = [e for r in records if r["kind"] == "exchange" for e in r["events"] if e["event"] == "request"]
calls = [(r["tool"], r["outcome"]) for r in records if r["kind"] == "call"]

entries = [HarEntry(entry) for entry in parser.har_data["entries"]]
assert parser.har_data["version"] == "1.2", parser.har_data["version"]
assert len(entries) == len(begun), (len(entries), len(begun))
starts = []
found = []
for entry in entries:
    assert entry.request.method and entry.request.url.startswith("http"), entry.request.url
    assert entry.request.httpVersion.startswith("HTTP/"), entry.request.httpVersion
    assert isinstance(entry.response.status, int)
    assert entry.response.contentSize >= 0 and entry.response.mimeType
    assert entry.time >= 0 and abs(sum(t for t in entry.timings.values() if t >= 0) - entry.time) < 1e-6
    starts.append(entry.startTime)
    found += [(r["tool"], r["outcome"]) for r in entry.raw_entry["_mcp"]["requests"] if "tool" in r]
assert all(start.tzinfo is not None for start in starts)
assert sorted(found) == sorted(calls), (found, calls)
print(f"{len(entries)} entries, {len(found)} calls: haralyzer reads them")

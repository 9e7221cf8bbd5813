// Which client is recorded on which server, by the name of the row.
import { clientsOf as client, servers as server } from './parts.mjs';

const row = (start, endpoint, play) => ({ start, play: (origin) => play(`${origin}${endpoint}`) });
const ts1 = (start, endpoint, part) => row(start, endpoint, (url) => client.node('ts1.mjs', url, part));
const ts2 = (start, endpoint, mode, play) => row(start, endpoint, (url) => client.node('ts2.mjs', url, mode, play));
const go = (options, mode) => row(() => server.go(...options), '/mcp', (url) => client.go(url, mode));
const java = (kind, endpoint) => row(() => server.java(kind), endpoint, (url) => client.java(url, kind));

export const rows = {
    'ts1-everything': ts1(server.everything, '/mcp', 'streamable'),
    'ts1-server2': ts1(server.fixture, '/modern/gold', 'fixture'),
    'ts1-sse': ts1(server.everythingSse, '/sse', 'sse'),
    'ts1-resume': ts1(server.fixture, '/resume', 'resume'),
    'ts1-tasks': ts1(server.everything, '/mcp', 'tasks'),
    'ts2-legacy-everything': ts2(server.everything, '/mcp', 'legacy', 'everything'),
    'ts2-legacy-server2': ts2(server.fixture, '/modern/gold', 'legacy', 'fixture'),
    'ts2-auto-everything': ts2(server.everything, '/mcp', 'auto', 'everything'),
    'ts2-auto-server2': ts2(server.fixture, '/modern/gold', 'auto', 'fixture'),
    'ts2-pinned-everything': ts2(server.everything, '/mcp', 'pinned', 'everything'),
    'ts2-pinned-server2': ts2(server.fixture, '/modern/gold', 'pinned', 'fixture'),
    'ts2-input-required': ts2(server.fixture, '/modern/gold', 'pinned', 'confirm'),
    'ts2-listen': ts2(server.fixture, '/modern/gold', 'pinned', 'listen'),
    'python-legacy': row(server.python, '/mcp', (url) => client.python(url, 'legacy')),
    'python-modern': row(server.python, '/mcp', (url) => client.python(url, '2026-07-28')),
    'go-sessions': go([], '2025-11-25'),
    'go-stateless': go(['stateless'], '2025-11-25'),
    'go-modern': go(['stateless'], '2026-07-28'),
    'java-streamable': java('streamable', '/mcp'),
    'java-stateless': java('stateless', '/mcp'),
    'java-sse': java('sse', '/sse'),
    'pooled-conversations': row(server.everything, '/mcp', (url) => client.node('pooled.mjs', url)),
    'pooled-traces': ts2(server.fixture, '/modern/gold', 'pinned', 'shared'),
    'session-per-call': ts1(server.everything, '/mcp', 'per-call'),
    'session-per-call-named': ts1(server.everything, '/mcp', 'per-call-named'),
};

// A host that pools: one transport session for several conversations, each request with id 1, as some hosts of the field
// send it. No SDK does that, so it is done by hand: node pooled.mjs URL
import { setTimeout as sleep } from 'node:timers/promises';

const [url] = process.argv.slice(2);
const headers = { accept: 'application/json, text/event-stream', 'content-type': 'application/json' };

async function post(message) {
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ jsonrpc: '2.0', ...message }) });
    const text = await response.text();
    const given = response.headers.get('mcp-session-id');
    if (given) {
        headers['mcp-session-id'] = given;
    }
    return text;
}

async function call(conversation, name, args) {
    const params = { name, arguments: args, _meta: { 'vscode.conversationId': conversation } };
    const answer = await post({ id: 1, method: 'tools/call', params });
    const outcome = /"isError":true/.test(answer) ? 'tool_error' : /"result":/.test(answer) ? 'ok' : answer;
    console.log(`${conversation}: call ${name} ${outcome}`);
}

const clientInfo = { name: 'golden', version: '1.0.0' };
await post({ id: 1, method: 'initialize', params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo } });
headers['mcp-protocol-version'] = '2025-11-25';
await post({ method: 'notifications/initialized' });
const [a, b, c] = ['conversation-a', 'conversation-b', 'conversation-c'];
await call(a, 'echo', { message: 'first of a' });
await call(b, 'get-sum', { a: 1, b: 2 });
await sleep(80);
await call(a, 'get-sum', { a: 3, b: 4 });
await call(c, 'echo', { message: 'first of c' });
await sleep(120);
await call(b, 'get-sum', { a: 'five', b: 6 });
await call(c, 'get-structured-content', { location: 'Chicago' });
await call(a, 'echo', { message: 'last of a' });
await fetch(url, { method: 'DELETE', headers });

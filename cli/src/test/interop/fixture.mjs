// A server for what server-everything has no tools for. /modern/KEY speaks 2026-07-28, each KEY with subscribers of its
// own; /resume speaks 2025-11-25 and lets go of its streams before they have said everything. What is below
// /control is for the driver, which asks past the recorder: GET aborts/KEY, and POST end/KEY or cut/KEY on open streams.
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { McpServer as LegacyServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { McpServer, acceptedContent, createMcpHandler, fromJsonSchema, inputRequired } from '@modelcontextprotocol/server';
import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

const KEEP_ALIVE_MILLIS = 200;
const RETRY_MILLIS = 200;

const text = (value) => ({ content: [{ type: 'text', text: value }] });
const object = (properties) => fromJsonSchema({ type: 'object', properties, required: Object.keys(properties) });

// --- 2026-07-28 -------------------------------------------------------------------------------------------------------

/** What the driver may ask of one KEY: when its calls were aborted, and the responses that are open. */
class Modern {
    constructor() {
        this.aborts = [];
        this.responses = new Set();
        this.handler = createMcpHandler(() => this.server(), { keepAliveMs: KEEP_ALIVE_MILLIS });
        this.node = toNodeHandler(this.handler);
    }

    server() {
        const server = new McpServer(
            { name: 'interop-fixture', version: '1.0.0' },
            { capabilities: { tools: { listChanged: true }, resources: { subscribe: true } } },
        );
        server.registerTool('echo', { inputSchema: object({ message: { type: 'string' } }) }, ({ message }) => text(message));
        server.registerTool('count', {}, async (ctx) => {
            for (let progress = 1; progress <= 3; progress++) {
                await sleep(50);
                const progressToken = ctx.mcpReq._meta?.progressToken;
                await ctx.mcpReq.notify({ method: 'notifications/progress', params: { progressToken, progress, total: 3 } });
            }
            return text('counted');
        });
        server.registerTool('confirm', {}, (ctx) => {
            const answer = acceptedContent(ctx.mcpReq.inputResponses, 'sure');
            if (!answer) {
                const requestedSchema = { type: 'object', properties: { yes: { type: 'boolean' } }, required: ['yes'] };
                const sure = inputRequired.elicit({ message: 'Sure?', requestedSchema });
                return inputRequired({ inputRequests: { sure }, requestState: 'asked once' });
            }
            return text(`${ctx.mcpReq.requestState()}, answered ${answer.yes}`);
        });
        server.registerTool('wait', {}, async (ctx) => {
            const aborted = new Promise((resolve) => ctx.mcpReq.signal.addEventListener('abort', resolve, { once: true }));
            await Promise.race([aborted, sleep(20_000, undefined, { ref: false })]);
            this.aborts.push({ at: Date.now(), aborted: ctx.mcpReq.signal.aborted });
            return text('waited');
        });
        server.registerTool('touch', {}, () => {
            this.handler.notify.toolsChanged();
            return text('touched');
        });
        server.registerResource('note', 'note://one', {}, (uri) => ({ contents: [{ uri: uri.href, text: 'a note' }] }));
        return server;
    }

    serve(req, res) {
        this.responses.add(res);
        res.on('close', () => this.responses.delete(res));
        return this.node(req, res);
    }

    cut() {
        this.responses.forEach((response) => response.destroy());
    }
}

const modern = new Map();
function modernAt(key) {
    if (!modern.has(key)) {
        modern.set(key, new Modern());
    }
    return modern.get(key);
}

// --- 2025-11-25, resumable --------------------------------------------------------------------------------------------

/** Events of one session; the ids count, so that two runs of the same calls have the same ones. */
class Events {
    constructor() {
        this.stored = [];
    }

    async storeEvent(streamId, message) {
        this.stored.push({ streamId, message });
        return String(this.stored.length);
    }

    async getStreamIdForEventId(eventId) {
        return this.stored[Number(eventId) - 1]?.streamId;
    }

    async replayEventsAfter(lastEventId, { send }) {
        const { streamId } = this.stored[Number(lastEventId) - 1];
        for (let i = Number(lastEventId); i < this.stored.length; i++) {
            const { streamId: other, message } = this.stored[i];
            // A priming event is stored as an object without a method or an id.
            if (other === streamId && message.jsonrpc) {
                await send(String(i + 1), message);
            }
        }
        return streamId;
    }
}

const sessions = new Map();
const inRequest = new AsyncLocalStorage();

function resumable() {
    const server = new LegacyServer({ name: 'interop-fixture', version: '1.0.0' });
    const progress = (extra, step) =>
        extra.sendNotification({
            method: 'notifications/progress',
            params: { progressToken: extra._meta.progressToken, progress: step, total: 2 },
        });
    server.registerTool('poll', {}, async (extra) => {
        await progress(extra, 1);
        extra.closeSSEStream();
        await sleep(3 * RETRY_MILLIS);
        await progress(extra, 2);
        return text('polled');
    });
    server.registerTool('drop', {}, async (extra) => {
        const { res } = inRequest.getStore();
        await progress(extra, 1);
        await sleep(100);
        res.socket.destroy();
        await progress(extra, 2);
        return text('dropped and resumed');
    });
    server.registerTool('standing', {}, async (extra) => {
        // The first gives the stream an event to be resumed after.
        await server.server.sendToolListChanged();
        await sleep(50);
        extra.closeStandaloneSSEStream();
        await sleep(50);
        await server.server.sendToolListChanged();
        return text('told later');
    });
    return server;
}

async function resume(req, res) {
    let transport = sessions.get(req.headers['mcp-session-id']);
    if (!transport) {
        transport = new StreamableHTTPServerTransport({
            sessionIdGenerator: randomUUID,
            eventStore: new Events(),
            retryInterval: RETRY_MILLIS,
            onsessioninitialized: (id) => sessions.set(id, transport),
        });
        await resumable().connect(transport);
    }
    await inRequest.run({ res }, () => transport.handleRequest(req, res));
}

// --- the server -------------------------------------------------------------------------------------------------------

async function control(what, key, res) {
    const on = modernAt(key);
    switch (what) {
        case 'aborts':
            return res.end(JSON.stringify(on.aborts));
        case 'end':
            await on.handler.close();
            return res.end();
        case 'cut':
            on.cut();
            return res.end();
        default:
            return res.writeHead(404).end();
    }
}

async function serve(req, res) {
    const [, place, key, more] = req.url.split('/');
    switch (place) {
        case 'modern':
            return modernAt(key).serve(req, res);
        case 'resume':
            return resume(req, res);
        case 'control':
            return control(key, more, res);
        default:
            return res.writeHead(404).end();
    }
}

createServer((req, res) => serve(req, res).catch((e) => res.destroy(e))).listen(0);

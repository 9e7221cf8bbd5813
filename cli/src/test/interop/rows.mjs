// What TypeScript clients do on each transport and revision, and what they observe while they do it. A row takes the
// server's address and a Watch, and gives the observations in order; two runs of it on alike servers observe the same.
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { SSEClientTransport } from '@modelcontextprotocol/sdk/client/sse.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import {
    CreateMessageRequestSchema,
    ElicitRequestSchema,
    ListRootsRequestSchema,
    LoggingMessageNotificationSchema,
    ToolListChangedNotificationSchema,
} from '@modelcontextprotocol/sdk/types.js';
import { Client as ModernClient, StreamableHTTPClientTransport as ModernTransport } from '@modelcontextprotocol/client';
import { setTimeout as sleep } from 'node:timers/promises';
import { plain } from './watch.mjs';

const MODERN = '2026-07-28';
const LAST_STEP = '"progress":4,"total":4';
const info = { name: 'interop-row', version: '1.0.0' };

/** Waits for what the other side does in its own time. */
async function until(what, condition) {
    for (let waited = 0; !(await condition()); waited += 10) {
        if (waited >= 10_000) {
            throw new Error(`never happened: ${what}`);
        }
        await sleep(10);
    }
}

/** A client of the eras with a handshake that notes down what it is asked, told and answered. */
class Observer {
    constructor(version) {
        this.version = version;
        this.seen = [];
        this.errors = [];
        this.client = new Client(info, { capabilities: { sampling: {}, elicitation: {}, roots: {} } });
        this.answer(CreateMessageRequestSchema, 'sampling', {
            role: 'assistant',
            model: 'none',
            content: { type: 'text', text: 'so I say' },
        });
        this.answer(ElicitRequestSchema, 'elicitation', { action: 'accept', content: { name: 'row', check: true } });
        this.answer(ListRootsRequestSchema, 'roots', { roots: [{ uri: 'file:///home/row', name: 'row' }] });
        for (const schema of [ToolListChangedNotificationSchema, LoggingMessageNotificationSchema]) {
            this.client.setNotificationHandler(schema, (message) => this.note('told', message));
        }
        this.client.onerror = (e) => this.errors.push(e.message);
    }

    answer(schema, name, result) {
        this.client.setRequestHandler(schema, ({ params }) => {
            this.note(`asked for ${name}`, params);
            return result;
        });
    }

    note(what, value) {
        this.seen.push(plain(`${what} ${JSON.stringify(value)}`));
    }

    async connect(transport) {
        const send = transport.send.bind(transport);
        transport.send = (message, options) => {
            const asked = message.method === 'initialize' && this.version;
            const params = asked ? { ...message.params, protocolVersion: this.version } : message.params;
            return send(asked ? { ...message, params } : message, options);
        };
        this.transport = transport;
        await this.client.connect(transport);
        this.note('server', this.client.getServerVersion());
        this.note('revision', transport.protocolVersion ?? transport._protocolVersion);
    }

    async call(name, args = {}, options = {}) {
        const onprogress = (progress) => this.note(`progress of ${name}`, progress);
        this.note(name, await this.client.callTool({ name, arguments: args }, undefined, { onprogress, ...options }));
    }

    /** Gives a call up at its first sign of life, and waits until the server has taken the word of it. */
    async giveUp(name, args, watch) {
        const before = watch.exchanges.length;
        const lastSteps = () => watch.exchanges.reduce((sum, { body }) => sum + body.split(LAST_STEP).length - 1, 0);
        const done = lastSteps();
        const leaving = new AbortController();
        const onprogress = (progress) => {
            this.note(`progress of ${name}`, progress);
            leaving.abort('no longer wanted');
        };
        const call = this.client.callTool({ name, arguments: args }, undefined, { onprogress, signal: leaving.signal });
        await call.then(
            (result) => this.note('answered all the same', result),
            (e) => this.note('given up', e.message),
        );
        await until('the cancellation was taken', () => watch.exchanges[before + 1]?.ended === 'complete');
        // What the server goes on to say of it is said before anything else happens.
        await until('the server was done', () => lastSteps() > done);
    }

    /** Waits for what the server has to say and ask in its own time, and had so many times of each. */
    async rootsTaken(times) {
        const had = (words) => this.seen.filter((line) => line.includes(words)).length === times;
        await until('asked for roots', () => had('asked for roots'));
        await until('told that they were taken', () => had('Roots updated: 1'));
    }
}

const standing = ({ method }) => method === 'GET';

/** Everything server-everything offers that has an order. */
async function everything(observer) {
    await observer.rootsTaken(1);
    observer.note('tools', await observer.client.listTools());
    await observer.call('echo', { message: 'caf\u00e9 \u2603' });
    await observer.call('get-tiny-image');
    await observer.call('trigger-long-running-operation', { duration: 0.4, steps: 4 });
    await observer.call('trigger-sampling-request', { prompt: 'who says so?', maxTokens: 20 });
    await observer.call('no-such-tool').catch((e) => observer.note('refused', e.message));
    observer.note('resources', await observer.client.listResources());
    observer.note('prompt', await observer.client.getPrompt({ name: 'args-prompt', arguments: { city: 'Oslo' } }));
    observer.note('ping', await observer.client.ping());
}

function streamable(version) {
    return async (url, watch) => {
        const observer = new Observer(version);
        const transport = new StreamableHTTPClientTransport(new URL(`${url}/mcp`), { fetch: watch.fetch });
        await observer.connect(transport);
        await everything(observer);
        if (version >= '2025-06-18') {
            await observer.call('trigger-elicitation-request');
        }
        if (version === '2025-03-26') {
            await batch(observer, url, watch);
        }
        await watch.settled(standing);
        await observer.giveUp('trigger-long-running-operation', { duration: 0.8, steps: 4 }, watch);
        await transport.terminateSession();
        // The server ends both: the standing stream, and that of the call it will not answer.
        await watch.settled();
        await observer.client.close();
        return observer.seen;
    };
}

/** An array of messages, which only this revision has, and which no SDK sends. */
async function batch(observer, url, watch) {
    const message = (id, method, params) => ({ jsonrpc: '2.0', id, method, params });
    const response = await watch.fetch(`${url}/mcp`, {
        method: 'POST',
        headers: {
            accept: 'application/json, text/event-stream',
            'content-type': 'application/json',
            'mcp-protocol-version': observer.version,
            'mcp-session-id': observer.transport.sessionId,
        },
        body: JSON.stringify([
            message('b1', 'ping'),
            message('b2', 'tools/call', { name: 'echo', arguments: { message: 'one of many' } }),
            { jsonrpc: '2.0', method: 'notifications/roots/list_changed' },
            message('b3', 'tools/call', { name: 'get-sum', arguments: { a: 2, b: 3 } }),
        ]),
    });
    const ids = [...(await response.text()).matchAll(/"id":"(b\d)"/g)].map(([, id]) => id).sort();
    await observer.rootsTaken(2);
    observer.note('answers of the batch', ids);
}

async function httpWithSse(url, watch) {
    const observer = new Observer();
    await observer.connect(new SSEClientTransport(new URL(`${url}/sse`), { fetch: watch.fetch }));
    await everything(observer);
    await observer.giveUp('trigger-long-running-operation', { duration: 0.8, steps: 4 }, watch);
    await watch.settled(standing);
    await observer.client.close();
    await watch.settled();
    return observer.seen;
}

/** Streams that end before they have said everything: on purpose, by a cut, and the standing one. */
async function resumption(url, watch) {
    const observer = new Observer();
    const transport = new StreamableHTTPClientTransport(new URL(`${url}/resume`), { fetch: watch.fetch });
    await observer.connect(transport);
    await until('a standing stream', () => watch.exchanges.some(({ method, status }) => method === 'GET' && status));
    await observer.call('poll');
    await observer.call('drop');
    await observer.call('standing');
    await until('told twice of the tools', () => observer.seen.filter(isTold).length === 2);
    const resumed = watch.exchanges.filter(standing).length;
    observer.note('streams resumed', resumed - 1);
    await transport.terminateSession();
    await watch.settled();
    await observer.client.close();
    return observer.seen;
}

const isTold = (line) => line.startsWith('told ');

// --- 2026-07-28 -------------------------------------------------------------------------------------------------------

/** The driver's way to the fixture, past the recorder. */
const ask = async (control, path, method = 'POST') => (await fetch(`${control}/control/${path}`, { method })).text();

async function modern(url, watch, { control, key }) {
    const seen = [];
    const note = (what, value) => seen.push(plain(`${what} ${JSON.stringify(value)}`));
    const client = new ModernClient(info, {
        capabilities: { elicitation: {} },
        versionNegotiation: { mode: { pin: MODERN } },
    });
    client.setRequestHandler('elicitation/create', ({ params }) => {
        note('asked for elicitation', params);
        return { action: 'accept', content: { yes: true } };
    });
    client.setNotificationHandler('notifications/tools/list_changed', ({ params }) => note('told', params));
    await client.connect(new ModernTransport(new URL(`${url}/modern/${key}`), { fetch: watch.fetch }));
    note('server', client.getServerVersion());
    note('tools', await client.listTools());
    note('resource', await client.readResource({ uri: 'note://one' }));
    note('echo', await client.callTool({ name: 'echo', arguments: { message: 'caf\u00e9 \u2603' } }));
    const onprogress = (progress) => note('progress', progress);
    note('count', await client.callTool({ name: 'count', arguments: {} }, { onprogress }));
    note('confirm', await client.callTool({ name: 'confirm', arguments: {} }));
    await client.callTool({ name: 'no-such-tool', arguments: {} }).catch((e) => note('refused', e.message));
    note('aborted', await leave(client, control, key));
    for (const end of ['client', 'cut', 'end']) {
        note(`subscription ended by ${end}`, await subscribe(client, seen, control, key, end));
    }
    await watch.settled();
    await client.close();
    return seen;
}

/** Leaves a call and waits until the server knows. The delay is checked against a bound, not compared. */
async function leave(client, control, key) {
    const leaving = new AbortController();
    const call = client.callTool({ name: 'wait', arguments: {} }, { signal: leaving.signal }).catch((e) => e.message);
    await sleep(300);
    const at = Date.now();
    leaving.abort('no longer wanted');
    let aborts;
    await until('the server saw the client leave', async () => {
        aborts = JSON.parse(await ask(control, `aborts/${key}`, 'GET'));
        return aborts.length > 0;
    });
    leave.delays.push(aborts[0].at - at);
    return { local: await call, server: aborts[0].aborted };
}
/** How many milliseconds after each client left its server knew. */
leave.delays = [];

async function subscribe(client, seen, control, key, end) {
    const told = seen.filter(isTold).length;
    const subscription = await client.listen({ toolsListChanged: true });
    await client.callTool({ name: 'touch', arguments: {} });
    await until('told of the tools', () => seen.filter(isTold).length > told);
    if (end === 'client') {
        await subscription.close();
    } else {
        await ask(control, `${end}/${key}`);
    }
    return subscription.closed;
}

/** A subscription on which nothing happens: its keep-alive comments come one by one. */
async function keepAlive(url, watch, { key }) {
    const leaving = new AbortController();
    const response = await watch.fetch(`${url}/modern/${key}`, {
        method: 'POST',
        signal: leaving.signal,
        headers: {
            accept: 'application/json, text/event-stream',
            'content-type': 'application/json',
            'mcp-protocol-version': MODERN,
            'mcp-method': 'subscriptions/listen',
        },
        body: JSON.stringify({
            jsonrpc: '2.0',
            id: 1,
            method: 'subscriptions/listen',
            params: {
                notifications: { toolsListChanged: true },
                _meta: {
                    'io.modelcontextprotocol/protocolVersion': MODERN,
                    'io.modelcontextprotocol/clientInfo': info,
                    'io.modelcontextprotocol/clientCapabilities': {},
                },
            },
        }),
    });
    const [exchange] = watch.exchanges.slice(-1);
    const reading = response.text().catch(() => 'left');
    const comments = () => exchange.pieces.filter((piece) => piece.text === ': keepalive\n\n');
    await until('five comments, each by itself', () => comments().length >= 5);
    leaving.abort();
    await reading;
    return [`status ${response.status}`, plain(exchange.body)];
}

export const delays = leave.delays;

/** By server: the rows that are tried on it. */
export const rows = {
    streamable: {
        '2025-11-25': streamable('2025-11-25'),
        '2025-06-18': streamable('2025-06-18'),
        '2025-03-26, with a batch': streamable('2025-03-26'),
    },
    sse: { '2024-11-05': httpWithSse },
    fixture: {
        'resumption, polling, a dropped stream': resumption,
        '2026-07-28': modern,
        '2026-07-28, keep-alive': keepAlive,
    },
};

// Agents as they are in the field: the TypeScript SDK's client over Streamable HTTP, several at once, each with thoughts
// between its calls. Prints one line of JSON that says what every agent did.
// Usage: node client.mjs URL [AGENTS [SEED]]
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import {
    CreateMessageRequestSchema,
    ElicitRequestSchema,
    ListRootsRequestSchema,
} from '@modelcontextprotocol/sdk/types.js';
import { setTimeout as sleep } from 'node:timers/promises';

const [url, agentCount = '3', seed = '1'] = process.argv.slice(2);
if (!url) {
    console.error('usage: node client.mjs URL [AGENTS [SEED]]');
    process.exit(2);
}

/** A small seeded generator (a Weyl sequence, mixed); numbers in [0, 1). */
function randomFrom(start) {
    let state = start | 0;
    return () => {
        state = (state + 0x9e3779b9) | 0;
        let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
        mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
        return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
    };
}

class Agent {
    constructor(index) {
        this.name = `interop-agent-${index + 1}`;
        this.index = index;
        this.random = randomFrom(Number(seed) * 7919 + index);
        // Calls that were under way together stand in one group: on the wire their order is anybody's.
        this.groups = [];
        this.errors = [];
        this.requests = 0;
        this.progress = 0;
        this.answered = { sampling: 0, elicitation: 0, roots: 0 };
        this.http = { GET: 0, POST: 0, DELETE: 0 };
    }

    think(from = 200, to = 800) {
        return sleep(from + this.random() * (to - from));
    }

    connect() {
        this.client = new Client(
            { name: this.name, version: '1.0.0' },
            { capabilities: { sampling: {}, elicitation: {}, roots: { listChanged: true } } },
        );
        this.client.setRequestHandler(CreateMessageRequestSchema, async () => {
            await this.think(100, 300);
            this.answered.sampling++;
            return { role: 'assistant', model: 'none', content: { type: 'text', text: `${this.name} says so` } };
        });
        this.client.setRequestHandler(ElicitRequestSchema, async () => {
            await this.think(100, 300);
            this.answered.elicitation++;
            return { action: 'accept', content: { name: this.name, check: true, integer: 7 } };
        });
        this.client.setRequestHandler(ListRootsRequestSchema, async () => {
            this.answered.roots++;
            return { roots: [{ uri: `file:///home/${this.name}`, name: this.name }] };
        });
        this.transport = new StreamableHTTPClientTransport(new URL(url), {
            fetch: (input, init) => {
                this.http[init?.method ?? 'GET']++;
                return fetch(input, init);
            },
        });
        this.requests++;
        return this.client.connect(this.transport);
    }

    request(send) {
        this.requests++;
        return send(this.client);
    }

    /** One call of a tool, noted by the caller; what it answers must hold the expected text. */
    async call(name, args, expected, options) {
        if (!this.offered.includes(name)) {
            throw new Error(`the server has no tool ${name}, it has ${this.offered.join(', ')}`);
        }
        this.requests++;
        const result = await this.client.callTool({ name, arguments: args }, undefined, options);
        const text = JSON.stringify(result.content);
        if (result.isError || !text.includes(expected)) {
            this.errors.push(`${name}: no '${expected}' in ${text.slice(0, 200)}`);
        }
    }

    async one(name, args, expected, options) {
        this.groups.push([name]);
        await this.call(name, args, expected, options);
    }

    async burst(calls) {
        this.groups.push(calls.map(([name]) => name));
        await Promise.all(calls.map((call) => this.call(...call)));
    }

    chapters() {
        const a = Math.floor(this.random() * 1000);
        return [
            async () => {
                await this.one('echo', { message: `${this.name} here` }, `${this.name} here`);
                await this.think();
                await this.one('get-sum', { a, b: 2 }, String(a + 2));
            },
            async () => {
                const { resources } = await this.request((client) => client.listResources());
                await this.think();
                await this.request((client) => client.readResource({ uri: resources[this.index % resources.length].uri }));
            },
            () =>
                this.one('trigger-long-running-operation', { duration: 1, steps: 5 }, 'completed', {
                    onprogress: () => this.progress++,
                }),
            () =>
                this.burst([
                    ['echo', { message: 'burst' }, 'burst'],
                    ['get-sum', { a, b: a }, String(2 * a)],
                    ['get-structured-content', { location: 'Chicago' }, 'temperature'],
                    ['get-tiny-image', {}, 'image/png'],
                ]),
            () => this.one('trigger-sampling-request', { prompt: 'who says so?', maxTokens: 20 }, `${this.name} says so`),
            async () => {
                await this.request((client) => client.listPrompts());
                await this.request((client) => client.getPrompt({ name: 'args-prompt', arguments: { city: 'Oslo' } }));
                await this.think();
                await this.one('get-roots-list', {}, this.name);
            },
            () => this.one('trigger-elicitation-request', {}, this.name),
        ];
    }

    async work() {
        await this.connect();
        const { tools } = await this.request((client) => client.listTools());
        this.offered = tools.map((tool) => tool.name);
        // The first think time is over the 350 ms the server waits before it asks for the roots.
        await this.think(500, 800);
        const chapters = this.chapters();
        // Each agent begins at another chapter, so that no two have the same order of tools.
        for (let i = 0; i < chapters.length; i++) {
            await chapters[(i + 2 * this.index) % chapters.length]();
            await this.think();
        }
        await this.request((client) => client.ping());
        await this.one('echo', { message: 'done' }, 'done');
        await this.transport.terminateSession();
        await this.client.close();
    }

    summary() {
        const tools = this.groups.flat();
        return {
            agent: this.name,
            tools,
            groups: this.groups,
            calls: tools.length,
            requests: this.requests,
            progress: this.progress,
            answered: this.answered,
            http: this.http,
            errors: this.errors,
        };
    }
}

const agents = Array.from({ length: Number(agentCount) }, (_, index) => new Agent(index));
await Promise.all(
    agents.map(async (agent) => {
        await sleep(300 * agent.index);
        try {
            await agent.work();
        } catch (e) {
            agent.errors.push(e instanceof Error ? `${e.name}: ${e.message}` : String(e));
        }
    }),
);
const summaries = agents.map((agent) => agent.summary());
const total = (pick) => summaries.reduce((sum, summary) => sum + pick(summary), 0);
console.log(
    JSON.stringify({
        agents: summaries,
        calls: total((s) => s.calls),
        requests: total((s) => s.requests),
        http: total((s) => s.http.GET + s.http.POST + s.http.DELETE),
        progress: total((s) => s.progress),
        errors: total((s) => s.errors.length),
    }),
);
// An agent that failed may have left a stream open.
process.exit(summaries.some((summary) => summary.errors.length > 0) ? 1 : 0);

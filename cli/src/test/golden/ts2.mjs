// The client of @modelcontextprotocol/client (2.x): node ts2.mjs URL legacy|auto|pinned everything|fixture|confirm|listen|shared
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { Agent, Counting, everything, fixture, info } from './agent.mjs';

const MODERN = '2026-07-28';
const [url, mode, play] = process.argv.slice(2);
const counting = new Counting();
const client = new Client(info, {
    capabilities: { sampling: {}, elicitation: {} },
    versionNegotiation: { mode: mode === 'pinned' ? { pin: MODERN } : mode },
});
const agent = new Agent({
    call: (params, options) => client.callTool(params, options),
    tools: () => client.listTools(),
    prompt: (params) => client.getPrompt(params),
});
const answer = (method, result) =>
    client.setRequestHandler(method, async () => {
        agent.wasAsked(method);
        await agent.think(40);
        return result;
    });
answer('sampling/createMessage', { role: 'assistant', model: 'none', content: { type: 'text', text: 'so I say' } });
answer('elicitation/create', { action: 'accept', content: { name: 'golden', check: true, yes: true } });

/** Questions that come back as results, which the client answers by calling again. */
async function confirm() {
    await agent.call('echo', { message: 'before' });
    await agent.think(100);
    await agent.call('confirm');
    await agent.think(60);
    await agent.call('echo', { message: 'after' });
}

/** A subscription that is held while something happens, and given up. */
async function listen() {
    const subscription = await client.listen({ toolsListChanged: true });
    console.log('subscribed');
    await agent.think(80);
    await agent.call('touch');
    await agent.think(80);
    await subscription.close();
    await agent.call('echo', { message: 'after' });
}

/** Two agents behind one client, who can be told apart by the trace they stand in, and work at the same time. */
async function shared() {
    const work = async (trace, pause) => {
        const sent = (name, args = {}) => {
            const traceparent = `00-${trace.repeat(32)}-${trace.repeat(16)}-01`;
            return agent.outcome(() => client.callTool({ name, arguments: args, _meta: { traceparent } }));
        };
        console.log(`${trace}: call echo ${await sent('echo', { message: trace })}`);
        await agent.think(pause);
        console.log(`${trace}: call count ${await sent('count')}`);
        await agent.think(pause);
        console.log(`${trace}: call echo ${await sent('echo')}`);
    };
    await Promise.all([work('a', 60), agent.think(30).then(() => work('b', 90))]);
}

const plays = { everything: () => everything(agent), fixture: () => fixture(agent), confirm, listen, shared };
const transport = new StreamableHTTPClientTransport(new URL(url), { fetch: counting.fetch });
let connected = true;
try {
    await client.connect(transport);
} catch (e) {
    connected = false;
    console.log(`refused: ${e.message}`);
}
if (connected) {
    console.log(`connected, revision ${client.getNegotiatedProtocolVersion?.() ?? transport.protocolVersion}`);
    await plays[play]();
    await transport.terminateSession();
    await client.close();
}
console.log(counting.told());
process.exit(0);

// An agent on either TypeScript SDK: it does one thing after the other, and says on a line of its own what it did and
// what came of it, in the words of the expectations (captures/src/test/resources/sessions/README.md).
import { setTimeout as sleep } from 'node:timers/promises';

export const info = { name: 'golden', version: '1.0.0' };

/** Waits for what the other side does in its own time. */
export async function until(what, condition) {
    for (let waited = 0; !condition(); waited += 5) {
        if (waited >= 10_000) {
            throw new Error(`never happened: ${what}`);
        }
        await sleep(5);
    }
}

/** A fetch that counts by method, and knows what is under way. */
export class Counting {
    counts = {};

    fetch = (input, init = {}) => {
        const method = init.method ?? 'GET';
        this.counts[method] = (this.counts[method] ?? 0) + 1;
        return fetch(input, init);
    };

    told() {
        return `http ${Object.entries(this.counts)
            .map(([method, times]) => `${times} ${method}`)
            .sort()
            .join(' ')}`;
    }
}

export class Agent {
    /** What the server asked outside any call. */
    asked = [];

    /** @param wire sends: `call(params, options)`, `tools()`, `prompt(params)` */
    constructor(wire) {
        this.wire = wire;
        this.during = undefined;
    }

    /** The server asks for something; this is for the call that is under way, or for nobody. */
    wasAsked(method) {
        (this.during ?? this.asked).push(method);
    }

    think(millis) {
        return sleep(millis);
    }

    async outcome(work) {
        try {
            const result = await work();
            return result?.isError ? 'tool_error' : 'ok';
        } catch (e) {
            if (e?.name === 'AbortError' || /abort|no longer wanted/i.test(e?.message ?? '')) {
                return 'cancelled';
            }
            if (typeof e?.code === 'number') {
                return 'rpc_error';
            }
            throw e;
        }
    }

    async line(name, args, options = {}) {
        const { leaveAtFirst, leaveAfter, ...more } = options;
        const leaving = new AbortController();
        let progress = 0;
        if (more.progress || leaveAtFirst) {
            more.onprogress = () => {
                progress++;
                if (leaveAtFirst) {
                    leaving.abort('no longer wanted');
                }
            };
        }
        if (leaveAfter) {
            sleep(leaveAfter).then(() => leaving.abort('no longer wanted'));
        }
        delete more.progress;
        const asked = (this.during = []);
        const outcome = await this.outcome(() => this.wire.call({ name, arguments: args }, { signal: leaving.signal, ...more }));
        this.during = undefined;
        const parts = [`call ${name} ${outcome}`];
        if (progress > 0) {
            parts.push(`progress ${progress}${leaveAtFirst ? '+' : ''}`);
        }
        parts.push(...asked.map((method) => `asked ${method}`));
        return parts.join(', ');
    }

    async call(name, args = {}, options = {}) {
        console.log(await this.line(name, args, options));
    }

    /** All at once; slow ones, so that each is still under way when the last begins. */
    async together(...calls) {
        const lines = await Promise.all(calls.map(([name, args]) => this.line(name, args)));
        console.log(lines.join(' || '));
    }

    async request(method, work) {
        console.log(`request ${method} ${await this.outcome(work)}`);
    }

    tools() {
        return this.request('tools/list', () => this.wire.tools());
    }

    /** A prompt that no server has. */
    noPrompt() {
        return this.request('prompts/get', () => this.wire.prompt({ name: 'no-such-prompt' }));
    }
}

/** What server-everything can be asked, by a client that can itself be asked. */
export async function everything(agent) {
    await agent.tools();
    await agent.think(120);
    await agent.call('echo', { message: 'caf\u00e9 \u2603' });
    await agent.think(200);
    const slow = (duration) => ['trigger-long-running-operation', { duration, steps: 1 }];
    await agent.together(slow(0.2), slow(0.25), slow(0.3));
    await agent.think(60);
    await agent.call('get-sum', { a: 1, b: 2 });
    await agent.call('get-sum', { a: 'one', b: 2 });
    await agent.noPrompt();
    await agent.think(90);
    await agent.call('trigger-long-running-operation', { duration: 0.3, steps: 3 }, { progress: true });
    await agent.call('trigger-sampling-request', { prompt: 'who says so?', maxTokens: 20 });
    await agent.think(50);
    await agent.call('trigger-elicitation-request');
    await agent.call('trigger-long-running-operation', { duration: 1.6, steps: 8 }, { leaveAtFirst: true });
    await agent.think(70);
    await agent.call('echo', { message: 'done' });
}

/** What the fixture of the interop suite can be asked. */
export async function fixture(agent) {
    await agent.tools();
    await agent.think(120);
    await agent.call('echo', { message: 'caf\u00e9 \u2603' });
    await agent.think(200);
    await agent.together(['count'], ['count'], ['count']);
    await agent.think(60);
    await agent.call('echo');
    await agent.call('no-such-tool');
    await agent.think(90);
    await agent.call('count', {}, { progress: true });
    await agent.call('wait', {}, { leaveAfter: 250 });
    await agent.think(70);
    await agent.call('echo', { message: 'done' });
}

// A client's own view of its HTTP traffic: a `fetch` that remembers what was sent, what came back, and how it ended.
import { setTimeout as sleep } from 'node:timers/promises';

const BODILESS = [204, 205, 304];

/** The result of a subscription, after which nothing comes. */
const LAST_WORD = /"id":"listen:\d+","result":/;

/** Values that no two runs share, by what stands for them. */
const VOLATILE = [
    [/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '<uuid>'],
    [/\b[0-9a-f]{32}\b/g, '<hex>'],
    [/\b(127\.0\.0\.1|localhost):\d+/g, '<host>'],
    [/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[.\d]*Z?/g, '<time>'],
    [/\d{1,2}:\d\d:\d\d [AP]M/g, '<time>'],
    [/\/modern\/\w+/g, '/modern/<key>'],
    // How many there are is a question of time.
    [/: (keepalive|ping[^\n]*)\r?\n\r?\n/g, ''],
];

export const plain = (text) => VOLATILE.reduce((rest, [pattern, word]) => rest.replace(pattern, word), text);

export class Watch {
    exchanges = [];

    /** With what makes the lines of two runs alike, where that takes more than usual. */
    constructor(toPlain = plain) {
        this.toPlain = toPlain;
    }

    fetch = async (input, init = {}) => {
        const { pathname, search } = new URL(input instanceof Request ? input.url : input);
        const exchange = { method: init.method ?? 'GET', path: pathname + search, status: 0, ended: 'open', body: '', pieces: [] };
        this.exchanges.push(exchange);
        try {
            const response = await fetch(input, init);
            exchange.status = response.status;
            exchange.bytes = 0;
            exchange.headers = [...response.headers].filter(([name]) => name !== 'date').map((field) => field.join(': '));
            return this.watched(response, exchange, init.signal);
        } catch (e) {
            exchange.ended = init.signal?.aborted ? 'left' : 'failed';
            throw e;
        }
    };

    watched(response, exchange, signal) {
        if (!response.body || BODILESS.includes(response.status)) {
            exchange.ended = 'complete';
            return response;
        }
        const reader = response.body.getReader();
        const end = (how) => {
            exchange.ended = exchange.ended === 'open' ? how : exchange.ended;
        };
        // A client may leave a stream when it has its last word; whether the end of the body came first is a question of time.
        const left = () => end(LAST_WORD.test(exchange.body) ? 'answered' : 'left');
        signal?.addEventListener('abort', left);
        const decoder = new TextDecoder();
        const take = async () => {
            const { done, value } = await reader.read();
            if (done) {
                end('complete');
            } else {
                const piece = decoder.decode(value, { stream: true });
                exchange.bytes += value.length;
                exchange.body += piece;
                exchange.pieces.push({ at: performance.now(), text: piece });
            }
            return done ? undefined : value;
        };
        const drain = async () => {
            while (await take()) {
                // Everything is taken by take().
            }
        };
        const streams = (response.headers.get('content-type') ?? '').startsWith('text/event-stream');
        let cancelled = false;
        const body = new ReadableStream({
            async pull(controller) {
                let value;
                try {
                    value = await take();
                } catch (e) {
                    end(signal?.aborted ? 'left' : 'broken');
                    controller.error(e);
                    return;
                }
                if (value && !cancelled) {
                    controller.enqueue(value);
                } else if (!cancelled) {
                    controller.close();
                }
            },
            async cancel(reason) {
                cancelled = true;
                if (exchange.ended !== 'open') {
                    return;
                }
                // A client that cancels a short body has seen enough of it, but does not mean to leave.
                if (!streams) {
                    await drain();
                    return;
                }
                left();
                await reader.cancel(reason);
            },
            // Taken as it comes: a client that has its answer may never ask for the end of the stream.
        }, { highWaterMark: Infinity });
        const { status, statusText, headers, url } = response;
        return Object.defineProperty(new Response(body, { status, statusText, headers }), 'url', { value: url });
    }

    /** Waits until nothing is open any more but what is expected to be; says so if that does not happen. */
    async settled(mayBeOpen = () => false) {
        const open = () => this.exchanges.filter((exchange) => exchange.ended === 'open' && !mayBeOpen(exchange));
        for (let waited = 0; open().length > 0; waited += 10) {
            if (waited >= 10_000) {
                throw new Error(`still open: ${JSON.stringify(open())}`);
            }
            await sleep(10);
        }
    }

    /** Every exchange as a line of what another run must have had as well, in an order that is no question of time. */
    lines() {
        return this.exchanges
            .map(({ method, path, status, ended, headers = [], body }) =>
                this.toPlain(`${method} ${path} ${status} ${ended.replace('answered', 'complete')} [${headers.join(', ')}] ${body}`),
            )
            .sort();
    }
}

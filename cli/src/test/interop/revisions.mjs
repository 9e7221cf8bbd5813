// Every transport and every revision, twice: a client straight to its server, and the same client on the same server through
// the recorder. What the client observed, what its fetch saw, and what the server saw must be the same; and the
// capture must say what the client's fetch saw.
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { exchangesOf } from './capture.mjs';
import {
    EVERYTHING,
    check,
    checkVerified,
    count,
    equal,
    expectExit,
    json,
    run,
    show,
    start,
    startRecorder,
    startServer,
    step,
    stopRecorder,
    work,
    written,
} from './harness.mjs';

/** How long after a client left its server may learn of it; a shared machine takes its time to run either. */
const AT_ONCE_MILLIS = 1000;

/** How a client's end reads in a capture. */
const ENDS = {
    complete: ['complete by upstream'],
    left: ['closed by client', 'reset by client'],
    answered: ['complete by upstream', 'closed by client', 'reset by client'],
    broken: ['closed by upstream', 'reset by upstream'],
};

const fromWork = (file) => import(pathToFileURL(path.join(work, file)).href);

/** Two lists of lines alike; of unlike ones the first difference is told. */
function alike(name, through, direct) {
    const at = direct.findIndex((line, i) => line !== through[i]);
    check(name, at < 0 && through.length === direct.length, () =>
        at < 0
            ? `${through.length} through the recorder, ${direct.length} direct: ${through.slice(direct.length).join('\n')}`
            : `of ${direct.length}, number ${at + 1} is direct\n  ${direct[at]}\nand through the recorder\n  ${through[at]}`,
    );
}

/** What the server wrote since, of as many requests as the client made. */
async function seenByServer(server, since, requests, plain) {
    const lines = () => {
        const told = [...server.text.slice(since).matchAll(/^saw (\{.*\})$/gm)].map(([, line]) => line);
        return told.filter((line) => !line.includes('/control/'));
    };
    for (let waited = 0; lines().length < requests && waited < 5000; waited += 20) {
        await sleep(20);
    }
    return lines().map(plain).sort();
}

/** A pair of a server and a recorder before it. */
async function pair(server, out) {
    const running = await server;
    return { server: running, recorder: await startRecorder(running.url, out), out, exchanges: [] };
}

/** One run of a row; gives the client's two views and the server's. */
async function observe(row, { server, url }, key, { plain, Watch }) {
    const since = server.text.length;
    const watch = new Watch(row.plain);
    const seen = await row(url, watch, { control: server.url, key, wrote: () => server.text.slice(since) });
    return { seen, watch, lines: watch.lines(), server: await seenByServer(server, since, watch.exchanges.length, row.plain ?? plain) };
}

async function tryRow(name, row, on, tools) {
    const key = name.replaceAll(/\W/g, '');
    const [direct, through] = await step(`${name}: direct, then recorded`, 120, async () => [
        await observe(row, { server: on.server, url: on.server.url }, `${key}direct`, tools),
        await observe(row, { server: on.server, url: on.recorder.url }, `${key}recorded`, tools),
    ]);
    on.exchanges.push(...through.watch.exchanges);
    alike(`${name}: ${direct.seen.length} observations of the client, in order`, through.seen, direct.seen);
    alike(`${name}: ${direct.lines.length} exchanges, heads and bodies`, through.lines, direct.lines);
    alike(`${name}: ${direct.server.length} requests as the server saw them`, through.server, direct.server);
}

/** A session id in a URL is a secret, of which the capture has a hash and nothing else. */
const hashed = (target) => target.replace(/([?&]session_?id=)[^&]+/i, '$1HASH');
const withHash = (target) => target.replace(/redacted:[0-9a-f]{24}/, 'HASH');

/** Whether the capture has this exchange of the client's. */
const matches = (recorded, seen) =>
    recorded.method === seen.method &&
    withHash(recorded.path) === hashed(seen.path) &&
    recorded.status === seen.status &&
    (seen.ended === 'untold' || ENDS[seen.ended]?.includes(recorded.ended)) &&
    (seen.ended !== 'complete' || recorded.bytes === seen.bytes);

/** Holds a capture against what the clients' own fetch saw. */
async function judge(name, { recorder, out, exchanges }) {
    await stopRecorder(recorder);
    const [verified, { value: report }] = await Promise.all([json('verify', out, '--json'), json('report', out, '--json', '-')]);
    checkVerified(name, verified);
    equal(`${name}: http_reqs is what the clients sent`, count(report, 'http_reqs'), exchanges.length);
    const left = exchangesOf(path.join(out, report.capture.id));
    // What is known of less exactly comes last, and takes what is left.
    const exact = ({ ended }) => (ended === 'complete' ? 0 : 1);
    const missing = exchanges.toSorted((a, b) => exact(a) - exact(b)).filter((seen) => {
        const at = left.findIndex((recorded) => matches(recorded, seen));
        if (at >= 0) {
            left.splice(at, 1);
        }
        return at < 0;
    });
    check(`${name}: every exchange with its status, its length and its end`, missing.length + left.length === 0, () => {
        const seen = missing.map(({ method, path: to, status, ended, bytes }) => ({ method, path: to, status, ended, bytes }));
        return `the clients saw ${show(seen)}, the capture has ${show(left)}`;
    });
}

// --- Python -----------------------------------------------------------------------------------------------------------

async function startPython(python) {
    const server = start(python, ['python_server.py'], { cwd: work });
    server.url = await written(server, /bound (http:\S+)/);
    return server;
}

/** A row played by the Python client; its exchanges are counted by the hooks of its own HTTP client. */
function pythonRow(python, mode, plain) {
    const row = async (url, watch, { wrote }) => {
        const { code, stdout, stderr } = await run(python, [path.join(work, 'python_client.py'), `${url}/mcp`, mode]);
        expectExit('the Python client', code, 0, stdout + stderr);
        const { seen, exchanges } = JSON.parse(stdout);
        // Its hooks tell heads only.
        watch.exchanges.push(...exchanges.map((exchange) => ({ ...exchange, ended: 'untold', body: '' })));
        for (let waited = 0; !/^left$/m.test(wrote()) && waited < 5000; waited += 20) {
            await sleep(20);
        }
        return [...seen, `the server saw the client leave: ${/^left$/m.test(wrote())}`];
    };
    // The state the server seals into its question has not always the same length.
    row.plain = (text) => plain(text).replaceAll(/(content-length\W+)\d+/g, '$1<length>');
    return row;
}

// --- Go ---------------------------------------------------------------------------------------------------------------

/** Session ids, which are random text of Base32. */
const GO_IDS = /\b[A-Z2-7]{26}\b/g;

async function startGo(go, ...args) {
    const server = start(go, ['server', ...args]);
    server.url = await written(server, /bound (http:\S+)/);
    return server;
}

/** A row played by the Go client; its exchanges are counted by its own HTTP transport. */
function goRow(go, revision, plain) {
    const row = async (url, watch) => {
        const { code, stdout, stderr } = await run(go, ['client', `${url}/mcp`, revision]);
        expectExit('the Go client', code, 0, stdout + stderr);
        const { results, exchanges } = JSON.parse(stderr);
        watch.exchanges.push(...exchanges.map((exchange) => ({ ...exchange, ended: 'untold', body: '' })));
        return [...stdout.trim().split('\n'), ...results].map(row.plain);
    };
    row.plain = (text) => plain(text).replaceAll(GO_IDS, '<id>');
    return row;
}

// --- the run ----------------------------------------------------------------------------------------------------------

export async function everyRevision(captures, python, go) {
    const { rows, delays } = await fromWork('rows.mjs');
    const tools = await fromWork('watch.mjs');
    if (python) {
        rows.python = {
            'Python, 2025-11-25': pythonRow(python, 'legacy', tools.plain),
            'Python, 2026-07-28': pythonRow(python, '2026-07-28', tools.plain),
        };
    }
    if (go) {
        rows.go = { 'Go, 2025-11-25': goRow(go, '2025-11-25', tools.plain) };
        rows.goStateless = {
            'Go, 2025-11-25, no sessions': goRow(go, '2025-11-25', tools.plain),
            'Go, 2026-07-28': goRow(go, '2026-07-28', tools.plain),
        };
    }
    const servers = {
        streamable: () => startServer(EVERYTHING, 'streamableHttp'),
        sse: () => startServer(EVERYTHING, 'sse'),
        fixture: () => startServer('./fixture.mjs'),
        python: () => startPython(python),
        go: () => startGo(go),
        goStateless: () => startGo(go, 'stateless'),
    };
    const names = Object.keys(rows);
    const pairs = await step(`${names.length} servers, each with a recorder before it`, 240, () =>
        Promise.all(names.map((name) => pair(servers[name](), path.join(captures, name)))),
    );
    for (const [i, name] of names.entries()) {
        for (const [row, client] of Object.entries(rows[name])) {
            await tryRow(row, client, pairs[i], tools);
        }
    }
    const [direct, through] = delays;
    check(`the server knew ${through} ms after its client left, ${direct} ms without the recorder`, through < AT_ONCE_MILLIS, () => {
        return `over ${AT_ONCE_MILLIS} ms`;
    });
    for (const [i, name] of names.entries()) {
        await judge(`capture of ${name}`, pairs[i]);
    }
}

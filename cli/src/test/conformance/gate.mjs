// The gate: the suite finds through mcp-reel exactly what it finds directly, and the capture has all of it.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { Findings } from './findings.mjs';
import { differences, tally } from './compare.mjs';
import { endAll, start, written } from './processes.mjs';
import { endRecording, record, verified } from './recorder.mjs';
import { clientScenarios, testClient, testServer } from './suite.mjs';
import { openSwitchboard } from './switchboard.mjs';

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

const numbersOf = ({ scenarios, passed, failed }) => `${scenarios} scenarios, ${passed} checks passed, ${failed} failed`;

/**
 * What differs between the direct and the proxied run. Where something does, the direct run is done `again`, to tell a
 * person what the suite itself does not find twice; that excuses nothing.
 */
async function disagreements(direct, proxied, again) {
    const found = differences(direct.checks, proxied.checks);
    if (direct.code !== proxied.code) {
        found.push(`the suite exited with ${direct.code} directly, ${proxied.code} proxied`);
    }
    if (found.length > 0) {
        const unsteady = differences(direct.checks, (await again()).checks, ['first', 'again']);
        found.push(`between two direct runs differ: ${unsteady.length}`, ...unsteady);
    }
    return found;
}

const requestsTo = async (origin) => Number(await (await fetch(`${origin}/requests`)).text());

async function judgeServer(findings, server, origin, revision, folder) {
    const title = `${server.name}, ${revision}`;
    const directly = (name) => testServer(`${origin}/mcp`, revision, path.join(folder, name));
    const direct = await directly('direct');
    const seen = tally(direct.checks);
    findings.find(
        `${title}, directly: ${numbersOf(seen)}`,
        shortcomings(seen, server.least[revision], server.bad?.[revision]),
    );

    const before = server.counts ? await requestsTo(origin) : 0;
    const capture = path.join(folder, 'capture');
    const recorder = await record(origin, capture);
    const proxied = await testServer(`${recorder.origin}/mcp`, revision, path.join(folder, 'proxied'));
    const wrong = await endRecording(recorder);
    const sent = server.counts ? (await requestsTo(origin)) - before : undefined;
    findings.find(
        `${title}, proxied: the same ${seen.checks} checks with the same statuses`,
        await disagreements(direct, proxied, () => directly('again')),
    );
    const { exchanges, wrong: found } = await verified(capture);
    if (sent !== undefined && sent !== exchanges) {
        found.push(`the server got ${sent} requests, the capture has ${exchanges} exchanges`);
    }
    findings.find(`${title}: the capture is whole, with ${exchanges} exchanges`, [...wrong, ...found]);
}

async function judgeRevisions(findings, server, results) {
    const running = start(process.execPath, server.args, { env: { ...process.env, PORT: '0' } });
    const origin = await written(running, server.listening);
    for (const revision of REVISIONS) {
        await judgeServer(findings, server, origin, revision, path.join(results, `${server.name}-${revision}`));
    }
    running.child.kill('SIGTERM');
    await running.exit;
}

/** Each scenario has a server of its own; the recorder in front of all of them is one. */
async function judgeClient(findings, revision, folder) {
    const portFile = path.join(folder, 'port');
    const capture = path.join(folder, 'capture');
    mkdirSync(folder, { recursive: true });
    const { board, origin } = await openSwitchboard(portFile);
    const recorder = await record(origin, capture);
    const env = { RECORDER: recorder.origin, PORT_FILE: portFile };
    const all = clientScenarios(revision);
    const [direct, different] = [[], []];
    for (const scenario of all.filter((name) => !LEFT_OUT.test(name))) {
        const inFolder = (name) => path.join(folder, scenario, name);
        const directly = (name) => testClient('client.mjs', scenario, revision, inFolder(name));
        const plain = await directly('direct');
        const proxied = await testClient('proxied-client.mjs', scenario, revision, inFolder('proxied'), env);
        const unlike = await disagreements(plain, proxied, () => directly('again'));
        direct.push(...plain.checks);
        different.push(...unlike, ...(unlike.length > 0 ? [proxied.text.slice(-2000)] : []));
    }
    const wrong = await endRecording(recorder);
    board.close();
    const seen = tally(direct);
    const title = `client, ${revision}`;
    findings.find(`${title}, directly: ${numbersOf(seen)}`, shortcomings(seen, LEAST_OF_CLIENT[revision], /^$/));
    findings.find(`${title}, proxied: the same ${seen.checks} checks with the same statuses`, different);
    const { exchanges, wrong: found } = await verified(capture);
    findings.find(`${title}: the capture is whole, with ${exchanges} exchanges`, [...wrong, ...found]);
    const leftOut = all.filter((name) => LEFT_OUT.test(name));
    findings.note(`      ${leftOut.length} scenarios left out: ${leftOut.join(' ')}`);
}

async function judgeClientRevisions(findings, results) {
    for (const revision of REVISIONS) {
        await judgeClient(findings, revision, path.join(results, `client-${revision}`));
    }
    findings.note('      auth/* is left out: there a client has to refuse metadata that name another origin, as the recorder is one');
}

/** What there is to judge, by the name to ask for it alone. */
const parts = {
    ...Object.fromEntries(
        SERVERS.map((server) => [server.name, (findings, results) => judgeRevisions(findings, server, results)]),
    ),
    client: judgeClientRevisions,
};

async function judge(findings, results) {
    for (const name of chosen) {
        await parts[name](findings, results);
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

// The servers: the suite as their client, directly and through a recorder.
import path from 'node:path';
import { disagreements, numbersOf, shortcomings, tally } from './compare.mjs';
import { start, written } from './processes.mjs';
import { endRecording, record, verified } from './recorder.mjs';
import { REVISIONS, testServer } from './suite.mjs';

const EVERYTHING = 'node_modules/@modelcontextprotocol/server-everything/dist/index.js';

/**
 * The servers. `least` says for each revision how many scenarios and passed checks there are, so that agreement about
 * nothing is not agreement; `bad` names the scenarios that may fail, where it is known that no other does.
 */
export const SERVERS = [
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
const requestsTo = async (origin) => Number(await (await fetch(`${origin}/requests`)).text());

const TRIES = 3;

/**
 * The direct run, which is the measure. The suite waits half a second for some messages, and what it finds without a
 * relay is known: where it finds less the machine stalled, and it is asked again. The proxied run has one try.
 */
async function measure(findings, title, directly, shortOf) {
    for (let i = 1; ; i++) {
        const direct = await directly(`direct-${i}`);
        const seen = tally(direct.checks);
        const missing = shortOf(seen);
        if (missing.length === 0 || i === TRIES) {
            findings.find(`${title}, directly: ${numbersOf(seen)}`, missing);
            return direct;
        }
        console.log(`      ${title}, directly: ${missing.join('; ')}; once more`);
    }
}

async function judgeRevision(findings, server, origin, revision, folder) {
    const title = `${server.name}, ${revision}`;
    const directly = (name) => testServer(`${origin}/mcp`, revision, path.join(folder, name));
    const shortOf = (seen) => shortcomings(seen, server.least[revision], server.bad?.[revision]);
    const direct = await measure(findings, title, directly, shortOf);

    const before = server.counts ? await requestsTo(origin) : 0;
    const capture = path.join(folder, 'capture');
    const recorder = await record(origin, capture);
    const proxied = await testServer(`${recorder.origin}/mcp`, revision, path.join(folder, 'proxied'));
    const wrong = await endRecording(recorder);
    const sent = server.counts ? (await requestsTo(origin)) - before : undefined;
    findings.find(
        `${title}, proxied: the same ${direct.checks.length} checks with the same statuses`,
        await disagreements(direct, proxied, () => directly('again')),
    );
    const { exchanges, wrong: found } = await verified(capture);
    if (sent !== undefined && sent !== exchanges) {
        found.push(`the server got ${sent} requests, the capture has ${exchanges} exchanges`);
    }
    findings.find(`${title}: the capture is whole, with ${exchanges} exchanges`, [...wrong, ...found]);
}

/** Judges one of them, with every revision. */
export async function judgeServer(findings, server, results) {
    const running = start(process.execPath, ['--import', './patience.mjs', ...server.args], { env: { ...process.env, PORT: '0' } });
    const origin = await written(running, server.listening);
    for (const revision of REVISIONS) {
        await judgeRevision(findings, server, origin, revision, path.join(results, `${server.name}-${revision}`));
    }
    running.child.kill('SIGTERM');
    await running.exit;
}

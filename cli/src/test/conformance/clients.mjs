// The client: the suite as its server, directly and behind a recorder.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { disagreements, numbersOf, shortcomings, tally } from './compare.mjs';
import { endRecording, record, verified } from './recorder.mjs';
import { clientScenarios, REVISIONS, testClient } from './suite.mjs';
import { openSwitchboard } from './switchboard.mjs';

/** The client has nothing that may fail. */
const LEAST_OF_CLIENT = { '2025-11-25': { scenarios: 5, passed: 20 }, '2026-07-28': { scenarios: 8, passed: 64 } };
const LEFT_OUT = /^auth\//;

/** Each scenario has a server of its own; the recorder in front of all of them is one. */
async function judgeRevision(findings, revision, folder) {
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

/** Judges it, with every revision. */
export async function judgeClient(findings, results) {
    for (const revision of REVISIONS) {
        await judgeRevision(findings, revision, path.join(results, `client-${revision}`));
    }
    findings.note('      auth/* is left out: there a client has to refuse metadata that name another origin, as the recorder is one');
}

// The suite itself: which scenarios a revision asks for, running them, and reading what it wrote.
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { run } from './processes.mjs';

/** The requirement sets that are run. */
export const REVISIONS = ['2025-11-25', '2026-07-28'];
const SUITE = 'node_modules/@modelcontextprotocol/conformance';
/** For one scenario: longer than any takes, for a machine that stalls. */
const TIMEOUT_MILLIS = 300_000;

const suite = (args, env) =>
    run(process.execPath, ['--import', './patience.mjs', `${SUITE}/dist/index.js`, ...args], { env: { ...process.env, ...env } });

/** All client scenarios of a revision, scored or not. */
export function clientScenarios(revision) {
    const required = parse(readFileSync(`${SUITE}/requirements/${revision}.yaml`, 'utf8'));
    const notScored = required.not_scored.filter(({ leg }) => leg === 'client').map(({ scenario }) => scenario);
    return [...required.client, ...notScored];
}

/** Runs the whole requirement set of a revision against the server at a URL. */
export async function testServer(url, revision, folder) {
    const args = ['server', '--url', url, '--requirements', revision, '--timeout', String(TIMEOUT_MILLIS), '-o', folder];
    const { code, stdout, stderr } = await suite(args);
    return { code, text: stdout + stderr, checks: readChecks(folder, (name) => name.replace(/^server-/, '')) };
}

/** Runs one scenario of a revision with the client that a script is. */
export async function testClient(script, scenario, revision, folder, env) {
    const args = ['client', '--command', `node ${script}`, '--scenario', scenario, '--spec-version', revision];
    const { code, stdout, stderr } = await suite([...args, '--timeout', String(TIMEOUT_MILLIS), '-o', folder], {
        ...env,
        PATH: `${path.dirname(process.execPath)}${path.delimiter}${process.env.PATH}`,
    });
    return { code, text: stdout + stderr, checks: readChecks(folder, (name) => name) };
}

/** Every check in a folder of results, with its scenario. One that threw left no checks: that is one failure of its own. */
function readChecks(folder, scenarioOf) {
    mkdirSync(folder, { recursive: true });
    return readdirSync(folder).flatMap((entry) => {
        const scenario = scenarioOf(entry.replace(/-\d{4}-\d{2}-\d{2}T[\d-]+Z$/, ''));
        const file = path.join(folder, entry, 'checks.json');
        const checks = existsSync(file)
            ? JSON.parse(readFileSync(file, 'utf8'))
            : [{ id: scenario, name: scenario, status: 'FAILURE', errorMessage: 'the scenario threw' }];
        return checks.map(({ id, name, status, errorMessage }) => ({ scenario, id, name, status, errorMessage }));
    });
}

// Holds the checks of two runs against each other, as multisets of (scenario, check, status), and one run against what it
// should come to.

const keyOf = ({ scenario, id, name }) => `${scenario}  ${id}${plain(id) === plain(name) ? '' : ` (${name})`}`;
const plain = (words) => words.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

/** From scenario and check to the statuses of all its occurrences, sorted, and what was said of one that was no success. */
function byCheck(checks) {
    const found = new Map();
    for (const check of checks) {
        const entry = found.get(keyOf(check)) ?? { statuses: [], said: undefined };
        entry.statuses.push(check.status);
        entry.said ??= check.errorMessage;
        found.set(keyOf(check), entry);
    }
    found.forEach((entry) => entry.statuses.sort());
    return found;
}

const NOTHING = { statuses: [], said: undefined };
const show = ({ statuses }) => statuses.join(' ') || 'not there';
const said = (entry) => (entry.said ? `: ${entry.said.split('\n')[0]}` : '');

/** Every check whose statuses are not the same in both runs, with what they are in each. */
export function differences(one, other, [first, second] = ['direct', 'proxied']) {
    const [before, after] = [byCheck(one), byCheck(other)];
    const describe = (run, entry) => `\n          ${run}: ${show(entry)}${said(entry)}`;
    return [...new Set([...before.keys(), ...after.keys()])].sort().flatMap((key) => {
        const [a, b] = [before.get(key) ?? NOTHING, after.get(key) ?? NOTHING];
        return show(a) === show(b) ? [] : [key + describe(first, a) + describe(second, b)];
    });
}

/** How many scenarios there are, how many checks of each status, and which scenarios have a failure or a warning. */
export function tally(checks) {
    const count = (status) => checks.filter((check) => check.status === status).length;
    const bad = checks.filter(({ status }) => status === 'FAILURE' || status === 'WARNING');
    return {
        scenarios: new Set(checks.map(({ scenario }) => scenario)).size,
        checks: checks.length,
        passed: count('SUCCESS'),
        failed: count('FAILURE'),
        bad: [...new Set(bad.map(({ scenario }) => scenario))].sort(),
    };
}

/** What there is too little of, and what failed that should not. */
export function shortcomings(seen, least, mayBeBad) {
    return [
        ...Object.entries(least)
            .filter(([key, count]) => seen[key] < count)
            .map(([key, count]) => `${key}: ${seen[key]}, not ${count}`),
        ...seen.bad.filter((scenario) => mayBeBad && !mayBeBad.test(scenario)).map((scenario) => `${scenario} failed`),
    ];
}

/** The numbers of a tally, in words. */
export const numbersOf = ({ scenarios, passed, failed }) => `${scenarios} scenarios, ${passed} checks passed, ${failed} failed`;

/**
 * What differs between the direct and the proxied run. Where something does, the direct run is done `again`, to tell a
 * person what the suite itself does not find twice; that excuses nothing.
 */
export async function disagreements(direct, proxied, again) {
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

// Holds the checks of two runs against each other, as multisets of (scenario, check, status).

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

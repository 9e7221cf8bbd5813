// Brings the real parts into the work folder, pinned: npm packages by their lock file, Python packages by version, Go
// modules by their checksums.
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { check, expectExit, here, run, step, work } from './harness.mjs';

/** What stays here: it runs the suite, and needs nothing that is installed. */
const OF_THE_SUITE = ['run.mjs', 'run.sh', 'harness.mjs', 'install.mjs', 'revisions.mjs', 'whole-way.mjs', 'capture.mjs'];

/** Does it unless the file that says what was installed already says so. */
async function once(marker, wanted, action) {
    if (existsSync(marker) && readFileSync(marker, 'utf8') === wanted) {
        return;
    }
    await action();
    writeFileSync(marker, wanted);
}

export async function installNode() {
    mkdirSync(work, { recursive: true });
    const files = readdirSync(here, { withFileTypes: true }).filter((entry) => entry.isFile());
    for (const file of files.map(({ name }) => name).filter((name) => !OF_THE_SUITE.includes(name))) {
        cpSync(path.join(here, file), path.join(work, file));
    }
    const lock = readFileSync(path.join(here, 'package-lock.json'), 'utf8');
    await once(path.join(work, 'node_modules', '.installed-lock.json'), lock, async () => {
        const { code, stdout, stderr } = await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: work });
        expectExit('npm ci', code, 0, stdout + stderr);
    });
}

/** Says that a part cannot be had: a failure only where CI=true. */
function without(part, why) {
    if (process.env.CI === 'true') {
        check(part, false, () => why);
    } else {
        console.log(`!!!!  ${why}, so ${part} did not run`);
    }
}

/** The program of the Go client and server; undefined where there is no Go to build it with. */
export async function installGo() {
    const program = path.join(work, 'golang');
    const { code } = await run('go', ['version']);
    if (code !== 0) {
        without('the Go client and server', 'no go on the PATH');
        return undefined;
    }
    await step('go build', 300, async () => {
        const { code: built, stdout, stderr } = await run('go', ['build', '-o', program, '.'], { cwd: path.join(here, 'go') });
        expectExit('go build', built, 0, stdout + stderr);
    });
    return program;
}

/** The Python of a virtual environment with what requirements.txt names; undefined where none can be made. */
export async function installPython() {
    const home = path.join(work, 'venv');
    const python = path.join(home, 'bin', 'python');
    const requirements = path.join(work, 'requirements.txt');
    const { code, stderr } = await run('python3', ['-c', 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))']);
    if (code !== 0) {
        const why = `no python3 of 3.10 or newer with venv: ${stderr.trim().split('\n').pop() || code}`;
        without('the Python client and server', why);
        return undefined;
    }
    await step('pip install', 300, () =>
        once(path.join(home, '.installed-requirements.txt'), readFileSync(requirements, 'utf8'), async () => {
            const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--only-binary', ':all:'];
            for (const [command, args] of [
                ['python3', ['-m', 'venv', '--clear', home]],
                [python, [...pip, '--requirement', requirements]],
            ]) {
                const installed = await run(command, args, { cwd: work });
                expectExit(args.join(' '), installed.code, 0, installed.stdout + installed.stderr);
            }
        }),
    );
    return python;
}

// Processes that are started, watched for what they write, and ended.
import { execFile, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

const started = new Set();

/** Starts a process that goes on; what it writes is kept in `text`. */
export function start(command, args, options = {}) {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
    const running = { child, text: '', watchers: new Set() };
    started.add(child);
    running.exit = new Promise((resolve) => {
        child.on('close', (code, signal) => resolve(signal ?? code));
        child.on('error', (e) => resolve(e.message));
    }).finally(() => started.delete(child));
    for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding('utf8').on('data', (chunk) => {
            running.text += chunk;
            running.watchers.forEach((watch) => watch());
        });
    }
    return running;
}

/** The first group of the pattern, as soon as the process has written it. */
export async function written(running, pattern) {
    const seen = new Promise((resolve) => {
        const watch = () => {
            const match = pattern.exec(running.text);
            if (match) {
                running.watchers.delete(watch);
                resolve(match[1]);
            }
        };
        running.watchers.add(watch);
        watch();
    });
    const ended = running.exit.then((how) => {
        throw new Error(`ended with ${how} before it wrote ${pattern}:\n${running.text}`);
    });
    return Promise.race([seen, ended]);
}

/** Runs a command to its end; resolves to its code and what it wrote. */
export function run(command, args, options = {}) {
    return new Promise((resolve) => {
        const child = execFile(command, args, { maxBuffer: 1 << 28, ...options }, (error, stdout, stderr) => {
            started.delete(child);
            resolve({ code: error ? (error.code ?? error.signal) : 0, stdout, stderr });
        });
        started.add(child);
    });
}

/** Runs a command that has to succeed. */
export async function runWell(command, args, options) {
    const { code, stdout, stderr } = await run(command, args, options);
    if (code !== 0) {
        throw new Error(`${command} ${args.join(' ')} exited with ${code}:\n${stdout}\n${stderr}`);
    }
    return stdout;
}

/** Asks what still runs to end, and kills what does not. */
export async function endAll() {
    started.forEach((child) => child.kill('SIGTERM'));
    for (let waited = 0; started.size > 0 && waited < 100; waited++) {
        await sleep(100);
    }
    started.forEach((child) => child.kill('SIGKILL'));
}

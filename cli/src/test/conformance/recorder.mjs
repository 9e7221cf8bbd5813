// mcp-reel in front of a server, and what it says of its capture afterwards.
// Environment: MCP_REEL (the launcher), MCP_REEL_RECORD_OPTIONS (more options for `record`, split at blanks).
import { run, start, written } from './processes.mjs';

const launcher = process.env.MCP_REEL;
const options = (process.env.MCP_REEL_RECORD_OPTIONS ?? '').split(' ').filter(Boolean);
/** Half the CPU of a JVM that lives for seconds. */
const env = {
    ...process.env,
    MCP_REEL_JAVA_OPTS: `-XX:TieredStopAtLevel=1 ${process.env.MCP_REEL_JAVA_OPTS ?? ''}`,
};

/** Starts to record the server at an origin; the result has the `origin` to go to instead. */
export async function record(upstream, out) {
    const args = ['record', '--upstream', upstream, '--listen', '127.0.0.1:0', '--out', out, ...options];
    const running = start(launcher, args, { env });
    running.origin = await written(running, /listening on (http:\/\/[\w.:[\]]+)/);
    return running;
}

/** Ends the recording as an operator would; resolves to what is wrong with how it ended. */
export async function endRecording(running) {
    running.child.kill('SIGTERM');
    const how = await running.exit;
    return how === 0 ? [] : [`record exited with ${how}: ${running.text}`];
}

/** What `verify` finds wrong with the capture in a folder, and how many exchanges it has. */
export async function verified(out) {
    const { code, stdout, stderr } = await run(launcher, ['verify', out, '--json'], { env });
    let found;
    try {
        found = JSON.parse(stdout);
    } catch {
        return { exchanges: 0, wrong: [`verify exited with ${code} and wrote no JSON:\n${stdout}\n${stderr}`] };
    }
    const whole =
        code === 0 &&
        found.ok === true &&
        found.interrupted === false &&
        found.exchanges > 0 &&
        found.exchanges_ended === found.exchanges &&
        [found.exchanges_in_part, found.exchanges_open].every((count) => count === 0) &&
        [found.sequence_holes, found.damage, found.lost, found.disagreements].every((list) => list.length === 0);
    return { exchanges: found.exchanges, wrong: whole ? [] : [`verify exited with ${code}: ${JSON.stringify(found)}`] };
}

// Runs client.mjs with mcp-reel between it and the server the suite has started for it, and ends as the client does.
// Usage: node proxied-client.mjs URL. Environment: that of recorder.mjs, and CAPTURES, the folder for the capture.
import { endAll, run } from './processes.mjs';
import { endRecording, record, SHORT_LIVED } from './recorder.mjs';

const RECORDER_FAILED = 70;

process.on('SIGTERM', () => endAll().finally(() => process.exit(143)));

const url = new URL(process.argv[2]);
const recorder = await record(url.origin, process.env.CAPTURES, SHORT_LIVED);
const { code, stdout, stderr } = await run(process.execPath, ['client.mjs', recorder.origin + url.pathname]);
process.stdout.write(stdout);
process.stderr.write(stderr);
const wrong = await endRecording(recorder);
if (wrong.length > 0) {
    console.error(wrong.join('\n'));
    process.exit(RECORDER_FAILED);
}
process.exit(typeof code === 'number' ? code : 1);

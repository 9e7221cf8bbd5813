// Records real agents of the TypeScript SDK on a real server, replays the recording against the same server 20 times
// over, and holds what mcp-reel says against what the agents say they did.
import path from 'node:path';
import {
    EVERYTHING,
    check,
    checkVerified,
    count,
    equal,
    expectExit,
    json,
    launcher,
    run,
    show,
    startRecorder,
    startServer,
    step,
    stopRecorder,
    work,
} from './harness.mjs';

const AGENTS = 3;
const COPIES = 20;
const INVALID_RUN = 6;

// --- what is compared -------------------------------------------------------------------------------------------------

/** Whether a session's tools are an agent's, in order; inside a burst any order will do. */
function sameOrder(sequence, groups) {
    let at = 0;
    return (
        sequence.length === groups.flat().length &&
        groups.every((group) => {
            const part = sequence.slice(at, (at += group.length));
            return show(part.sort()) === show([...group].sort());
        })
    );
}

/** The agents for which no session has the same tools in the same order; a session stands for one agent. */
function agentsWithoutSession(agents, sessions) {
    const free = [...sessions];
    return agents.filter((agent) => {
        const match = free.findIndex((session) => sameOrder(session.tool_sequence, agent.groups));
        if (match >= 0) {
            free.splice(match, 1);
        }
        return match < 0;
    });
}

const outcomesOf = (report) => report.outcomes.filter((row) => row.requests > 0).map((row) => row.outcome).sort();
// --- the way ----------------------------------------------------------------------------------------------------------

async function driveAgents(url) {
    const { code, stdout, stderr } = await run(process.execPath, [path.join(work, 'client.mjs'), url, String(AGENTS)]);
    expectExit('the agents', code, 0, stdout + stderr);
    return JSON.parse(stdout);
}

async function record(upstream, out) {
    const recorder = await step('recorder listens', 60, () => startRecorder(upstream, out));
    const driven = await step(`${AGENTS} agents at work through the recorder`, 120, () => driveAgents(`${recorder.url}/mcp`));
    await step('recorder ends at SIGINT, exit 0', 60, () => stopRecorder(recorder));
    return driven;
}

/** Holds the recording against what the agents say they did; gives its report. */
async function judgeRecording(capture, driven) {
    const verified = await step('verify', 60, () => json('verify', capture, '--json'));
    const { value: sessions } = await step('sessions', 60, () => json('sessions', capture, '--json'));
    const { value: report } = await step('report', 60, () => json('report', capture, '--json', '-'));
    checkVerified('the recording', verified);
    equal('one exchange for each HTTP request the agents sent', verified.value.exchanges, driven.http);
    equal('http_reqs agrees with verify', count(report, 'http_reqs'), verified.value.exchanges);
    equal('one session for each agent', sessions.length, driven.agents.length);
    const lost = agentsWithoutSession(driven.agents, sessions);
    check('the tools of every session are its agent\'s, in order', lost.length === 0, () => {
        return `no session for ${show(lost)} in ${show(sessions)}`;
    });
    equal('calls of all sessions', sessions.reduce((sum, session) => sum + session.calls, 0), driven.calls);
    equal('mcp_calls is the number of calls the agents made', count(report, 'mcp_calls'), driven.calls);
    equal('every call was ok', outcomesOf(report), ['ok']);
    return report;
}

async function replay(capture, target, out) {
    const args = ['replay', capture, '--target', target, '--copies', String(COPIES), '--tools', 'all', '--out', out];
    const { code, stdout, stderr } = await run(launcher, [...args, '--seed', '1', '--allow-recorded-upstream']);
    if (code !== 0 && code !== INVALID_RUN) {
        throw new Error(`replay exited with ${code}:\n${stdout}\n${stderr}`);
    }
    return { code, text: stdout + stderr };
}

async function judgeReplay(capture, recorded, replayed) {
    const verified = await step('verify the replay', 60, () => json('verify', capture, '--json'));
    const { value: report } = await step('report of the replay', 60, () => json('report', capture, '--json', '-'));
    checkVerified('the replay', verified);
    equal(`mcp_calls is ${COPIES} x the recording's`, count(report, 'mcp_calls'), COPIES * count(recorded, 'mcp_calls'));
    const strange = outcomesOf(report).filter((outcome) => !outcomesOf(recorded).includes(outcome));
    check('no outcome other than the recording\'s', strange.length === 0, () => show(report.outcomes));
    equal(`iterations is ${COPIES} x ${AGENTS}`, count(report, 'iterations'), COPIES * AGENTS);
    const { steps, lost } = report.run;
    equal('every step that was due was sent, and has its record', [steps.sent, verified.value.steps, lost.steps], [
        steps.due,
        steps.due,
        0,
    ]);
    equal('the exit code and the report agree on validity', replayed.code === 0, report.run.valid);
    if (!report.run.valid) {
        // A shared machine stalls now and then, and the run rightly says so; the counts above are what must hold.
        console.log(`!!!!  THE RUN IS INVALID, exit ${replayed.code}: ${show(report.run)}\n${replayed.text}`);
    }
    console.log(`      lateness ${show(report.run.lateness)}`);
}

export async function wholeWay(captures) {
    const [recording, replayOut] = [path.join(captures, 'recorded'), path.join(captures, 'replayed')];
    const { url: upstream } = await step('server-everything listens', 60, () => startServer(EVERYTHING, 'streamableHttp'));
    const driven = await record(upstream, recording);
    const recorded = await judgeRecording(recording, driven);
    const replayed = await step(`replay, ${COPIES} copies`, 300, () => replay(recording, `${upstream}/mcp`, replayOut));
    await judgeReplay(replayOut, recorded, replayed);
}

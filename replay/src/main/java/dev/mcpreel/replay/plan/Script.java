package dev.mcpreel.replay.plan;

import dev.mcpreel.captures.exchange.StepKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One recorded agent session made playable.
 *
 * @param index its position among the plan's scripts, from 0
 * @param sessionId the recorded agent session, for example {@code s1}
 * @param client the recorded client's name and version, may be empty
 * @param revision the protocol revision of the recording, may be empty
 * @param stateful whether the recorded server gave the session an {@code Mcp-Session-Id}
 * @param offsetNanos from the start of the capture to the start of the session
 * @param steps in order of start
 * @param answers what the agent answered the server, in order of the server's asking
 * @param hints what the recorded tool lists say: the session's own, and others of the capture for what it does not list
 * @param credentials what the agent proves itself with, as far as that is known
 */
public record Script(
        int index,
        String sessionId,
        String client,
        String revision,
        boolean stateful,
        long offsetNanos,
        List<Step> steps,
        List<ServerAnswer> answers,
        ToolHints hints,
        Credentials credentials) {
    public Script {
        steps = List.copyOf(steps);
        answers = List.copyOf(answers);
    }

    /** The same script with live values in what is sent. */
    Script with(List<Step> liveSteps, List<ServerAnswer> liveAnswers) {
        return new Script(
                index, sessionId, client, revision, stateful, offsetNanos, liveSteps, liveAnswers, hints, credentials);
    }

    /** The answers given to one method, in order. */
    public List<ServerAnswer> answersTo(String method) {
        return answers.stream().filter(answer -> answer.method().equals(method)).toList();
    }

    /**
     * Why a call that the plan would play is not to be sent to this target: the stricter of the recorded and the target's
     * own tool list decides. Null when it may be sent, and for every step that is no call.
     */
    public @Nullable SkipReason refuses(Step step, ToolPolicy policy, ToolHints live) {
        String tool = step.tool();
        return tool == null ? null : policy.refuses(tool, hints.of(tool).stricter(live.of(tool)));
    }

    /** Whether the session begins with the handshake; one recorded from its middle does not. */
    public boolean hasHandshake() {
        return steps.stream().anyMatch(step -> step.method().equals("initialize"));
    }

    /** Whether the recorded client held the standalone event stream. */
    public boolean holdsStream() {
        return steps.stream().anyMatch(step -> step.kind() == StepKind.STREAM);
    }

    /** How many of its steps are played. */
    public int playedSteps() {
        return (int) steps.stream().filter(Step::played).count();
    }
}

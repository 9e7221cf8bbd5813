package dev.mcpreel.captures.session;

import dev.mcpreel.captures.exchange.Outcome;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What is known of the task a call became. */
final class TaskLegs {
    private final String id;

    /** Its result is fetched with tasks/result (revision 2025-11-25); otherwise it comes with its last status. */
    private final boolean resultApart;

    private @Nullable Verdict terminal;
    private @Nullable Verdict wished;
    private long wishedNanos;
    private long terminalNanos;
    private long inputRequiredNanos;
    private long answeringNanos;

    TaskLegs(String id, boolean resultApart) {
        this.id = id;
        this.resultApart = resultApart;
    }

    String id() {
        return id;
    }

    /**
     * A request for it is settled.
     *
     * @return how the call ended, when it did with this
     */
    @Nullable
    Verdict asked(RequestTrace request) {
        JsonNode result = request.answer() == null ? null : request.answer().result();
        return switch (request.method()) {
            case "tasks/result" -> wasAnswered(request) ? new Verdict(request.outcome(), request.code()) : null;
            case "tasks/cancel" -> cancelled(request);
            case "tasks/update" -> updated(request.startNanos());
            case "tasks/get" -> result == null ? null : told(result, request.doneNanos());
            default -> null;
        };
    }

    /** The extension only takes note of the wish: the task may still complete, and its last status says. */
    private @Nullable Verdict cancelled(RequestTrace request) {
        if (request.outcome() != Outcome.OK) {
            return null;
        }
        Verdict verdict = new Verdict(Outcome.CANCELLED, request.code());
        if (!resultApart) {
            wished = verdict;
            wishedNanos = request.doneNanos();
            return null;
        }
        return verdict;
    }

    /** A client may drop a tasks/result at any time and ask again. */
    private static boolean wasAnswered(RequestTrace request) {
        return request.answer() != null && request.outcome() != Outcome.SESSION_LOST;
    }

    private @Nullable Verdict updated(long atNanos) {
        if (inputRequiredNanos != 0) {
            answeringNanos += Math.max(0, atNanos - inputRequiredNanos);
            inputRequiredNanos = 0;
        }
        return null;
    }

    /** The server said how it fares. */
    @Nullable
    Verdict told(JsonNode task, long atNanos) {
        if (task.path("status").asString("").equals("input_required")) {
            inputRequiredNanos = inputRequiredNanos == 0 ? atNanos : inputRequiredNanos;
        }
        Verdict verdict = CallJoiner.ofStatus(task);
        if (verdict == null) {
            return null;
        }
        if (terminal == null) {
            terminal = verdict;
            terminalNanos = atNanos;
        }
        return resultApart && verdict.outcome() != Outcome.CANCELLED ? null : verdict;
    }

    /** How it ended as far as its status told, or null. */
    @Nullable
    Verdict terminal() {
        return terminal == null ? wished : terminal;
    }

    long terminalNanos() {
        return terminal == null ? wishedNanos : terminalNanos;
    }

    /** What the agent took to give what the task asked for. */
    long answeringNanos() {
        return answeringNanos;
    }
}

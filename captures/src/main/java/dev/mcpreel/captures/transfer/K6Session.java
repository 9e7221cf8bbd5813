package dev.mcpreel.captures.transfer;

import dev.mcpreel.captures.session.Call;
import dev.mcpreel.captures.session.RequestTrace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What a k6 script plays of one agent session: its calls. */
final class K6Session {
    /** @param thinkNanos from the answer of every call before it to this one; 0 when one of them was still under way */
    record Step(long thinkNanos, String tool, String argumentsJson, boolean overlaps) {}

    private record Made(long startNanos, long doneNanos, String tool, String argumentsJson) {}

    private final String id;
    private final List<Made> calls = new ArrayList<>();
    private long startNanos = Long.MAX_VALUE;
    private long readyNanos;

    K6Session(String id) {
        this.id = id;
    }

    String id() {
        return id;
    }

    /** Any request of the session: the first of them are its handshake, which the extension does itself. */
    void saw(RequestTrace request) {
        startNanos = Math.min(startNanos, request.startNanos());
        if (calls.isEmpty() && !request.isCall()) {
            readyNanos = Math.max(readyNanos, request.doneNanos());
        }
    }

    void call(Call call, String tool, String argumentsJson) {
        calls.add(new Made(call.startNanos(), call.doneNanos(), tool, argumentsJson));
    }

    int calls() {
        return calls.size();
    }

    /** Its first byte. */
    long startNanos() {
        return startNanos;
    }

    /** From its first byte to its last answer. */
    long lengthNanos() {
        return calls.stream().mapToLong(Made::doneNanos).max().orElse(startNanos) - startNanos;
    }

    /** The calls in order of start. */
    List<Step> steps() {
        List<Step> steps = new ArrayList<>(calls.size());
        List<Made> inOrder = new ArrayList<>(calls);
        inOrder.sort(Comparator.comparingLong(Made::startNanos));
        long answered = 0;
        for (Made call : inOrder) {
            boolean first = steps.isEmpty();
            long from = first ? Math.min(call.startNanos(), Math.max(readyNanos, startNanos)) : answered;
            boolean overlaps = call.startNanos() < from;
            steps.add(new Step(Math.max(0, call.startNanos() - from), call.tool(), call.argumentsJson(), overlaps));
            answered = Math.max(answered, call.doneNanos());
        }
        return steps;
    }
}

package dev.mcpreel.captures.session;

import java.util.Iterator;
import java.util.List;

/** Finds out what became of the requests of agent sessions, now or when what is missing has come. */
final class Settling {
    private final Deadlines deadlines;

    Settling(Deadlines deadlines) {
        this.deadlines = deadlines;
    }

    /** What of these is still held is given up in time. */
    void limit(Draft draft, List<PendingRequest> requests) {
        for (PendingRequest pending : requests) {
            if (draft.held().contains(pending)) {
                holdOn(draft, pending);
            }
        }
    }

    /** Settles what can be; with {@code last}, all of it. */
    void settle(Draft draft, boolean last) {
        if (!draft.isTold() || draft.held().isEmpty()) {
            return;
        }
        for (Iterator<PendingRequest> i = draft.held().iterator(); i.hasNext(); ) {
            RequestTrace trace = i.next().settle(draft.id(), last);
            if (trace != null) {
                i.remove();
                settled(draft, trace);
            }
        }
        draft.order(deadlines.nowNanos());
    }

    /** The last stream of a transport session is over, and with it what was to come on it (2024-11-05). */
    void giveUp(Draft draft, Transport transport) {
        for (PendingRequest pending : List.copyOf(draft.held())) {
            if (draft.isTold() && pending.isOf(transport)) {
                settleAtLast(draft, pending);
            }
        }
        draft.order(deadlines.nowNanos());
    }

    private static void settleAtLast(Draft draft, PendingRequest pending) {
        RequestTrace trace = pending.settle(draft.id(), true);
        if (trace != null) {
            draft.held().remove(pending);
            settled(draft, trace);
        }
    }

    private static void settled(Draft draft, RequestTrace trace) {
        draft.seen(trace.doneNanos());
        draft.journal().settled(trace);
    }

    private void holdOn(Draft draft, PendingRequest pending) {
        deadlines.at(deadlines.nowNanos() + pending.patienceNanos(), () -> giveUp(draft, pending));
    }

    private void giveUp(Draft draft, PendingRequest pending) {
        if (!draft.held().contains(pending)) {
            return;
        }
        if (!draft.isTold() || pending.waitsForStream()) {
            holdOn(draft, pending);
            return;
        }
        settleAtLast(draft, pending);
        draft.order(deadlines.nowNanos());
    }
}

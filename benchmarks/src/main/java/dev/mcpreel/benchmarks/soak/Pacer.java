package dev.mcpreel.benchmarks.soak;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.LongFunction;

/**
 * Makes calls at times that were fixed beforehand, whatever became of those before: an answer that is late delays no
 * other call. A call that finds every connection busy waits for one. Confined to the generator's event loop.
 */
final class Pacer implements CallConnection.Owner {
    /** Opens connections. */
    interface Connector {
        void connect(Pacer owner);
    }

    private final Tally tally;
    private final LongFunction<Call> calls;
    private final Connector connector;
    private final long periodNanos;
    private final ArrayDeque<Call> waiting = new ArrayDeque<>();
    private final LinkedHashSet<CallConnection> idle = new LinkedHashSet<>();
    private final Set<CallConnection> open = new HashSet<>();
    private long nextNanos;
    private long endNanos;
    private boolean closing;

    /** @param calls the call that is due at a time */
    Pacer(Tally tally, double perSecond, LongFunction<Call> calls, Connector connector) {
        this.tally = tally;
        this.calls = calls;
        this.connector = connector;
        this.periodNanos = Math.round(1e9 / perSecond);
    }

    void start(long firstNanos, long lastNanos) {
        nextNanos = firstNanos;
        endNanos = lastNanos;
    }

    /** Sends what is due; to be called every millisecond or so. */
    void tick(long nowNanos) {
        while (nextNanos <= nowNanos && nextNanos < endNanos) {
            tally.due();
            waiting.add(calls.apply(nextNanos));
            nextNanos += periodNanos;
        }
        send();
    }

    /** Whether every call that was due has been answered or has failed. */
    boolean done() {
        return nextNanos >= endNanos && waiting.isEmpty() && idle.size() == open.size();
    }

    /** Ends its connections; calls that still wait are errors. */
    void close() {
        closing = true;
        waiting.forEach(call -> tally.error("never sent"));
        waiting.clear();
        Set.copyOf(open).forEach(CallConnection::close);
    }

    @Override
    public void idle(CallConnection connection) {
        open.add(connection);
        idle.add(connection);
        send();
    }

    @Override
    public void gone(CallConnection connection) {
        open.remove(connection);
        idle.remove(connection);
        if (!closing) {
            tally.error("connection closed");
            connector.connect(this);
        }
    }

    /** Those idle longest first, so that all are used. */
    private void send() {
        while (!waiting.isEmpty() && !idle.isEmpty()) {
            CallConnection connection = idle.iterator().next();
            idle.remove(connection);
            connection.send(waiting.remove());
        }
    }
}

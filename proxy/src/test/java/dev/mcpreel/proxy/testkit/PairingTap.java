package dev.mcpreel.proxy.testkit;

import dev.mcpreel.captures.exchange.EndCause;
import dev.mcpreel.captures.exchange.EndedBy;
import dev.mcpreel.captures.exchange.UpstreamPick;
import dev.mcpreel.captures.tap.ExchangeTap;
import dev.mcpreel.captures.tap.TrafficTap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Keeps nothing but what is wrong: a call out of order, a second end, an answer that echoes another request. Used from one
 * event loop; read from any thread.
 */
public final class PairingTap implements TrafficTap {
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    /** Connections whose server broke its answers, so that what follows on them proves nothing. */
    private final Set<Long> broken = new HashSet<>();

    private long connections;
    private long exchanges;
    private volatile long open;
    private volatile long begun;

    @Override
    public long newConnectionId() {
        return ++connections;
    }

    @Override
    public ExchangeTap begin(EventLoop loop, long connectionId, String peer) {
        begun = ++exchanges;
        count(1);
        return new Judged(exchanges, connectionId);
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writing thread
    private void count(int change) {
        open += change;
    }

    public Queue<String> faults() {
        return faults;
    }

    /** Exchanges that have not ended. */
    public long open() {
        return open;
    }

    public long begun() {
        return begun;
    }

    private final class Judged implements ExchangeTap {
        private final long id;
        private final long connectionId;
        private final StringBuilder answer = new StringBuilder();
        private String line = "";
        private int stage;
        private int status;

        Judged(long id, long connectionId) {
            this.id = id;
            this.connectionId = connectionId;
        }

        /** Heads and ends come in order, and nothing after the last. */
        private void at(int next, String what) {
            if (next < stage || stage == 9) {
                faults.add(what + " after stage " + stage + " of " + line);
            }
            stage = Math.max(stage, next);
        }

        @Override
        public long exchangeId() {
            return id;
        }

        @Override
        public void requestHead(HttpRequest head, long atNanos) {
            line = head.method() + " " + head.uri();
            at(1, "head");
            if (line.contains("broken")) {
                broken.add(connectionId);
            }
        }

        @Override
        public void requestBody(ByteBuf bytes, long atNanos) {
            at(1, "request body");
        }

        @Override
        public void requestTrailers(HttpHeaders trailers, long atNanos) {
            at(1, "request trailers");
        }

        @Override
        public void requestEnd(long atNanos) {
            at(1, "request end");
        }

        @Override
        public void upstreamConnected(
                UpstreamPick pick, String address, boolean reused, long connectNanos, long atNanos) {
            at(1, "connected");
        }

        @Override
        public void upstreamFailed(UpstreamPick pick, String reason, long connectNanos, long atNanos) {
            at(1, "failed");
        }

        @Override
        public void responseHead(HttpResponse head, long atNanos) {
            if (status != 0) {
                faults.add("a second response to " + line);
            }
            status = head.status().code();
        }

        @Override
        public void responseBody(ByteBuf bytes, long atNanos) {
            answer.append(bytes.toString(StandardCharsets.ISO_8859_1));
        }

        @Override
        public void responseTrailers(HttpHeaders trailers, long atNanos) {}

        @Override
        public void responseEnd(long atNanos) {
            boolean comparable = !broken.contains(connectionId) && !line.startsWith("HEAD ");
            if (comparable && !EchoHandler.echo(line).contentEquals(answer)) {
                faults.add(line + " was answered " + answer);
            }
        }

        @Override
        public void end(EndCause cause, EndedBy endedBy, String detail, long atNanos) {
            at(9, "end");
            count(-1);
            if (endedBy == EndedBy.RECORDER && cause != EndCause.SHUTDOWN) {
                faults.add(line + " ended by " + detail);
            }
        }
    }
}

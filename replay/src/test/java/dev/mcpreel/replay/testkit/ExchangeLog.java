package dev.mcpreel.replay.testkit;

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
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** A traffic tap that remembers what it was told, one list of words per exchange. */
public final class ExchangeLog implements TrafficTap {
    /** One exchange, in the order it was told. */
    public static final class Entry implements ExchangeTap {
        public final long id;
        public final long connectionId;
        public final String peer;
        public final List<String> words = new CopyOnWriteArrayList<>();

        private Entry(long id, long connectionId, String peer) {
            this.id = id;
            this.connectionId = connectionId;
            this.peer = peer;
        }

        @Override
        public long exchangeId() {
            return id;
        }

        @Override
        public void requestHead(HttpRequest head, long atNanos) {
            words.add("head " + head.method() + " " + head.uri());
        }

        @Override
        public void requestBody(ByteBuf bytes, long atNanos) {
            words.add("request " + bytes.toString(StandardCharsets.UTF_8));
        }

        @Override
        public void requestEnd(long atNanos) {
            words.add("request-end");
        }

        @Override
        public void requestTrailers(HttpHeaders trailers, long atNanos) {
            words.add("request trailers " + trailers.names());
        }

        @Override
        public void upstreamConnected(UpstreamPick pick, String address, boolean reused, long nanos, long atNanos) {
            words.add("connected " + pick.instance() + " " + address + (reused ? " reused" : ""));
        }

        @Override
        public void upstreamFailed(UpstreamPick pick, String reason, long nanos, long atNanos) {
            words.add("failed " + pick.instance() + " " + reason);
        }

        @Override
        public void responseTrailers(HttpHeaders trailers, long atNanos) {
            words.add("response trailers " + trailers.names());
        }

        @Override
        public void responseHead(HttpResponse head, long atNanos) {
            words.add("status " + head.status().code());
        }

        @Override
        public void responseBody(ByteBuf bytes, long atNanos) {
            words.add("response " + bytes.toString(StandardCharsets.UTF_8));
        }

        @Override
        public void responseEnd(long atNanos) {
            words.add("response-end");
        }

        @Override
        public void end(EndCause cause, EndedBy endedBy, String detail, long atNanos) {
            words.add("end " + cause + " " + endedBy);
        }
    }

    private final AtomicLong ids = new AtomicLong();
    private final List<Entry> entries = new CopyOnWriteArrayList<>();

    /** Every exchange begun, in order. */
    public List<Entry> entries() {
        return List.copyOf(entries);
    }

    @Override
    public long newConnectionId() {
        return ids.incrementAndGet();
    }

    @Override
    public ExchangeTap begin(EventLoop loop, long connectionId, String peer) {
        Entry entry = new Entry(ids.incrementAndGet(), connectionId, peer);
        entries.add(entry);
        return entry;
    }
}

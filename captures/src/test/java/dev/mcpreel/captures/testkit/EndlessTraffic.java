package dev.mcpreel.captures.testkit;

import dev.mcpreel.captures.exchange.BodyPart;
import dev.mcpreel.captures.exchange.BodyState;
import dev.mcpreel.captures.exchange.Bytes;
import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.exchange.Direction;
import dev.mcpreel.captures.exchange.EndCause;
import dev.mcpreel.captures.exchange.EndedBy;
import dev.mcpreel.captures.exchange.ExchangeEnd;
import dev.mcpreel.captures.exchange.Headers;
import dev.mcpreel.captures.exchange.PartKind;
import dev.mcpreel.captures.exchange.RequestHead;
import dev.mcpreel.captures.exchange.ResponseHead;
import dev.mcpreel.captures.exchange.UpstreamConnected;
import dev.mcpreel.captures.exchange.UpstreamPick;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Traffic of any length, made as it is read, for measuring whether a reader's memory stays flat. One exchange begins every
 * 100 ms of the capture; one in ten is slow, and others pass it by. Deterministic. Not thread-safe.
 */
public final class EndlessTraffic {
    /** What the agents of it do. */
    public enum Pattern {
        /** Sessions with ids, some dozen exchanges each, every other one ended with DELETE. */
        MANY_SESSIONS,
        /** One session that never ends, whose client always sends id 1. */
        ONE_POOLED_SESSION,
        /** A transport session for each call. */
        SESSION_PER_CALL,
        /** No session ids, a connection for each request, ids that count. */
        NAMELESS,
        /** Revision 2026-07-28: handles in results that later calls use, a trace for each conversation. */
        MODERN,
        /** Each of the others before in turn. */
        MIXED,
        /** One client that opens a transport session for each call, and so never ends. */
        ONE_CHAIN
    }

    private static final long STEP_NANOS = 100_000_000L;
    private static final int SLOTS = 64;
    private static final UpstreamPick PICK = UpstreamPick.only("http://127.0.0.1:3001");

    private final Pattern pattern;
    private final Random random = new Random(20_261_126L);
    private final Slot[] slots = new Slot[SLOTS];
    private final Deque<CaptureEvent[]> slow = new ArrayDeque<>();
    private long exchanges;
    private long sessions;
    private long nowNanos = 1_000_000_000_000L;

    /** A session under way. */
    private static final class Slot {
        private final long number;
        private final Pattern pattern;
        private final int length;
        private int sent;

        private Slot(long number, Pattern pattern, int length) {
            this.number = number;
            this.pattern = pattern;
            this.length = length;
        }
    }

    public EndlessTraffic(Pattern pattern) {
        this.pattern = pattern;
    }

    /** Hands so many exchanges more to a reader. */
    public void play(long count, Consumer<? super CaptureEvent> reader) {
        for (long i = 0; i < count; i++) {
            nowNanos += STEP_NANOS;
            CaptureEvent[] events = next();
            boolean isSlow = exchanges % 10 == 0;
            if (isSlow) {
                reader.accept(events[0]);
                reader.accept(events[1]);
                slow.add(events);
            } else {
                for (CaptureEvent event : events) {
                    reader.accept(event);
                }
            }
            if (slow.size() > 3) {
                finish(slow.remove(), reader);
            }
        }
    }

    /** How many sessions have begun. */
    public long sessions() {
        return sessions;
    }

    private static void finish(CaptureEvent[] events, Consumer<? super CaptureEvent> reader) {
        for (int i = 2; i < events.length; i++) {
            reader.accept(events[i]);
        }
    }

    private CaptureEvent[] next() {
        boolean one = pattern == Pattern.ONE_POOLED_SESSION || pattern == Pattern.ONE_CHAIN;
        int place = one ? 0 : random.nextInt(SLOTS);
        Slot slot = slots[place];
        if (slot == null || slot.sent == slot.length) {
            Pattern own = pattern == Pattern.MIXED ? Pattern.values()[place % 5] : pattern;
            slot = new Slot(++sessions, own, length(own));
            slots[place] = slot;
        }
        return exchange(slot, slot.sent++);
    }

    private int length(Pattern own) {
        return switch (own) {
            case MANY_SESSIONS, NAMELESS, MODERN, MIXED -> 4 + random.nextInt(40);
            case ONE_POOLED_SESSION -> Integer.MAX_VALUE;
            case SESSION_PER_CALL, ONE_CHAIN -> 4;
        };
    }

    private CaptureEvent[] exchange(Slot slot, int place) {
        boolean last = place == slot.length - 1;
        boolean ends = slot.pattern == Pattern.SESSION_PER_CALL
                || slot.pattern == Pattern.ONE_CHAIN
                || (slot.pattern == Pattern.MANY_SESSIONS && slot.number % 2 == 0);
        boolean modern = slot.pattern == Pattern.MODERN;
        if (last && ends) {
            return http(slot, "DELETE", "", 200, "", 0);
        }
        String id = slot.pattern == Pattern.ONE_POOLED_SESSION ? "1" : Integer.toString(place);
        if (place == 0 && !modern) {
            return post(
                    slot,
                    id,
                    "initialize",
                    "{\"protocolVersion\":\"2025-11-25\",\"clientInfo\":{\"name\":\"endless\",\"version\":\"1\"}}",
                    "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{}}");
        }
        if (place == 1 && !modern) {
            return http(slot, "POST", "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}", 202, "", 0);
        }
        String meta = modern
                ? ",\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\",\"traceparent\":\"00-"
                        + String.format("%032x", slot.number) + "-00f067aa0ba902b7-01\"}"
                : "";
        String params = "{\"name\":\"search_" + random.nextInt(12) + "\",\"arguments\":{\"q\":\"basket-" + slot.number
                + "b\",\"page\":" + place + "}" + meta + "}";
        String result = "{\"content\":[{\"type\":\"text\",\"text\":\"found basket-" + slot.number + "b of order o-"
                + exchanges + "x\"}],\"resultType\":\"complete\"}";
        return post(slot, id, "tools/call", params, result);
    }

    private CaptureEvent[] post(Slot slot, String id, String method, String params, String result) {
        String body = "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":" + params + "}";
        String answer = "{\"result\":" + result + ",\"jsonrpc\":\"2.0\",\"id\":" + id + "}";
        return http(slot, "POST", body, 200, answer, slot.sent == 1 ? 1 : 0);
    }

    private CaptureEvent[] http(Slot slot, String method, String body, int status, String answer, int gives) {
        long id = ++exchanges;
        long start = nowNanos;
        boolean oneEach = slot.pattern == Pattern.NAMELESS || slot.pattern == Pattern.MODERN;
        long connection = oneEach ? id : slot.number;
        boolean named = slot.pattern != Pattern.NAMELESS && slot.pattern != Pattern.MODERN;
        String session = "session-" + slot.number;
        Headers asked = named && gives == 0
                ? Headers.of("User-Agent", "endless", "Mcp-Session-Id", session)
                : Headers.of("User-Agent", "endless");
        Headers given = named && gives == 1
                ? Headers.of("Content-Type", "application/json", "Mcp-Session-Id", session)
                : Headers.of("Content-Type", "application/json");
        String peer = slot.pattern == Pattern.ONE_CHAIN
                ? "10.0.0.1:40000"
                : "10.0." + slot.number / 200 % 200 + "." + slot.number % 200 + ":40000";
        long took = id % 10 == 0 ? 4 * STEP_NANOS : STEP_NANOS / 10;
        Bytes sent = Bytes.utf8(body);
        Bytes got = Bytes.utf8(answer);
        return new CaptureEvent[] {
            new RequestHead(id, connection, start, peer, method, "/mcp", "HTTP/1.1", asked),
            part(id, connection, start + 1_000, Direction.REQUEST, sent),
            new UpstreamConnected(id, connection, start + 2_000, PICK, "127.0.0.1:3001", true, 0),
            new ResponseHead(id, connection, start + took, status, "", "HTTP/1.1", given),
            part(id, connection, start + took, Direction.RESPONSE, got),
            new ExchangeEnd(
                    id,
                    connection,
                    start + took,
                    EndCause.COMPLETE,
                    EndedBy.UPSTREAM,
                    start + 1_000,
                    start + took,
                    sent.length(),
                    got.length(),
                    "")
        };
    }

    private static BodyPart part(long id, long connection, long atNanos, Direction direction, Bytes content) {
        return new BodyPart(
                id,
                connection,
                atNanos,
                atNanos,
                direction,
                PartKind.BODY,
                0,
                BodyState.WHOLE,
                false,
                content.length(),
                content);
    }
}

package dev.mcpreel.captures.testkit;

import dev.mcpreel.captures.exchange.CaptureEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * Writes down traffic the way a recorder would have, for tests of whatever reads a capture. Agents are scripted at the
 * level of MCP, and anything they cannot say is scripted as a single exchange:
 *
 * <pre>{@code
 * CaptureScript script = new CaptureScript();
 * ScriptedAgent agent = script.agent("ann").initialize();
 * agent.think(400).call("search_orders", "{\"q\":\"late\"}").json(100);
 * agent.think(900).call("monthly_report").progress(50).progress(120).sse(200);
 * agent.call("flaky_lookup").http(30, 503, "no healthy upstream");
 * agent.delete();
 * script.feed(model);
 * }</pre>
 *
 * <p>Times are milliseconds of the script, turned into the recorder's nanoseconds by {@link #at}. Every agent has a clock
 * of its own: {@link ScriptedAgent#think} moves it on, and so does waiting for an answer. Events come out in order of
 * time, interleaved as they would be in a log. Not thread-safe.
 */
public final class CaptureScript {
    /** The recorder's clock at script time 0. Far from 0, because a time of 0 means "never". */
    private static final long ORIGIN_NANOS = 1_000_000_000_000L;

    private final List<ScriptedExchange> exchanges = new ArrayList<>();
    private final List<CaptureEvent> others = new ArrayList<>();
    private long connections;

    /** The recorder's monotonic nanoseconds at this many milliseconds of the script. */
    public static long at(double millis) {
        return ORIGIN_NANOS + nanos(millis);
    }

    /** A duration in nanoseconds. */
    public static long nanos(double millis) {
        return Math.round(millis * 1_000_000d);
    }

    /** A new agent with a connection of its own, whose server names its session {@code session-<name>}. */
    public ScriptedAgent agent(String name) {
        return new ScriptedAgent(this, name);
    }

    /** One exchange from scratch: {@code POST /mcp} on a new connection until told otherwise. */
    public ScriptedExchange exchange(double startMillis) {
        ScriptedExchange exchange = new ScriptedExchange(exchanges.size() + 1L, nextConnection(), at(startMillis));
        exchanges.add(exchange);
        return exchange;
    }

    /** Anything else a capture holds, placed by its time. */
    public CaptureScript other(CaptureEvent event) {
        others.add(event);
        return this;
    }

    /** Everything scripted so far, in the order of a log. */
    public List<CaptureEvent> events() {
        List<Placed> placed = new ArrayList<>();
        others.forEach(event -> placed.add(new Placed(event.atNanos(), event)));
        exchanges.forEach(exchange -> place(exchange, placed));
        placed.sort(Comparator.comparingLong(Placed::atNanos));
        return placed.stream().map(Placed::event).toList();
    }

    /** Hands every event to a reader. */
    public void feed(Consumer<? super CaptureEvent> reader) {
        events().forEach(reader);
    }

    long nextConnection() {
        return ++connections;
    }

    private static void place(ScriptedExchange exchange, List<Placed> placed) {
        List<? extends CaptureEvent> events = exchange.events();
        long last = events.get(events.size() - 1).atNanos();
        long atNanos = 0;
        for (CaptureEvent event : events) {
            atNanos = exchange.isCoalesced() ? last : Math.max(atNanos, event.atNanos());
            placed.add(new Placed(atNanos, event));
        }
    }

    private record Placed(long atNanos, CaptureEvent event) {}
}

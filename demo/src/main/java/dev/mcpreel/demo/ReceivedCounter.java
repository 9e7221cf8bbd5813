package dev.mcpreel.demo;

import dev.mcpreel.demo.Received.Count;
import dev.mcpreel.demo.Received.Route;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.handler.EventsHandler;
import org.jspecify.annotations.Nullable;

/** Counts requests and their content as Jetty reads them, whatever the servlet makes of it. */
final class ReceivedCounter extends EventsHandler {
    private static final class Tally {
        final LongAdder requests = new LongAdder();
        final LongAdder bodyBytes = new LongAdder();
    }

    private final Map<Route, Tally> tallies = new ConcurrentHashMap<>();

    ReceivedCounter(Handler next) {
        super(next);
    }

    Received received() {
        Map<Route, Count> counts = new HashMap<>();
        tallies.forEach((route, tally) -> counts.put(route, new Count(tally.requests.sum(), tally.bodyBytes.sum())));
        return new Received(counts);
    }

    @Override
    protected void onBeforeHandling(Request request) {
        tally(request).requests.increment();
    }

    @Override
    protected void onRequestRead(Request request, Content.@Nullable Chunk chunk) {
        if (chunk != null && !Content.Chunk.isFailure(chunk)) {
            tally(request).bodyBytes.add(chunk.remaining());
        }
    }

    private Tally tally(Request request) {
        return tallies.computeIfAbsent(
                new Route(request.getMethod(), Request.getPathInContext(request)), route -> new Tally());
    }
}

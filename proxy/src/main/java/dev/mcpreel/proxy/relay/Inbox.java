package dev.mcpreel.proxy.relay;

import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What a client sent before its turn: a body while the upstream is being connected, pipelined requests. Owns the
 * objects in it. Bounded by what one read of the socket brings, since a client with something here is not read.
 */
final class Inbox {
    /** An object and when it was read, in monotonic nanoseconds. */
    record Arrival(HttpObject object, long atNanos) {}

    private final ArrayDeque<Arrival> arrivals = new ArrayDeque<>();

    void add(HttpObject object, long atNanos) {
        arrivals.add(new Arrival(object, atNanos));
    }

    boolean isEmpty() {
        return arrivals.isEmpty();
    }

    @Nullable
    Arrival peek() {
        return arrivals.peek();
    }

    /** Removes the first object; it becomes the caller's. */
    Arrival take() {
        return arrivals.remove();
    }

    /** Releases everything, and names the heads of requests that were whole enough to be recorded. */
    void drop(BiConsumer<HttpRequest, Long> unserved) {
        while (!arrivals.isEmpty()) {
            Arrival arrival = arrivals.remove();
            if (arrival.object() instanceof HttpRequest request && !Refusal.isInvented(request)) {
                unserved.accept(request, arrival.atNanos());
            }
            ReferenceCountUtil.release(arrival.object());
        }
    }
}

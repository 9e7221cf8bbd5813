package dev.mcpreel.proxy.relay;

import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What a client sent before its turn: a body while the upstream is being connected, pipelined requests. Owns the
 * objects in it. Once it has no room the client is not read; what one read brings still goes in, and on epoll what the
 * client sent before it closed, so there is a hard limit too.
 */
final class Inbox {
    private static final int ROOM_OBJECTS = 64;
    private static final int ROOM_BYTES = 64 * 1024;
    /** More than one read of the socket can bring. */
    private static final int MAX_OBJECTS = 16 * 1024;

    /** An object and when it was read, in monotonic nanoseconds. */
    record Arrival(HttpObject object, long atNanos) {}

    private final ArrayDeque<Arrival> arrivals = new ArrayDeque<>();
    private long bytes;

    /** Takes the object over. */
    void add(HttpObject object, long atNanos) {
        arrivals.add(new Arrival(object, atNanos));
        bytes += size(object);
    }

    boolean isEmpty() {
        return arrivals.isEmpty();
    }

    boolean hasRoom() {
        return arrivals.size() < ROOM_OBJECTS && bytes < ROOM_BYTES;
    }

    boolean isOverfull() {
        return arrivals.size() > MAX_OBJECTS;
    }

    @Nullable
    Arrival peek() {
        return arrivals.peek();
    }

    /** Removes the first object; it becomes the caller's. */
    Arrival take() {
        Arrival first = arrivals.remove();
        bytes -= size(first.object());
        return first;
    }

    /** Releases everything, and names the heads of requests that were whole enough to be recorded. */
    void drop(ObjLongConsumer<HttpRequest> unserved) {
        while (!arrivals.isEmpty()) {
            Arrival arrival = take();
            if (arrival.object() instanceof HttpRequest request && !Refusal.isInvented(request)) {
                unserved.accept(request, arrival.atNanos());
            }
            ReferenceCountUtil.release(arrival.object());
        }
    }

    private static int size(HttpObject object) {
        return object instanceof HttpContent content ? content.content().readableBytes() : 0;
    }
}

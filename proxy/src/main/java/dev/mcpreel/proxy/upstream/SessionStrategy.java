package dev.mcpreel.proxy.upstream;

import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * All of a transport session where it began.
 *
 * <p>Streamable HTTP, revisions 2025-03-26 to 2025-11-25, "Session Management": bound by {@code Mcp-Session-Id}, from the
 * response that gave the id out until a DELETE of it succeeded. An id that nobody was seen to give out, as after a
 * restart of the recorder, is placed by its hash and stays there. HTTP+SSE, revision 2024-11-05: bound by the path and
 * query that the stream's {@code endpoint} event named, for as long as the stream stands.
 *
 * <p>Revision 2026-07-28 has no sessions: its requests belong together only by what is in them, which no balancer reads.
 * They are spread one after the other, as is everything else without a session.
 */
final class SessionStrategy implements Strategy {
    static final String SESSION_ID = "Mcp-Session-Id";

    private final SessionTable table;
    private final Placement free;

    SessionStrategy(SessionTable table, Placement free) {
        this.table = table;
        this.free = free;
    }

    @Override
    public Placement place(HttpRequest request, @Nullable InetAddress client) {
        String id = request.headers().get(SESSION_ID);
        if (id != null && !id.isEmpty()) {
            boolean deletes = request.method().equals(HttpMethod.DELETE);
            return new SessionPlacement(table, free, sessionKey(id), deletes);
        }
        Key endpoint = HttpMethod.POST.equals(request.method()) ? endpointKey(request.uri()) : null;
        boolean known = endpoint != null && table.get(endpoint) != null;
        return new SessionPlacement(table, free, known ? endpoint : null, false);
    }

    static Key sessionKey(String id) {
        return Key.of("id " + id);
    }

    /**
     * The key of a session of the HTTP+SSE transport.
     *
     * @param target of a request; absolute form counts as its path and query
     */
    static Key endpointKey(String target) {
        return Key.of("endpoint " + originForm(target));
    }

    private static String originForm(String target) {
        int authority = target.indexOf("://");
        if (target.startsWith("/") || authority < 0) {
            return target;
        }
        int path = target.indexOf('/', authority + 3);
        return path < 0 ? "/" : target.substring(path);
    }
}

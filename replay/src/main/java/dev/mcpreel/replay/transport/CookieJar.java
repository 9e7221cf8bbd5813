package dev.mcpreel.replay.transport;

import io.netty.handler.codec.http.cookie.ClientCookieDecoder;
import io.netty.handler.codec.http.cookie.Cookie;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * The cookies of one agent. A cookie is its name and value: path, domain and the flags are ignored, because an agent
 * speaks to one URL of one server; an expired one is forgotten at once. Confined to the agent's event loop.
 */
final class CookieJar {
    /** What RFC 6265 section 6.1 asks a client to hold for one domain. */
    private static final int MAX_COOKIES = 50;

    private final Map<String, String> cookies = new LinkedHashMap<>();

    /** Takes the values of a response's {@code Set-Cookie} headers. */
    void store(List<String> setCookies) {
        for (String header : setCookies) {
            Cookie cookie = ClientCookieDecoder.LAX.decode(header);
            if (cookie == null) {
                continue;
            }
            if (cookie.maxAge() != Cookie.UNDEFINED_MAX_AGE && cookie.maxAge() <= 0) {
                cookies.remove(cookie.name());
            } else if (cookies.size() < MAX_COOKIES || cookies.containsKey(cookie.name())) {
                cookies.put(cookie.name(), cookie.value());
            }
        }
    }

    /** The {@code Cookie} header to send, or null when the jar is empty. */
    @Nullable
    String header() {
        if (cookies.isEmpty()) {
            return null;
        }
        StringJoiner joined = new StringJoiner("; ");
        cookies.forEach((name, value) -> joined.add(name + "=" + value));
        return joined.toString();
    }
}

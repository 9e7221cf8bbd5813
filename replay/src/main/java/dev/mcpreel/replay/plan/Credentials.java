package dev.mcpreel.replay.plan;

import dev.mcpreel.captures.exchange.Headers;
import java.util.List;

/**
 * What an agent proves itself with, as far as it is known: recorded header fields with the live value in place of its hash.
 *
 * @param headers sent with every request; never a cookie, a session id, or anything the target gives
 * @param cookies {@code name=value}, in the agent's jar from the start
 */
public record Credentials(Headers headers, List<String> cookies) {
    public static final Credentials NONE = new Credentials(Headers.EMPTY, List.of());

    public Credentials {
        cookies = List.copyOf(cookies);
    }

    /** Never the values. */
    @Override
    public String toString() {
        return headers.fields().size() + " headers, " + cookies.size() + " cookies";
    }
}

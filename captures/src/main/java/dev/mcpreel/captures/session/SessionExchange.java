package dev.mcpreel.captures.session;

import dev.mcpreel.captures.exchange.ExchangeEnd;
import dev.mcpreel.captures.exchange.RequestHead;
import dev.mcpreel.captures.exchange.ResponseHead;
import dev.mcpreel.captures.exchange.UpstreamConnected;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One whole HTTP exchange as the session model reads it.
 *
 * @param upstream null when no upstream was reached
 * @param response null when no response came
 * @param methods of the client's requests and notifications in the order they stand; the first 16
 * @param messages the JSON-RPC messages of both directions in order of time; empty unless they were kept
 * @param firstEventNanos when the first event or the first body byte of the response came; comments and priming events
 *     do not count; 0 when none came
 * @param end how it ended; {@link dev.mcpreel.captures.exchange.EndCause#UNKNOWN} when the capture has no end for it
 */
public record SessionExchange(
        ExchangeKind kind,
        RequestHead request,
        @Nullable UpstreamConnected upstream,
        @Nullable ResponseHead response,
        List<String> methods,
        List<TimedMessage> messages,
        long firstEventNanos,
        ExchangeEnd end) {
    public SessionExchange {
        methods = List.copyOf(methods);
        messages = List.copyOf(messages);
    }

    public long id() {
        return request.exchangeId();
    }

    /** When its first byte was seen. */
    public long startNanos() {
        return request.atNanos();
    }

    /** The HTTP status, 0 when no response came. */
    public int status() {
        return response == null ? 0 : response.status();
    }

    /**
     * Whether the client only asked for the modern era and the server declined: how an client that speaks both eras finds out (revision
     * 2026-07-28, basic/versioning), and no failure.
     */
    public boolean isDeclinedProbe() {
        return methods.equals(List.of("server/discover")) && status() >= 400 && status() < 500;
    }

    /** The instance that got it; empty when none did. */
    public String instance() {
        return upstream == null ? "" : upstream.instance();
    }
}

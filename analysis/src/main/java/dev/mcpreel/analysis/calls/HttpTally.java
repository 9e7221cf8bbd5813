package dev.mcpreel.analysis.calls;

import dev.mcpreel.captures.exchange.EndCause;
import dev.mcpreel.captures.exchange.EndedBy;
import dev.mcpreel.captures.session.ExchangeKind;
import dev.mcpreel.captures.session.SessionExchange;
import dev.mcpreel.captures.store.Role;

/** The HTTP exchanges of a capture, of MCP or not. */
public final class HttpTally {
    private final Role role;
    private final Distribution duration = new Distribution();
    private long exchanges;
    private long mcpExchanges;
    private long failed;
    private long bytesSent;
    private long bytesReceived;

    HttpTally(Role role) {
        this.role = role;
    }

    void add(SessionExchange exchange) {
        exchanges++;
        if (isMcp(exchange)) {
            mcpExchanges++;
        }
        if (isFailed(exchange)) {
            failed++;
        }
        if (exchange.kind() != ExchangeKind.STREAM && exchange.end().responseEndNanos() != 0) {
            duration.record(exchange.end().responseEndNanos() - exchange.startNanos());
        }
        bytesSent += exchange.end().requestBytes();
        bytesReceived += exchange.end().responseBytes();
    }

    /** A replay posts nothing else, and may not have kept the bodies that would show it. */
    private boolean isMcp(SessionExchange exchange) {
        return exchange.kind() != ExchangeKind.OTHER
                || (role == Role.REPLAYED && exchange.request().method().equals("POST"));
    }

    /**
     * A status of 400 or more, no response, or a response the upstream broke off. DELETE 404 and 405 and GET 405 are how
     * servers decline what MCP leaves to them, and a 4xx is how one that does not speak the modern era declines to. What the end of the capture cut short is no failure, nor is a good
     * response the client did not read to its end.
     */
    private static boolean isFailed(SessionExchange exchange) {
        int status = exchange.status();
        if (status >= 400) {
            return !isDeclined(exchange.request().method(), status) && !exchange.isDeclinedProbe();
        }
        EndCause cause = exchange.end().cause();
        EndedBy endedBy = exchange.end().endedBy();
        return switch (cause) {
            case COMPLETE -> status == 0;
            case SHUTDOWN, UNKNOWN -> false;
            case CONNECT_FAILED, REFUSED, BAD_REQUEST, BAD_RESPONSE -> true;
            case CLOSED, RESET, TIMED_OUT -> status == 0 || endedBy == EndedBy.UPSTREAM;
        };
    }

    private static boolean isDeclined(String method, int status) {
        return switch (method) {
            case "DELETE" -> status == 404 || status == 405;
            case "GET" -> status == 405;
            default -> false;
        };
    }

    public long exchanges() {
        return exchanges;
    }

    /** Exchanges that carry MCP: messages, event streams, session ends. */
    public long mcpExchanges() {
        return mcpExchanges;
    }

    /** Exchanges that failed as HTTP, whatever JSON-RPC made of them. */
    public long failed() {
        return failed;
    }

    /**
     * Nanoseconds from the first byte of the request to the last byte of the response, for responses that came whole.
     * Standalone event streams are left out: they last as long as the client likes.
     */
    public Distribution duration() {
        return duration;
    }

    /** Body bytes of requests. */
    public long bytesSent() {
        return bytesSent;
    }

    /** Body bytes of responses. */
    public long bytesReceived() {
        return bytesReceived;
    }
}

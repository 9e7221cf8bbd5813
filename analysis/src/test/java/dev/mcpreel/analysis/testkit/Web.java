package dev.mcpreel.analysis.testkit;

import static dev.mcpreel.analysis.testkit.Times.at;

import dev.mcpreel.captures.exchange.EndCause;
import dev.mcpreel.captures.exchange.EndedBy;
import dev.mcpreel.captures.exchange.ExchangeEnd;
import dev.mcpreel.captures.exchange.Headers;
import dev.mcpreel.captures.exchange.RequestHead;
import dev.mcpreel.captures.exchange.ResponseHead;
import dev.mcpreel.captures.session.ExchangeKind;
import dev.mcpreel.captures.session.SessionExchange;
import java.util.List;

/**
 * An HTTP exchange, in milliseconds.
 *
 * @param status 0 for no response
 */
public record Web(
        ExchangeKind kind,
        String method,
        int status,
        double start,
        double end,
        EndCause cause,
        EndedBy endedBy,
        long sent,
        long received) {
    public static Web post(double start, double end) {
        return new Web(ExchangeKind.MESSAGES, "POST", 200, start, end, EndCause.COMPLETE, EndedBy.UPSTREAM, 100, 1000);
    }

    public Web as(ExchangeKind newKind, String newMethod) {
        return new Web(newKind, newMethod, status, start, end, cause, endedBy, sent, received);
    }

    public Web status(int newStatus) {
        return new Web(kind, method, newStatus, start, end, cause, endedBy, sent, received);
    }

    public Web ended(EndCause newCause, EndedBy by) {
        return new Web(kind, method, status, start, end, newCause, by, sent, received);
    }

    public SessionExchange exchange(long id) {
        boolean whole = cause == EndCause.COMPLETE;
        return new SessionExchange(
                kind,
                new RequestHead(id, id, at(start), "127.0.0.1:4000", method, "/mcp", "HTTP/1.1", Headers.EMPTY),
                null,
                status == 0 ? null : new ResponseHead(id, id, at(end), status, "", "HTTP/1.1", Headers.EMPTY),
                List.of(),
                List.of(),
                0,
                new ExchangeEnd(id, id, at(end), cause, endedBy, at(start), whole ? at(end) : 0, sent, received, ""));
    }
}

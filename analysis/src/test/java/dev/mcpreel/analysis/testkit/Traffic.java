package dev.mcpreel.analysis.testkit;

import static dev.mcpreel.analysis.testkit.Times.at;

import dev.mcpreel.analysis.calls.CaptureAnalysis;
import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.session.AgentSession;
import dev.mcpreel.captures.session.Call;
import dev.mcpreel.captures.session.CallKind;
import dev.mcpreel.captures.session.KeyKind;
import dev.mcpreel.captures.session.RequestTrace;
import dev.mcpreel.captures.session.SessionExchange;
import dev.mcpreel.captures.session.SessionKey;
import dev.mcpreel.captures.session.SessionShape;
import dev.mcpreel.captures.store.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Feeds an analysis by hand, as a reader and the session model would. */
public final class Traffic {
    private final CaptureAnalysis analysis;
    private long exchanges;

    public Traffic(Role role) {
        this.analysis = new CaptureAnalysis(role);
    }

    public CaptureAnalysis analysis() {
        return analysis;
    }

    public Traffic exchange(Web web) {
        SessionExchange exchange = web.exchange(++exchanges);
        analysis.accept(exchange.request());
        if (exchange.response() != null) {
            analysis.accept(Objects.requireNonNull(exchange.response()));
        }
        analysis.accept(exchange.end());
        analysis.onExchange(exchange);
        return this;
    }

    public Traffic step(Stepped step) {
        return event(step.stepRecord());
    }

    public Traffic event(CaptureEvent event) {
        analysis.accept(event);
        return this;
    }

    /** A session with its requests, and a POST for each of them. */
    public Traffic session(String id, KeyKind key, double start, double end, Asked... asked) {
        List<RequestTrace> requests = new ArrayList<>();
        for (Asked one : asked) {
            exchange(Web.post(one.start(), one.done() == 0 ? one.start() : one.done()));
            RequestTrace trace = one.trace(id, exchanges);
            requests.add(trace);
            analysis.onRequest(trace);
            if (trace.isCall()) {
                analysis.onCall(call(trace));
            }
        }
        analysis.onSession(new AgentSession(
                id,
                new SessionKey(key, id),
                List.of(),
                at(start),
                at(end),
                SessionShape.of(requests, SessionShape.DEFAULT_BURST_NANOS),
                List.of(),
                List.of(),
                List.of(),
                List.of()));
        return this;
    }

    private static Call call(RequestTrace trace) {
        return new Call(
                CallKind.PLAIN,
                List.of(trace),
                0,
                trace.doneNanos(),
                trace.answeringNanos(),
                trace.outcome(),
                trace.code());
    }
}

package dev.mcpreel.replay.rig;

import dev.mcpreel.captures.exchange.Bytes;
import dev.mcpreel.captures.exchange.Direction;
import dev.mcpreel.captures.exchange.EndCause;
import dev.mcpreel.captures.exchange.EndedBy;
import dev.mcpreel.captures.exchange.ExchangeEnd;
import dev.mcpreel.captures.exchange.Headers;
import dev.mcpreel.captures.exchange.RequestHead;
import dev.mcpreel.captures.session.AgentSession;
import dev.mcpreel.captures.session.ExchangeKind;
import dev.mcpreel.captures.session.KeyKind;
import dev.mcpreel.captures.session.SessionExchange;
import dev.mcpreel.captures.session.SessionKey;
import dev.mcpreel.captures.session.SessionShape;
import dev.mcpreel.captures.session.TimedMessage;
import dev.mcpreel.captures.wire.JsonRpcReader;
import dev.mcpreel.replay.plan.Plan;
import dev.mcpreel.replay.plan.PlanOptions;
import dev.mcpreel.replay.plan.Planner;
import dev.mcpreel.replay.plan.ToolPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A session made up for a rehearsal: the handshake, some calls one after another, and the end of the session. */
final class RehearsalPlan {
    private static final int CALLS = 8;
    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(400);

    private final List<SessionExchange> exchanges = new ArrayList<>();

    private RehearsalPlan() {
        post(
                "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-06-18\"}}");
        post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
        for (int i = 1; i <= CALLS; i++) {
            post("{\"jsonrpc\":\"2.0\",\"id\":" + i + ",\"method\":\"tools/call\",\"params\":{\"name\":\"t\","
                    + "\"arguments\":{},\"_meta\":{\"progressToken\":" + i + "}}}");
        }
        exchange(ExchangeKind.DELETE, List.of());
    }

    /** So many agents at once, with next to no time to think. */
    static Plan of(int agents) {
        RehearsalPlan plan = new RehearsalPlan();
        long end = plan.now() + STEP_NANOS;
        AgentSession session = new AgentSession(
                "s1",
                new SessionKey(KeyKind.SESSION_ID, ""),
                List.of(),
                1,
                end,
                SessionShape.of(List.of(), SessionShape.DEFAULT_BURST_NANOS),
                plan.exchanges,
                List.of(),
                List.of(),
                List.of());
        return Planner.plan(
                List.of(session),
                PlanOptions.ofCopies(agents).withTools(ToolPolicy.ALL).withSpeed(1000));
    }

    private void post(String message) {
        exchange(
                ExchangeKind.MESSAGES,
                JsonRpcReader.read(Bytes.utf8(message)).stream()
                        .map(read -> new TimedMessage(read, Direction.REQUEST, now()))
                        .toList());
    }

    private long now() {
        return 1 + exchanges.size() * STEP_NANOS;
    }

    private void exchange(ExchangeKind kind, List<TimedMessage> messages) {
        long id = exchanges.size() + 1L;
        long start = now();
        long end = start + STEP_NANOS / 4;
        RequestHead head = new RequestHead(id, id, start, "", "POST", "/", "HTTP/1.1", Headers.EMPTY);
        ExchangeEnd ended = new ExchangeEnd(id, id, end, EndCause.COMPLETE, EndedBy.UPSTREAM, start, end, 0, 0, "");
        exchanges.add(new SessionExchange(kind, head, null, null, List.of(), messages, end, ended));
    }
}

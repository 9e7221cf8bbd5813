package dev.mcpreel.replay.agent;

import dev.mcpreel.captures.exchange.EndCause;
import dev.mcpreel.captures.exchange.EndedBy;
import dev.mcpreel.captures.exchange.Headers;
import dev.mcpreel.captures.wire.JsonRpcMessage;
import dev.mcpreel.replay.transport.Exchange;
import dev.mcpreel.replay.transport.ExchangeListener;
import dev.mcpreel.replay.transport.McpHttp;
import org.jspecify.annotations.Nullable;

/** Hands an agent's steps and answers to its transport, with what is live in them. Confined to the agent's event loop. */
final class Courier {
    private final Agent agent;
    private final McpHttp http;
    private final LiveSessions sessions;
    private final OpenExchanges open;

    Courier(Agent agent, McpHttp http, LiveSessions sessions, OpenExchanges open) {
        this.agent = agent;
        this.http = http;
        this.sessions = sessions;
        this.open = open;
    }

    /** Sends a request; null when a value it needs never came. */
    @Nullable
    Flight request(ReadyStep ready, Due due, Learnt learnt) {
        LiveSession session = sessions.of(ready.step().session());
        long id = session.nextRequestId();
        byte[] body = LiveMessages.write(ready, id, learnt);
        if (body == null) {
            return null;
        }
        boolean handshake = ready.step().method().equals("initialize");
        Flight flight = new Flight(agent, ready, due, id, !handshake && session.hasId());
        return away(flight, http.post(body, handshake ? session.credentials() : session.headers(), flight));
    }

    /** Sends a notification; null when a value it needs never came. */
    @Nullable
    Flight notification(ReadyStep ready, Due due, Learnt learnt) {
        LiveSession session = sessions.of(ready.step().session());
        byte[] body = LiveMessages.write(ready, 0, learnt);
        if (body == null) {
            return null;
        }
        Flight flight = new Flight(agent, ready, due, 0, session.hasId());
        return away(flight, http.post(body, session.headers(), flight));
    }

    Flight stream(ReadyStep ready, Due due) {
        LiveSession session = sessions.of(ready.step().session());
        Flight flight = new Flight(agent, ready, due, 0, session.hasId());
        Exchange exchange = http.stream(session.headers(), flight);
        flight.handedOver(exchange);
        return flight;
    }

    Flight delete(ReadyStep ready, Due due) {
        LiveSession session = sessions.of(ready.step().session());
        Flight flight = new Flight(agent, ready, due, 0, session.hasId());
        return away(flight, http.delete(session.headers(), flight));
    }

    /** Sends an answer to the server that asked on this session; what comes of it changes nothing for the agent. */
    void answer(int session, byte[] body) {
        open.add(http.post(body, sessions.of(session).headers(), new Answered()));
    }

    private Flight away(Flight flight, Exchange exchange) {
        flight.handedOver(exchange);
        open.add(exchange);
        return flight;
    }

    /** Waits for nothing but the end of the exchange. */
    private final class Answered implements ExchangeListener {
        @Override
        public void head(int status, Headers headers, long nanos) {}

        @Override
        public void message(JsonRpcMessage message, long nanos) {}

        @Override
        public void closed(EndCause cause, EndedBy endedBy, String detail, long nanos) {
            agent.exchangeEnded();
        }
    }
}

package dev.mcpreel.replay.agent;

import dev.mcpreel.captures.exchange.Bytes;
import dev.mcpreel.captures.exchange.EndCause;
import dev.mcpreel.captures.exchange.EndedBy;
import dev.mcpreel.captures.exchange.Headers;
import dev.mcpreel.captures.exchange.StepKind;
import dev.mcpreel.captures.session.Reply;
import dev.mcpreel.captures.session.Verdict;
import dev.mcpreel.captures.wire.JsonRpcMessage;
import dev.mcpreel.captures.wire.RpcId;
import dev.mcpreel.replay.plan.Step;
import dev.mcpreel.replay.transport.Exchange;
import dev.mcpreel.replay.transport.ExchangeListener;
import io.netty.util.concurrent.Future;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One step on its way, from handing over to its end. Confined to the agent's event loop. */
final class Flight implements ExchangeListener {
    final ReadyStep ready;
    final Due due;
    final long id;
    final OwnTime own = new OwnTime();

    private final Agent agent;
    private final boolean sessionSent;
    private @Nullable Exchange exchange;
    private @Nullable Future<?> deadline;
    private Headers head = Headers.EMPTY;
    private boolean eventStream;
    private boolean foreignAnswer;
    private boolean over;

    Flight(Agent agent, ReadyStep ready, Due due, long id, boolean sessionSent) {
        this.agent = agent;
        this.ready = ready;
        this.due = due;
        this.id = id;
        this.sessionSent = sessionSent;
    }

    Step step() {
        return ready.step();
    }

    /** The exchange that carries it. */
    Exchange exchange() {
        if (exchange == null) {
            throw new IllegalStateException("step " + step().index() + " has not been handed over");
        }
        return exchange;
    }

    void handedOver(Exchange to) {
        exchange = to;
    }

    /** What gives up on it unless it is over first. */
    void deadline(Future<?> timer) {
        deadline = timer;
    }

    boolean isStream() {
        return step().kind() == StepKind.STREAM;
    }

    boolean isHandshake() {
        return step().method().equals("initialize");
    }

    Headers head() {
        return head;
    }

    /** Whether its outcome is known; its exchange may still be open. */
    boolean isOver() {
        return over;
    }

    void over() {
        over = true;
        if (deadline != null) {
            deadline.cancel(false);
            deadline = null;
        }
    }

    /** What became of it, given its answer or how its exchange ended. */
    Verdict judge(JsonRpcMessage.@Nullable Response answer, EndCause cause, EndedBy endedBy) {
        return StepVerdicts.of(step().kind(), reply(answer, cause, endedBy));
    }

    private Reply reply(JsonRpcMessage.@Nullable Response answer, EndCause cause, EndedBy endedBy) {
        Exchange carrier = exchange();
        Bytes body = carrier.status() >= 400 ? carrier.responseBody() : Bytes.EMPTY;
        String text = body.slice(0, Math.min(body.length(), Reply.TEXT_BYTES)).utf8();
        boolean foreign = foreignAnswer || carrier.unreadable();
        return new Reply(carrier.status(), eventStream, answer, foreign, text, cause, endedBy, sessionSent);
    }

    @Override
    public void head(int status, Headers headers, long nanos) {
        head = headers;
        String type = headers.first("Content-Type");
        eventStream = type != null && type.toLowerCase(Locale.ROOT).startsWith("text/event-stream");
    }

    @Override
    public void message(JsonRpcMessage message, long nanos) {
        agent.guarded(() -> {
            if (message instanceof JsonRpcMessage.Request request) {
                agent.asked(this, request, nanos);
            } else if (message instanceof JsonRpcMessage.Response response) {
                answered(response, nanos);
            }
        });
    }

    @Override
    public void closed(EndCause cause, EndedBy endedBy, String detail, long nanos) {
        agent.guarded(() -> agent.closed(this, cause, endedBy, nanos));
    }

    private void answered(JsonRpcMessage.Response response, long nanos) {
        RpcId answers = response.id();
        boolean mine = step().kind() == StepKind.REQUEST
                && answers != null
                && answers.number()
                && answers.text().equals(Long.toString(id));
        if (!mine) {
            foreignAnswer = true;
        } else if (!over) {
            agent.answered(this, response, nanos);
        }
    }
}

package dev.mcpreel.captures.session;

import dev.mcpreel.captures.exchange.EndCause;
import dev.mcpreel.captures.exchange.EndedBy;
import dev.mcpreel.captures.exchange.ExchangeEnd;
import dev.mcpreel.captures.exchange.Outcome;
import dev.mcpreel.captures.exchange.ResponseHead;
import dev.mcpreel.captures.wire.Era;
import dev.mcpreel.captures.wire.JsonRpcMessage;
import dev.mcpreel.captures.wire.MessageEra;
import dev.mcpreel.captures.wire.Meta;
import dev.mcpreel.captures.wire.ProtocolEra;
import dev.mcpreel.captures.wire.RpcId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request of the agent whose exchange is over, until its fate is known. */
final class PendingRequest {
    /** How long after its end a cancellation or an answer to the server may show up: concurrent exchanges, no more. */
    private static final long SETTLE_NANOS = 5L * 1_000_000_000;

    /** How long after its end a cancellation may be logged that was sent before it: exchanges stand in the log at their ends. */
    private static final long RACE_NANOS = 250L * 1_000_000;

    /** How long a client may take to come back for a broken stream; the SDKs give up before. */
    private static final long RESUME_NANOS = 120L * 1_000_000_000;

    private final Transport transport;
    private final OpenExchange exchange;
    private final SessionExchange closed;
    private final JsonRpcMessage.Request request;
    private final boolean foreignAnswer;

    /** When the client began to answer each request of the server, 0 while unknown; one array for a whole batch. */
    private final long[] answeredNanos;

    private @Nullable TimedMessage answer;
    private long answeredOn;
    private int place;

    private PendingRequest(
            Transport transport,
            OpenExchange exchange,
            SessionExchange closed,
            JsonRpcMessage.Request request,
            @Nullable TimedMessage answer,
            boolean foreignAnswer,
            long[] answeredNanos) {
        this.transport = transport;
        this.exchange = exchange;
        this.closed = closed;
        this.answeredOn = closed.id();
        this.request = request;
        this.answer = answer;
        this.foreignAnswer = foreignAnswer;
        this.answeredNanos = answeredNanos;
    }

    /** The requests of an exchange, each with the answer of its own typed id, in the order they were sent. */
    static List<PendingRequest> of(Transport transport, OpenExchange exchange, SessionExchange closed) {
        List<JsonRpcMessage.Request> requests = exchange.sent().stream()
                .filter(JsonRpcMessage.Request.class::isInstance)
                .map(JsonRpcMessage.Request.class::cast)
                .toList();
        List<TimedMessage> left = new ArrayList<>(exchange.responses());
        List<@Nullable TimedMessage> answers = new ArrayList<>(requests.size());
        boolean nameless = requests.size() == 1 && exchange.status() < 400;
        for (JsonRpcMessage.Request request : requests) {
            TimedMessage answer = answer(request.id(), nameless, left);
            answers.add(answer);
            left.remove(answer);
        }
        List<PendingRequest> pending = new ArrayList<>(requests.size());
        long[] answered = new long[exchange.serverRequests().size()];
        boolean foreign = !left.isEmpty() || exchange.isUnreadable();
        for (int i = 0; i < requests.size(); i++) {
            PendingRequest one =
                    new PendingRequest(transport, exchange, closed, requests.get(i), answers.get(i), foreign, answered);
            one.place = i;
            pending.add(one);
        }
        return pending;
    }

    /** A response without an id can only answer the request it came back for, where there is just one. */
    private static @Nullable TimedMessage answer(@Nullable RpcId id, boolean nameless, List<TimedMessage> responses) {
        TimedMessage fallback = null;
        for (TimedMessage timed : responses) {
            if (timed.message() instanceof JsonRpcMessage.Response response) {
                if (id != null && id.equals(response.id())) {
                    return timed;
                }
                if (nameless && response.id() == null && (id == null || response.isError())) {
                    fallback = timed;
                }
            }
        }
        return fallback;
    }

    /** How long it may wait for what {@link #settle} misses. */
    long patienceNanos() {
        if (mayBeAnsweredElsewhere()) {
            return RESUME_NANOS;
        }
        return mayBeExplained() ? SETTLE_NANOS : RACE_NANOS;
    }

    /** Whether the client's own messages may still say more: it closed, or the server asked it something. */
    private boolean mayBeExplained() {
        return answeredNanos.length > 0 || (answer == null && closed.end().endedBy() == EndedBy.CLIENT);
    }

    /** Whether its answer may still come on a stream that is open. */
    boolean waitsForStream() {
        return mayBeAnsweredElsewhere() && transport.mayAnswer();
    }

    /** Whether the answer may come on another stream: its own broke, or it has none (2024-11-05). */
    private boolean mayBeAnsweredElsewhere() {
        EndCause cause = closed.end().cause();
        boolean over = cause == EndCause.COMPLETE || cause == EndCause.CLOSED || cause == EndCause.RESET;
        return answer == null && over && (exchange.isResumable() || wasOnlyAccepted());
    }

    /** 202 for a request: the HTTP+SSE transport answers on its one stream (2024-11-05, basic/transports). */
    private boolean wasOnlyAccepted() {
        return transport.endpoint() != null && closed.status() >= 200 && closed.status() < 300;
    }

    /**
     * Looks for what is missing in what the session has by now.
     *
     * @param sessionId of the agent session
     * @param last whether nothing more can come
     * @return what became of it, or null while something may still come
     */
    @Nullable
    RequestTrace settle(String sessionId, boolean last) {
        RpcId id = request.id();
        boolean answered = lookForClientAnswers();
        if (id != null && mayBeAnsweredElsewhere()) {
            Unmatched.Streamed found = transport.unmatched().takeAnswer(id, exchange.startNanos());
            answer = found == null ? null : found.answer();
            answeredOn = found == null ? answeredOn : found.exchangeId();
        }
        if (answer != null) {
            return answered || last ? answered(sessionId, answer, last) : null;
        }
        if (wasAnsweredUnkept()) {
            long done = exchange.unkeptNanos() > 0 ? exchange.unkeptNanos() : endNanos();
            return trace(sessionId, new Verdict(Outcome.OK, closed.status()), null, done);
        }
        Long cancelled = cancelledNanos(wasOnlyAccepted() ? Long.MAX_VALUE : endNanos() + SETTLE_NANOS);
        if (cancelled != null) {
            return trace(sessionId, new Verdict(Outcome.CANCELLED, closed.status()), null, cancelled);
        }
        boolean waits = mayBeAnsweredElsewhere() || mayBeExplained() || exchange.isEventStream();
        return waits && !last ? null : trace(sessionId, judge(null), null, goneNanos());
    }

    /**
     * What counts of an answer. One that comes after the client cancelled is not looked at (all revisions,
     * basic/utilities/cancellation), and servers answer with failures of all kinds then.
     */
    private @Nullable RequestTrace answered(String sessionId, TimedMessage found, boolean last) {
        Long cancelled = cancelledNanos(found.atNanos());
        if (cancelled != null) {
            return trace(sessionId, new Verdict(Outcome.CANCELLED, closed.status()), found, cancelled);
        }
        Verdict verdict = judge(found);
        // What became of the request may have to wait, but the client's next session may begin at once.
        noteLoss(verdict);
        return last || verdict.outcome() == Outcome.OK ? trace(sessionId, verdict, found, found.atNanos()) : null;
    }

    private @Nullable Long cancelledNanos(long untilNanos) {
        RpcId id = request.id();
        return id == null ? null : transport.unmatched().takeCancellation(id, exchange.startNanos(), untilNanos);
    }

    /** When it was known that no answer would come. */
    private long goneNanos() {
        ExchangeEnd stream = wasOnlyAccepted() ? transport.streamEnd() : null;
        return stream == null ? endNanos() : Math.max(endNanos(), stream.atNanos());
    }

    /** A body the capture left out or lost is no failure of the server when HTTP says all went well. */
    private boolean wasAnsweredUnkept() {
        if (wasOnlyAccepted()) {
            return false;
        }
        boolean unkept = exchange.unkeptNanos() > 0 || closed.end().responseBytes() > exchange.responseBytes();
        return unkept && closed.end().cause() == EndCause.COMPLETE && closed.status() >= 200 && closed.status() < 300;
    }

    private Verdict judge(@Nullable TimedMessage found) {
        ExchangeEnd end = closed.end();
        if (found == null && wasOnlyAccepted()) {
            return unansweredOnStream();
        }
        if (found == null && closesToCancel()) {
            return new Verdict(Outcome.CANCELLED, closed.status());
        }
        return Outcomes.of(new Reply(
                closed.status(),
                exchange.isEventStream(),
                response(found),
                foreignAnswer,
                exchange.refusalText(),
                end.cause(),
                end.endedBy(),
                exchange.sessionHeader() != null));
    }

    /** In the modern era closing the response is how a client cancels (2026-07-28, basic/patterns/cancellation). */
    private boolean closesToCancel() {
        EndCause cause = closed.end().cause();
        boolean closedByClient =
                closed.end().endedBy() == EndedBy.CLIENT && (cause == EndCause.CLOSED || cause == EndCause.RESET);
        return closedByClient && era().era() == Era.MODERN;
    }

    /** Its era, with the revision that was settled on where the message itself says none. */
    private MessageEra era() {
        MessageEra own = ProtocolEra.of(
                exchange.head().method(), exchange.head().headers().first("MCP-Protocol-Version"), request);
        boolean silent = own.era() == Era.LEGACY && own.revision().isEmpty();
        return silent ? new MessageEra(Era.LEGACY, transport.revision(), own.contradictory()) : own;
    }

    /** Nothing came on the stream that was to bring it. */
    private Verdict unansweredOnStream() {
        ExchangeEnd stream = transport.streamEnd();
        return Outcomes.of(new Reply(
                closed.status(),
                true,
                null,
                false,
                "",
                stream == null ? EndCause.UNKNOWN : stream.cause(),
                stream == null ? EndedBy.UNKNOWN : stream.endedBy(),
                true));
    }

    private static JsonRpcMessage.@Nullable Response response(@Nullable TimedMessage timed) {
        return timed != null && timed.message() instanceof JsonRpcMessage.Response response ? response : null;
    }

    /** True when every request of the server on this stream is known to be answered. */
    private boolean lookForClientAnswers() {
        boolean all = true;
        for (int i = 0; i < answeredNanos.length; i++) {
            TimedMessage asked = exchange.serverRequests().get(i);
            if (answeredNanos[i] == 0
                    && asked.message() instanceof JsonRpcMessage.Request server
                    && server.id() != null) {
                Long answered = transport.unmatched().takeClientAnswer(server.id(), asked.atNanos());
                answeredNanos[i] = answered == null ? 0 : answered;
                all &= answered != null;
            }
        }
        return all;
    }

    /** The union of the stretches in which the client owed the server an answer, inside the request's own span. */
    private long answeringNanos(long doneNanos) {
        long[][] spans = new long[answeredNanos.length][];
        for (int i = 0; i < spans.length; i++) {
            spans[i] = new long[] {exchange.serverRequests().get(i).atNanos(), answeredNanos[i]};
        }
        Arrays.sort(spans, (a, b) -> Long.compare(a[0], b[0]));
        long total = 0;
        long covered = exchange.startNanos();
        for (long[] span : spans) {
            long from = Math.max(span[0], covered);
            long to = Math.min(span[1], doneNanos);
            if (to > from) {
                total += to - from;
                covered = to;
            }
        }
        return total;
    }

    private long endNanos() {
        ExchangeEnd end = closed.end();
        return end.cause() == EndCause.COMPLETE && end.responseEndNanos() > 0 ? end.responseEndNanos() : end.atNanos();
    }

    private void noteLoss(Verdict verdict) {
        if (verdict.outcome() == Outcome.SESSION_LOST) {
            transport.ended(TransportEnding.LOST);
        }
    }

    private RequestTrace trace(String sessionId, Verdict verdict, @Nullable TimedMessage found, long doneNanos) {
        ExchangeEnd end = closed.end();
        noteLoss(verdict);
        return new RequestTrace(
                sessionId,
                transport.id(),
                closed.id(),
                place,
                era(),
                request,
                times(found, doneNanos),
                verdict.outcome(),
                verdict.code(),
                response(found),
                answeredOn,
                closed.instance(),
                end.requestBytes(),
                end.responseBytes());
    }

    private RequestTimes times(@Nullable TimedMessage found, long doneNanos) {
        ResponseHead head = closed.response();
        long firstNanos = closed.firstEventNanos();
        boolean ownFirst = firstNanos != 0 && !wasOnlyAccepted();
        return new RequestTimes(
                closed.startNanos(),
                closed.end().requestEndNanos(),
                head == null ? 0 : head.atNanos(),
                ownFirst || found == null ? firstNanos : found.atNanos(),
                progressNanos(doneNanos),
                doneNanos,
                closed.end().atNanos(),
                answeringNanos(doneNanos));
    }

    private List<Long> progressNanos(long doneNanos) {
        RpcId token = Meta.progressToken(request);
        if (token == null) {
            return List.of();
        }
        List<Long> own = exchange.progress(token);
        List<Long> elsewhere = transport.unmatched().takeProgress(token, exchange.startNanos(), doneNanos);
        if (elsewhere.isEmpty()) {
            return own;
        }
        List<Long> all = new ArrayList<>(own);
        all.addAll(elsewhere);
        all.sort(null);
        return all;
    }

    boolean isOf(Transport other) {
        return transport == other;
    }

    long startNanos() {
        return exchange.startNanos();
    }
}

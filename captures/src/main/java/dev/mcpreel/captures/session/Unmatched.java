package dev.mcpreel.captures.session;

import dev.mcpreel.captures.wire.JsonRpcMessage;
import dev.mcpreel.captures.wire.Meta;
import dev.mcpreel.captures.wire.RpcId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What came over a transport session and waits for the request it belongs to, which other exchanges carry. All of it bounded
 * in number; the oldest is dropped.
 */
final class Unmatched {
    private static final int PROGRESS = 1_024;
    private static final int EVENT_IDS = 1_024;

    private final RecentById<Long> clientAnswers = new RecentById<>();
    private final RecentById<Long> cancellations = new RecentById<>();
    private final RecentById<Streamed> answers = new RecentById<>();
    private final ArrayDeque<Progress> progress = new ArrayDeque<>(0);
    private final Set<String> eventIds = new LinkedHashSet<>(0);

    /** An answer on a stream that is not the request's own. */
    record Streamed(TimedMessage answer, long exchangeId) {}

    /** A notifications/progress on a stream that is not the request's own. */
    private record Progress(RpcId token, long atNanos) {}

    /** The client sent a message in an exchange that began then. */
    void sent(JsonRpcMessage message, long startNanos) {
        if (message instanceof JsonRpcMessage.Response answer && answer.id() != null) {
            clientAnswers.add(answer.id(), startNanos, startNanos);
        }
    }

    /** The same where it cancels a request. */
    void cancelled(JsonRpcMessage message, long startNanos) {
        RpcId id = message instanceof JsonRpcMessage.Notification told ? Meta.cancelledRequest(told) : null;
        if (id != null) {
            cancellations.add(id, startNanos, startNanos);
        }
    }

    /**
     * The server sent a message on a standalone stream.
     *
     * @param mayAnswer whether the stream may bring answers: it is the only one there is (2024-11-05), or goes on with
     *     another (2025-03-26 to 2025-11-25, basic/transports, resumability)
     */
    void streamed(TimedMessage timed, long exchangeId, boolean mayAnswer) {
        if (mayAnswer && timed.message() instanceof JsonRpcMessage.Response answer && answer.id() != null) {
            answers.add(answer.id(), timed.atNanos(), new Streamed(timed, exchangeId));
        }
        RpcId token = OpenExchange.progressToken(timed.message());
        if (token != null) {
            if (progress.size() == PROGRESS) {
                progress.removeFirst();
            }
            progress.addLast(new Progress(token, timed.atNanos()));
        }
    }

    /**
     * An event with this id came.
     *
     * @return false when it came before: a resumption repeats what the client may have missed
     */
    boolean isNewEvent(String eventId) {
        if (eventIds.size() == EVENT_IDS) {
            Iterator<String> oldest = eventIds.iterator();
            oldest.next();
            oldest.remove();
        }
        return eventIds.add(eventId);
    }

    /** When the client began to answer a request of the server; each answer is given out once. */
    @Nullable
    Long takeClientAnswer(RpcId id, long fromNanos) {
        return clientAnswers.take(id, fromNanos, Long.MAX_VALUE);
    }

    /** When the client cancelled a request it had in flight in the span; each cancellation is given out once. */
    @Nullable
    Long takeCancellation(RpcId id, long fromNanos, long toNanos) {
        return cancellations.take(id, fromNanos, toNanos);
    }

    /** An answer that came on another stream; each is given out once. */
    @Nullable
    Streamed takeAnswer(RpcId id, long fromNanos) {
        return answers.take(id, fromNanos, Long.MAX_VALUE);
    }

    /** When progress was told of on other streams within the span; each is given out once. */
    List<Long> takeProgress(RpcId token, long fromNanos, long toNanos) {
        List<Long> times = new ArrayList<>(0);
        for (Iterator<Progress> i = progress.iterator(); i.hasNext(); ) {
            Progress each = i.next();
            if (each.token.equals(token) && each.atNanos >= fromNanos && each.atNanos <= toNanos) {
                times.add(each.atNanos);
                i.remove();
            }
        }
        return times;
    }

    void clear() {
        clientAnswers.clear();
        cancellations.clear();
        answers.clear();
        progress.clear();
        eventIds.clear();
    }
}

package dev.mcpreel.captures.session;

import dev.mcpreel.captures.wire.JsonRpcMessage;
import dev.mcpreel.captures.wire.RpcId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * What an agent session amounts to: its requests, put in order of their starts, its calls, and the shape they make. Of a
 * session that is not kept, only what is not in order yet.
 */
final class Journal {
    /** More are told of out of order. */
    private static final int WAITING = 10_000;

    private final SessionListener listener;
    private final ShapeFold fold;
    private final CallJoiner joiner = new CallJoiner();
    private final PriorityQueue<Waiting> waiting = new PriorityQueue<>(2);
    private final ArrayDeque<Told> told = new ArrayDeque<>(0);
    private final List<RequestTrace> requests = new ArrayList<>(0);
    private final List<Call> calls = new ArrayList<>(0);
    private final List<ServerRequest> serverRequests = new ArrayList<>(0);
    private final ClientAnswers answers = new ClientAnswers();
    private boolean keeps;

    private record Told(JsonRpcMessage.Notification notification, long atNanos) {}

    /**
     * A request that earlier ones may still precede.
     *
     * @param kept as much of it as the session keeps
     * @param whole all of it, where it may be a leg of a call; null for the others
     */
    private record Waiting(RequestTrace kept, @Nullable RequestTrace whole) implements Comparable<Waiting> {
        @Override
        public int compareTo(Waiting other) {
            return RequestOrder.BY_START.compare(kept, other.kept);
        }
    }

    Journal(SessionOptions options, SessionListener listener) {
        this.listener = listener;
        this.fold = new ShapeFold(options.burstNanos());
        this.keeps = options.keep().anything();
    }

    void exchange() {
        fold.exchange();
    }

    /** Before anything was settled. */
    void named(boolean keepsAll) {
        keeps = keepsAll;
        if (!keeps) {
            serverRequests.clear();
        }
    }

    /** Takes over what another one has that has settled nothing. */
    void takeOver(Journal other) {
        fold.takeOver(other.fold);
        told.addAll(other.told);
        if (keeps) {
            serverRequests.addAll(other.serverRequests);
            answers.takeOver(other.answers);
        }
    }

    /** A request's fate is known: tells of it, and of the call when that has no other legs. */
    void settled(RequestTrace request) {
        listener.onRequest(request);
        fold.settled(request);
        RequestTrace kept = keeps ? request : Trim.of(request);
        boolean leg = CallJoiner.isLeg(request);
        waiting.add(new Waiting(kept, leg ? request : null));
        if (waiting.size() > WAITING) {
            next(waiting.remove());
        }
        if (request.isCall() && !leg) {
            call(Call.plain(kept));
        }
    }

    /** The server told how a task fares: for the call that became one, which may not be in order yet. */
    void taskTold(JsonRpcMessage.Notification notification, long atNanos) {
        told.add(new Told(notification, atNanos));
        if (told.size() > WAITING) {
            joinTold(told.remove());
        }
    }

    private void joinTold(Told next) {
        joiner.told(next.notification(), next.atNanos()).forEach(this::call);
    }

    private void call(Call call) {
        listener.onCall(call);
        fold.call(call);
        if (keeps) {
            calls.add(call);
        }
    }

    void asked(ServerRequest request) {
        if (!request.request().method().equals("ping")) {
            fold.serverRequest();
        }
        if (keeps) {
            serverRequests.add(request);
        }
    }

    /** The client began to answer a request of the server. */
    void answered(RpcId id, long atNanos) {
        if (keeps) {
            answers.add(id, atNanos);
        }
    }

    /** Tells in order of all that began before. */
    void order(long earliestNanos) {
        Waiting first = waiting.peek();
        while (first != null && first.kept().startNanos() < earliestNanos) {
            orderTold(first.kept().startNanos());
            next(waiting.remove());
            first = waiting.peek();
        }
        orderTold(earliestNanos);
    }

    private void orderTold(long earliestNanos) {
        Told first = told.peek();
        while (first != null && first.atNanos() < earliestNanos) {
            joinTold(told.remove());
            first = told.peek();
        }
    }

    private void next(Waiting next) {
        RequestTrace request = next.kept();
        boolean goesOn = next.whole() != null && joiner.goesOn(next.whole());
        if (next.whole() != null) {
            joiner.settled(next.whole(), request).forEach(this::call);
        }
        fold.next(request, goesOn);
        listener.onOrdered(request);
        if (keeps) {
            requests.add(request);
        }
    }

    AgentSession close(
            String id,
            SessionKey key,
            List<TransportSession> transports,
            long startNanos,
            long endNanos,
            List<SessionExchange> exchanges) {
        order(Long.MAX_VALUE);
        joiner.close().forEach(this::call);
        requests.sort(RequestOrder.BY_START);
        calls.sort(Comparator.comparing(Call::first, RequestOrder.BY_START));
        serverRequests.sort(Comparator.comparingLong(ServerRequest::askedNanos));
        serverRequests.replaceAll(answers::matched);
        return new AgentSession(
                id, key, transports, startNanos, endNanos, fold.shape(), exchanges, requests, calls, serverRequests);
    }
}

package dev.mcpreel.captures.session;

import dev.mcpreel.captures.wire.JsonRpcMessage;
import dev.mcpreel.captures.wire.RpcId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

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
    private final PriorityQueue<RequestTrace> waiting = new PriorityQueue<>(2, RequestOrder.BY_START);
    private final List<RequestTrace> requests = new ArrayList<>(0);
    private final List<Call> calls = new ArrayList<>(0);
    private final List<ServerRequest> serverRequests = new ArrayList<>(0);
    private final ClientAnswers answers = new ClientAnswers();
    private boolean keeps;

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
        if (keeps) {
            serverRequests.addAll(other.serverRequests);
            answers.takeOver(other.answers);
        }
    }

    /** A request's fate is known: tells of it, and of the call that is over with it. */
    void settled(RequestTrace request) {
        listener.onRequest(request);
        fold.settled(request);
        RequestTrace kept = keeps ? request : Trim.of(request);
        waiting.add(kept);
        if (waiting.size() > WAITING) {
            next(waiting.remove());
        }
        joiner.settled(request, kept).forEach(this::call);
    }

    /** The server told how a task fares. */
    void taskTold(JsonRpcMessage.Notification told, long atNanos) {
        joiner.told(told, atNanos).forEach(this::call);
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
        RequestTrace first = waiting.peek();
        while (first != null && first.startNanos() < earliestNanos) {
            next(waiting.remove());
            first = waiting.peek();
        }
    }

    private void next(RequestTrace request) {
        fold.next(request);
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

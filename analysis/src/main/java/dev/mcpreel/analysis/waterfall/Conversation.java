package dev.mcpreel.analysis.waterfall;

import dev.mcpreel.captures.exchange.Direction;
import dev.mcpreel.captures.session.AgentSession;
import dev.mcpreel.captures.session.RequestTrace;
import dev.mcpreel.captures.session.ServerRequest;
import dev.mcpreel.captures.session.SessionExchange;
import dev.mcpreel.captures.session.TimedMessage;
import dev.mcpreel.captures.wire.JsonRpcMessage;
import dev.mcpreel.captures.wire.RpcId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What the two said to each other besides requests of the agent: each part is shown in one place. */
final class Conversation {
    private final Map<Long, List<ServerRequest>> asked = new LinkedHashMap<>();
    private final Map<Long, List<Told>> told = new LinkedHashMap<>();
    private final List<Told> agentTold = new ArrayList<>();
    private final Map<RpcId, List<Told>> cancellations = new HashMap<>();
    private final Map<RpcId, List<Answer>> answers = new HashMap<>();
    private final Set<Told> shown = new HashSet<>();

    private record Told(long exchangeId, long atNanos, JsonRpcMessage.Notification message) {}

    private record Answer(long startNanos, long atNanos, JsonRpcMessage.Response message) {}

    Conversation(AgentSession session) {
        for (SessionExchange exchange : session.exchanges()) {
            for (TimedMessage timed : exchange.messages()) {
                sort(exchange, timed);
            }
        }
        session.serverRequests().stream()
                .filter(request -> !request.request().method().equals("ping"))
                .forEach(request -> asked.computeIfAbsent(request.exchangeId(), id -> new ArrayList<>())
                        .add(request));
    }

    private void sort(SessionExchange exchange, TimedMessage timed) {
        boolean agents = timed.direction() == Direction.REQUEST;
        if (timed.message() instanceof JsonRpcMessage.Response response && agents && response.id() != null) {
            answers.computeIfAbsent(response.id(), id -> new ArrayList<>(1))
                    .add(new Answer(exchange.startNanos(), timed.atNanos(), response));
        } else if (timed.message() instanceof JsonRpcMessage.Notification notification) {
            Told each = new Told(exchange.id(), timed.atNanos(), notification);
            if (agents) {
                agentTold.add(each);
                RpcId cancelled = cancelled(notification);
                if (cancelled != null) {
                    cancellations
                            .computeIfAbsent(cancelled, id -> new ArrayList<>(1))
                            .add(each);
                }
            } else if (!notification.method().equals("notifications/progress")) {
                told.computeIfAbsent(exchange.id(), id -> new ArrayList<>()).add(each);
            }
        }
    }

    private static @Nullable RpcId cancelled(JsonRpcMessage.Notification told) {
        JsonNode id = told.node().path("params").path("requestId");
        return told.method().equals("notifications/cancelled") ? RpcId.of(id) : null;
    }

    /** What the server said on the response to a request stands with the request. */
    void claim(RowDraft row, long exchangeId) {
        List<ServerRequest> requests = asked.remove(exchangeId);
        if (requests != null) {
            for (ServerRequest request : requests) {
                RowDraft draft = row(request, row.endNanos);
                row.rows.add(draft);
                row.waits.add(new Stretch(draft.startNanos, draft.endNanos));
            }
        }
        List<Told> notifications = told.remove(exchangeId);
        if (notifications != null) {
            Map<String, Integer> counts = new LinkedHashMap<>();
            notifications.forEach(each -> counts.merge(each.message().method(), 1, Integer::sum));
            counts.forEach((method, count) -> row.notes.add(count == 1 ? method : method + " x" + count));
        }
    }

    private RowDraft row(ServerRequest request, long otherwiseUntilNanos) {
        RowDraft draft = new RowDraft(RowKind.SERVER_REQUEST, Labels.of(request.request()), request.askedNanos());
        Answer answer = answer(request);
        if (answer != null || request.answeredNanos() != 0) {
            draft.endNanos =
                    request.answeredNanos() == 0 && answer != null ? answer.startNanos() : request.answeredNanos();
            draft.failed = answer != null && answer.message().isError();
            draft.outcome = draft.failed ? "refused" : "answered";
        } else {
            draft.endNanos = otherwiseUntilNanos;
            draft.outcome = "no answer";
        }
        draft.content = Content.of(
                request.request().node().path("params"), answer == null ? null : Labels.answer(answer.message()));
        draft.exchangeId = request.exchangeId();
        return draft;
    }

    private @Nullable Answer answer(ServerRequest request) {
        return answers.getOrDefault(request.request().id(), List.of()).stream()
                .filter(answer -> answer.atNanos() >= request.askedNanos())
                .findFirst()
                .orElse(null);
    }

    /** Notes that the agent cancelled a request, if it did. */
    void cancelled(RowDraft row, RequestTrace request) {
        for (Told each : cancellations.getOrDefault(request.request().id(), List.of())) {
            if (each.atNanos() >= request.startNanos() && shown.add(each)) {
                String reason =
                        each.message().node().path("params").path("reason").asString("");
                row.notes.add("cancelled by the agent" + (reason.isEmpty() ? "" : ": " + reason));
                return;
            }
        }
    }

    /** When the agent said that it is initialized, the first time after a moment; 0 when it did not. */
    long initialized(long afterNanos) {
        for (Told each : agentTold) {
            boolean fits = each.message().method().equals("notifications/initialized")
                    && each.atNanos() >= afterNanos
                    && shown.add(each);
            if (fits) {
                return each.atNanos();
            }
        }
        return 0;
    }

    /** What has no place elsewhere: what the server said on streams of their own, and notifications of the agent. */
    List<RowDraft> unclaimed() {
        List<RowDraft> rows = new ArrayList<>();
        asked.values().forEach(requests -> requests.forEach(request -> rows.add(row(request, request.askedNanos()))));
        told.values().forEach(list -> list.forEach(each -> rows.add(row(RowKind.SERVER_NOTIFICATION, each))));
        agentTold.stream()
                .filter(each -> !shown.contains(each))
                .filter(each -> !each.message().method().equals("notifications/progress"))
                .forEach(each -> rows.add(row(RowKind.NOTIFICATION, each)));
        return rows;
    }

    private static RowDraft row(RowKind kind, Told each) {
        RowDraft draft = new RowDraft(kind, each.message().method(), each.atNanos());
        draft.content = Content.of(each.message().node().path("params"), null);
        draft.exchangeId = each.exchangeId();
        return draft;
    }
}

package dev.mcpreel.analysis.waterfall;

import dev.mcpreel.captures.exchange.Outcome;
import dev.mcpreel.captures.session.AgentSession;
import dev.mcpreel.captures.session.Call;
import dev.mcpreel.captures.session.CallKind;
import dev.mcpreel.captures.session.RequestTrace;
import dev.mcpreel.captures.session.TransportKind;
import dev.mcpreel.captures.session.TransportSession;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A row for each call, its legs under it. */
final class CallRows {
    private final AgentSession session;
    private final Conversation conversation;
    private final Set<RequestTrace> parts = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<String> tasks = new HashSet<>();
    private final Set<String> legacyStreams;
    private final Map<JsonNode, RowDraft> lastAsked = new HashMap<>();
    private int lastNumber;

    CallRows(AgentSession session, Conversation conversation) {
        this.session = session;
        this.conversation = conversation;
        this.legacyStreams = session.transports().stream()
                .filter(transport -> transport.kind() == TransportKind.LEGACY_SSE)
                .map(TransportSession::id)
                .collect(Collectors.toSet());
    }

    /** In order of start. */
    List<RowDraft> rows() {
        List<RowDraft> rows = new ArrayList<>();
        for (Call call : session.calls()) {
            parts.addAll(call.legs());
            if (call.kind() == CallKind.TASK) {
                call.legs().forEach(leg -> tasks.add(taskId(leg)));
            }
            rows.add(row(call));
        }
        tasks.remove("");
        return rows;
    }

    /** Whether a request is part of a call, also where the call has not kept it as a leg. */
    boolean has(RequestTrace request) {
        return parts.contains(request) || (request.method().startsWith("tasks/") && tasks.contains(taskId(request)));
    }

    private static String taskId(RequestTrace request) {
        return request.request().node().path("params").path("taskId").asString("");
    }

    private RowDraft row(Call call) {
        RequestTrace first = call.first();
        RowDraft row = RowDraft.of(RowKind.CALL, Labels.of(first), first);
        row.number = ++lastNumber;
        row.endNanos = call.doneNanos();
        row.judged(call.outcome(), call.code());
        JsonNode params = first.request().node().path("params");
        row.content = Content.of(params.path("arguments"), Labels.answer(call.last()));
        retried(row, params, first);
        notes(row, call);
        if (call.kind() == CallKind.PLAIN) {
            conversation.claim(row, first.exchangeId());
        } else {
            legs(row, call);
        }
        return row;
    }

    private void retried(RowDraft row, JsonNode params, RequestTrace first) {
        JsonNode same =
                params instanceof ObjectNode members ? members.deepCopy().without("_meta") : params;
        RowDraft before = lastAsked.put(same, row);
        boolean failed = before != null
                && (before.failed || before.outcome.equals(Outcome.CANCELLED.label()))
                && first.startNanos() >= before.endNanos;
        if (failed) {
            row.notes.add("retry of " + before.number);
        }
    }

    private void notes(RowDraft row, Call call) {
        call.legs().forEach(leg -> conversation.cancelled(row, leg));
        RequestTrace last = call.last();
        if (last.answeredOn() != last.exchangeId() && !legacyStreams.contains(last.transportId())) {
            row.notes.add("answered on another stream");
        }
        boolean hungUp = call.kind() == CallKind.PLAIN && call.outcome() == Outcome.CANCELLED && row.notes.isEmpty();
        if (hungUp) {
            row.notes.add("closed by the agent");
        }
        int progress = row.marks.size();
        if (progress > 0) {
            row.notes.add(progress + " progress");
        }
    }

    /** Fetching or cancelling it asks for the task, too, but is no poll. */
    private static int notPolls(Call call) {
        return (int) call.legs().stream()
                .filter(leg -> !leg.isCall() && !leg.method().equals("tasks/get"))
                .count();
    }

    private void legs(RowDraft row, Call call) {
        int number = 0;
        RowDraft polled = null;
        int polls = 0;
        for (RequestTrace leg : call.legs()) {
            if (leg.method().equals("tasks/get") && polled != null && polled.label.equals("tasks/get")) {
                polled.marks.add(leg.startNanos());
                polled.endNanos = leg.doneNanos();
                polled.content = Content.of(null, Labels.answer(leg));
                polls++;
                continue;
            }
            number += leg.isCall() ? 1 : 0;
            String label = leg.isCall() ? "leg " + number : leg.method();
            RowDraft draft = RowDraft.of(RowKind.LEG, label, leg);
            JsonNode params = leg.request().node().path("params");
            draft.content = Content.of(params.path("inputResponses"), Labels.answer(leg));
            conversation.claim(draft, leg.exchangeId());
            row.rows.add(draft);
            polled = draft;
        }
        if (polls > 0 || call.polls() > call.legs().size() - number) {
            int asked = call.polls() - notPolls(call);
            row.notes.add(asked + (asked == 1 ? " poll" : " polls"));
        }
        for (int i = 1;
                call.kind() == CallKind.INPUT_REQUIRED && i < call.legs().size();
                i++) {
            row.waits.add(new Stretch(
                    call.legs().get(i - 1).doneNanos(), call.legs().get(i).startNanos()));
        }
        row.notes.add(call.kind() == CallKind.TASK ? "a task" : "in " + number + " legs");
    }
}

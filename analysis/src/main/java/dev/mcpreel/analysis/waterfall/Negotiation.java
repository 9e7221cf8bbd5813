package dev.mcpreel.analysis.waterfall;

import dev.mcpreel.captures.session.RequestTrace;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** How client and server agreed on a revision: one row, however many probes it took. */
final class Negotiation {
    private Negotiation() {}

    static boolean isOpening(RequestTrace request) {
        return request.method().equals("initialize") || request.method().equals("server/discover");
    }

    /** @param opening in order of start, at least one */
    static RowDraft row(List<RequestTrace> opening, Conversation conversation) {
        RequestTrace last = opening.get(opening.size() - 1);
        RowDraft row = RowDraft.of(RowKind.NEGOTIATION, label(opening), opening.get(0));
        for (RequestTrace each : opening) {
            row.endNanos = Math.max(row.endNanos, each.doneNanos());
            conversation.claim(row, each.exchangeId());
        }
        row.judged(last.outcome(), last.code());
        row.transportId = last.transportId();
        row.instance = last.instance();
        if (opening.size() > 1) {
            row.notes.add(steps(opening));
        }
        String agreed = agreed(last);
        if (!agreed.isEmpty()) {
            row.notes.add(agreed);
        }
        long initialized = last.method().equals("initialize") ? conversation.initialized(last.startNanos()) : 0;
        row.endNanos = Math.max(row.endNanos, initialized);
        row.content = Content.of(last.request().node().path("params"), Labels.answer(last));
        return row;
    }

    private static String label(List<RequestTrace> opening) {
        boolean same = opening.stream().map(RequestTrace::method).distinct().count() == 1;
        return same ? opening.get(0).method() : "negotiation";
    }

    private static String steps(List<RequestTrace> opening) {
        List<String> steps = new ArrayList<>();
        for (RequestTrace each : opening) {
            steps.add(each.method() + " " + each.outcome().label()
                    + (each.outcome().isError() && each.code() != 0 ? " " + each.code() : ""));
        }
        return String.join(", then ", steps);
    }

    private static String agreed(RequestTrace last) {
        if (last.answer() == null) {
            return "";
        }
        JsonNode result = last.answer().result();
        JsonNode server = result.path("serverInfo");
        String name =
                (server.path("name").asString("") + " " + server.path("version").asString("")).strip();
        String revision = result.path("protocolVersion").asString(last.revision());
        return revision.isEmpty() || name.isEmpty() ? revision + name : revision + " with " + name;
    }
}

package dev.mcpreel.analysis.waterfall;

import dev.mcpreel.captures.exchange.Outcome;
import dev.mcpreel.captures.session.RequestTrace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A {@link Row} as it comes together. */
final class RowDraft {
    final RowKind kind;
    final String label;
    final long startNanos;
    int number;
    long endNanos;
    String outcome = "";
    boolean failed;
    Content content = Content.NONE;
    long exchangeId;
    String instance = "";
    String transportId = "";
    final List<String> notes = new ArrayList<>();
    final List<Long> marks = new ArrayList<>();
    final List<Stretch> waits = new ArrayList<>();
    final List<RowDraft> rows = new ArrayList<>();

    RowDraft(RowKind kind, String label, long startNanos) {
        this.kind = kind;
        this.label = label;
        this.startNanos = startNanos;
        this.endNanos = startNanos;
    }

    /** With what a request has of its own. */
    static RowDraft of(RowKind kind, String label, RequestTrace request) {
        RowDraft draft = new RowDraft(kind, label, request.startNanos());
        draft.endNanos = request.doneNanos();
        draft.judged(request.outcome(), request.code());
        draft.marks.addAll(request.progressNanos());
        draft.exchangeId = request.exchangeId();
        draft.instance = request.instance();
        draft.transportId = request.transportId();
        return draft;
    }

    void judged(Outcome how, int code) {
        outcome = how.label() + (code != 0 && saysMore(how) ? " " + code : "");
        failed = how.isError();
    }

    private static boolean saysMore(Outcome how) {
        return switch (how) {
            case RPC_ERROR, HTTP_ERROR, SESSION_LOST, GATEWAY_TIMEOUT -> true;
            case OK,
                    TOOL_ERROR,
                    DEADLINE,
                    CANCELLED,
                    STREAM_CUT,
                    CONNECT_FAILED,
                    RESET,
                    INVALID,
                    INTERRUPTED,
                    SKIPPED,
                    MISMATCH,
                    LEAKED -> false;
        };
    }

    Row build() {
        return new Row(
                kind,
                number,
                label,
                startNanos,
                Math.max(startNanos, endNanos),
                outcome,
                failed,
                notes,
                marks,
                waits,
                content,
                exchangeId,
                instance,
                transportId,
                rows.stream()
                        .sorted(Comparator.comparingLong(row -> row.startNanos))
                        .map(RowDraft::build)
                        .toList());
    }
}

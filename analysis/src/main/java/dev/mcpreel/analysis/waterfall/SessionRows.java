package dev.mcpreel.analysis.waterfall;

import dev.mcpreel.captures.session.AgentSession;
import dev.mcpreel.captures.session.ExchangeKind;
import dev.mcpreel.captures.session.RequestTrace;
import dev.mcpreel.captures.session.SessionExchange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The rows of a session, in order of start. */
final class SessionRows {
    private final AgentSession session;
    private final Conversation conversation;
    private final List<Long> pings = new ArrayList<>();
    private final Set<String> instances = new LinkedHashSet<>();
    private final List<RowDraft> drafts = new ArrayList<>();

    SessionRows(AgentSession session) {
        this.session = session;
        this.conversation = new Conversation(session);
    }

    List<Row> rows() {
        CallRows calls = new CallRows(session, conversation);
        drafts.addAll(calls.rows());
        requests(calls);
        exchanges();
        drafts.addAll(conversation.unclaimed());
        session.serverRequests().stream()
                .filter(asked -> asked.request().method().equals("ping"))
                .forEach(asked -> pings.add(asked.askedNanos()));
        drafts.sort(Comparator.comparingLong((RowDraft draft) -> draft.startNanos)
                .thenComparingInt(draft -> draft.kind == RowKind.DELETE ? 1 : 0));
        new Journey(session).annotate(drafts);
        Echoes.join(drafts);
        drafts.stream()
                .map(draft -> draft.instance)
                .filter(name -> !name.isEmpty())
                .forEach(instances::add);
        return drafts.stream().map(RowDraft::build).toList();
    }

    /** When what only keeps the connection alive was sent. */
    List<Long> pings() {
        return pings;
    }

    List<String> instances() {
        return List.copyOf(instances);
    }

    private void requests(CallRows calls) {
        List<RequestTrace> opening = new ArrayList<>();
        for (RequestTrace request : session.requests()) {
            if (Negotiation.isOpening(request)) {
                opening.add(request);
            } else if (request.method().equals("ping") && !request.outcome().isError()) {
                pings.add(request.startNanos());
            } else {
                negotiated(opening);
                if (!calls.has(request)) {
                    drafts.add(other(request));
                }
            }
        }
        negotiated(opening);
    }

    private void negotiated(List<RequestTrace> opening) {
        if (!opening.isEmpty()) {
            drafts.add(Negotiation.row(opening, conversation));
            opening.clear();
        }
    }

    private RowDraft other(RequestTrace request) {
        boolean listens = request.method().equals("subscriptions/listen");
        RowDraft draft = RowDraft.of(listens ? RowKind.STREAM : RowKind.REQUEST, Labels.of(request), request);
        draft.content = Content.of(request.request().node().path("params"), Labels.answer(request));
        conversation.claim(draft, request.exchangeId());
        conversation.cancelled(draft, request);
        return draft;
    }

    private void exchanges() {
        Set<Long> carried = new HashSet<>();
        session.requests().forEach(request -> carried.add(request.exchangeId()));
        for (SessionExchange exchange : session.exchanges()) {
            if (exchange.kind() == ExchangeKind.STREAM) {
                drafts.add(stream(exchange));
            } else if (exchange.kind() == ExchangeKind.DELETE) {
                drafts.add(bare(RowKind.DELETE, "DELETE transport session", exchange));
            } else if (exchange.messages().isEmpty() && !carried.contains(exchange.id())) {
                drafts.add(bare(RowKind.UNREADABLE, exchange.request().method() + ", no message kept", exchange));
            }
        }
    }

    private static RowDraft stream(SessionExchange exchange) {
        String resumed = exchange.request().headers().first("Last-Event-ID");
        RowDraft draft = bare(RowKind.STREAM, resumed == null ? "GET stream" : "GET stream, resumed", exchange);
        if (exchange.status() == 200) {
            draft.outcome = "";
            draft.notes.add("ended by "
                    + exchange.end().endedBy().name().toLowerCase(Locale.ROOT)
                    + (resumed == null ? "" : "; after event " + resumed));
        } else if (exchange.status() == 405) {
            draft.failed = false;
            draft.notes.add("the server offers no stream");
        }
        return draft;
    }

    private static RowDraft bare(RowKind kind, String label, SessionExchange exchange) {
        RowDraft draft = new RowDraft(kind, label, exchange.startNanos());
        draft.endNanos = exchange.end().atNanos();
        draft.exchangeId = exchange.id();
        draft.instance = exchange.instance();
        draft.outcome = exchange.status() == 0 ? "no answer" : "HTTP " + exchange.status();
        boolean declined = kind == RowKind.DELETE && (exchange.status() == 404 || exchange.status() == 405);
        draft.failed = (exchange.status() == 0 || exchange.status() >= 400) && !declined;
        return draft;
    }
}

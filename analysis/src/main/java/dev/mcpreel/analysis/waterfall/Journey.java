package dev.mcpreel.analysis.waterfall;

import dev.mcpreel.captures.session.AgentSession;
import dev.mcpreel.captures.session.TransportEnding;
import dev.mcpreel.captures.session.TransportSession;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where a session moved: to another instance, to another transport session. */
final class Journey {
    private final Map<String, TransportSession> transports = new HashMap<>();
    private String transportId = "";
    private String instance = "";

    Journey(AgentSession session) {
        session.transports().forEach(transport -> transports.put(transport.id(), transport));
    }

    /** @param rows in order of start */
    void annotate(List<RowDraft> rows) {
        Map<String, Boolean> used = new HashMap<>();
        for (RowDraft row : rows) {
            if (!row.instance.isEmpty()) {
                if (!instance.isEmpty() && !instance.equals(row.instance)) {
                    row.notes.add("hop to " + row.instance);
                }
                instance = row.instance;
            }
            if (!row.transportId.isEmpty() && used.put(row.transportId, true) == null) {
                if (!transportId.isEmpty()) {
                    row.notes.add(moved(row.transportId));
                }
                transportId = row.transportId;
            }
        }
    }

    private String moved(String to) {
        TransportSession old = transports.get(transportId);
        boolean lost = old != null && old.ending() == TransportEnding.LOST;
        return "transport session " + to + (lost ? ": the server no longer knew " + transportId : "");
    }
}

package dev.mcpreel.captures.session;

import dev.mcpreel.captures.wire.RpcId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** When a client answered the requests of its server, of a session that is kept. */
final class ClientAnswers {
    private final Map<RpcId, List<Long>> byId = new HashMap<>(0);

    void add(RpcId id, long atNanos) {
        byId.computeIfAbsent(id, unused -> new ArrayList<>(1)).add(atNanos);
    }

    void takeOver(ClientAnswers other) {
        other.byId.forEach((id, times) ->
                byId.computeIfAbsent(id, unused -> new ArrayList<>(1)).addAll(times));
    }

    /** The request with the first answer that came after it; each answer is given out once, so ask in order of time. */
    ServerRequest matched(ServerRequest asked) {
        RpcId id = asked.request().id();
        List<Long> times = id == null ? List.of() : byId.getOrDefault(id, List.of());
        for (Iterator<Long> i = times.iterator(); i.hasNext(); ) {
            long at = i.next();
            if (at >= asked.askedNanos()) {
                i.remove();
                return new ServerRequest(asked.exchangeId(), asked.request(), asked.askedNanos(), at);
            }
        }
        return asked;
    }
}

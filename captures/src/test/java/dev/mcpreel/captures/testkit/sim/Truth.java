package dev.mcpreel.captures.testkit.sim;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the agents really did. */
public final class Truth {
    private final List<TrueRequest> requests = new ArrayList<>();
    private final List<TrueCall> calls = new ArrayList<>();
    private final Map<Long, String> owners = new LinkedHashMap<>();

    void request(TrueRequest request) {
        requests.add(request);
    }

    void call(TrueCall call) {
        calls.add(call);
    }

    void owner(long exchangeId, String agent) {
        owners.put(exchangeId, agent);
    }

    public List<TrueRequest> requests() {
        return requests;
    }

    public List<TrueCall> calls() {
        return calls;
    }

    /** Whose piece of work each exchange was; those made for nobody in particular are not in it. */
    public Map<Long, String> owners() {
        return owners;
    }
}

package dev.mcpreel.analysis.calls;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/** The requests of a capture: all of them, the tool calls among them, and those by tool. */
public final class CallTally {
    /** Where calls are counted whose tool is the one name too many. */
    public static final String OTHER_TOOLS = "(other tools)";

    /** Where calls are counted that name no tool. */
    public static final String NO_TOOL = "(no name)";

    /** Names come from the wire, so their number is bounded, and with it what their distributions take. */
    static final int MAX_TOOLS = 500;

    /** For the same reason; the specification asks for 128 at most (revision 2025-11-25, tool names). */
    static final int MAX_NAME_CHARS = 512;

    private final RequestTally requests = new RequestTally(new Distribution());
    private final RequestTally calls = new RequestTally(new Distribution());
    private final RequestTally initializes = new RequestTally(new Distribution());
    private final Distribution firstEvents = new Distribution();
    private final Map<String, RequestTally> tools = new HashMap<>();

    CallTally() {}

    /** A request of any method; a tools/call is one call only where it is told of as such. */
    void request(CallSample sample) {
        requests.add(sample);
        if (sample.isInitialize()) {
            initializes.add(sample);
        }
    }

    /** A tool call with all its legs. */
    void call(CallSample sample) {
        calls.add(sample);
        tool(sample).add(sample);
        if (sample.sentNanos() != 0 && sample.firstEventNanos() != 0) {
            firstEvents.record(sample.firstEventNanos() - sample.sentNanos());
        }
    }

    private RequestTally tool(CallSample sample) {
        String name = sample.tool() == null ? NO_TOOL : sample.tool();
        if (name.length() > MAX_NAME_CHARS) {
            name = name.substring(0, MAX_NAME_CHARS);
        }
        String key = tools.containsKey(name) || tools.size() < MAX_TOOLS ? name : OTHER_TOOLS;
        return tools.computeIfAbsent(key, unused -> new RequestTally(new Distribution()));
    }

    /** JSON-RPC requests of every method. */
    public RequestTally requests() {
        return requests;
    }

    /** Tool calls, the legs of one joined. */
    public RequestTally calls() {
        return calls;
    }

    /** Requests of {@code initialize}. */
    public RequestTally initializes() {
        return initializes;
    }

    /** Tool calls: nanoseconds from sending to the first event or body byte of the answer, where one came. */
    public Distribution firstEvents() {
        return firstEvents;
    }

    /** Tool calls by the tool's name, which is text from the wire; in no order. */
    public Map<String, RequestTally> tools() {
        return Collections.unmodifiableMap(tools);
    }
}

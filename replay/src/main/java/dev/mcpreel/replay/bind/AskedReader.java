package dev.mcpreel.replay.bind;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JsonPointer;

/** The values of a request that could come from an answer: its params, less what names things of the protocol. */
final class AskedReader {
    private static final JsonPointer PARAMS = JsonPointer.compile("/params");
    private static final Set<String> NO_STATE = Set.of("initialize", "logging/setLevel", "ping", "server/discover");
    private static final Set<String> NAMES =
            Set.of("/params/name", "/params/ref/name", "/params/ref/type", "/params/argument/name");
    private static final String META = "/params/_meta/";
    private static final String RELATED_TASK = META + "io.modelcontextprotocol~1related-task/";
    private static final String TASK = "/params/task/";

    private AskedReader() {}

    static List<Asked> read(Turn turn) {
        if (NO_STATE.contains(turn.method())) {
            return List.of();
        }
        List<Asked> asked = new ArrayList<>();
        Leaves.walk(turn.message().path("params"), PARAMS, "", (at, key, listed, value) -> {
            String place = at.toString();
            boolean meta = place.startsWith(META) && !place.startsWith(RELATED_TASK);
            if (!meta && !place.startsWith(TASK) && !NAMES.contains(place)) {
                asked.add(new Asked(at, key, value.isNumber(), value.asString()));
            }
        });
        return asked;
    }
}

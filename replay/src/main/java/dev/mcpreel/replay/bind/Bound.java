package dev.mcpreel.replay.bind;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A request with live values in place of recorded ones.
 *
 * @param message the message to send; where a value is missing it still holds the recorded one, and is not to be sent
 * @param missing the bindings no live value was found for
 */
public record Bound(JsonNode message, List<Binding> missing) {
    public Bound {
        missing = List.copyOf(missing);
    }

    public boolean isComplete() {
        return missing.isEmpty();
    }
}

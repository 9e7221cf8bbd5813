package dev.mcpreel.replay.bind;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What the target answered so far, by step. */
@FunctionalInterface
public interface Results {
    /** The {@code result} the step got, null when it got none. */
    @Nullable
    JsonNode of(int step);
}

package dev.mcpreel.replay.bind;

import tools.jackson.core.JsonPointer;

/**
 * A value of a request that an earlier response of the same session issued.
 *
 * @param consumer where the request holds it, from the root of the JSON-RPC message
 * @param from first character of the value where it is part of a longer string, in UTF-16 units
 * @param to end of the part, exclusive; {@link #WHOLE} when the value is all that stands there
 * @param producer the step whose response issued it
 * @param source where that response holds it
 * @param recorded the value of the recording
 */
public record Binding(JsonPointer consumer, int from, int to, int producer, Source source, String recorded) {
    /** The {@link #to()} of a value that stands alone. */
    public static final int WHOLE = -1;

    public boolean isPart() {
        return to != WHOLE;
    }
}

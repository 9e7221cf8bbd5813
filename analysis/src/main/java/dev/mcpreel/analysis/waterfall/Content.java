package dev.mcpreel.analysis.waterfall;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a row carried, as it was on the wire.
 *
 * @param asked arguments or parameters; null when there are none
 * @param answered a result, or the error object; null when none came or was kept
 */
public record Content(@Nullable JsonNode asked, @Nullable JsonNode answered) {
    /** Nothing either way. */
    public static final Content NONE = new Content(null, null);

    public boolean isEmpty() {
        return asked == null && answered == null;
    }

    /** The same with an empty object or array as nothing. */
    static Content of(@Nullable JsonNode asked, @Nullable JsonNode answered) {
        return new Content(orNull(asked), orNull(answered));
    }

    private static @Nullable JsonNode orNull(@Nullable JsonNode node) {
        return node == null || node.isMissingNode() || node.isNull() || (node.isContainer() && node.isEmpty())
                ? null
                : node;
    }
}

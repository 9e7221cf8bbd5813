package dev.mcpreel.captures.wire;

import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The one JSON reader and writer of the product. Thread-safe. What it reads may be hostile, so it reads no further than
 * {@link #LIMITS}: beyond one of them a text is no JSON, and what was read so far is all it cost.
 */
public final class Json {
    /**
     * Depth 500, names of 50,000 characters, numbers of 1,000 digits, texts of 20 million characters, and a million tokens:
     * objects and arrays that hold nothing take some 40 times the memory of their two characters.
     */
    static final StreamReadConstraints LIMITS = StreamReadConstraints.builder()
            .maxNestingDepth(500)
            .maxNameLength(50_000)
            .maxNumberLength(1_000)
            .maxStringLength(20_000_000)
            .maxTokenCount(1_000_000)
            .build();

    private static final JsonMapper MAPPER = JsonMapper.builder(
                    JsonFactory.builder().streamReadConstraints(LIMITS).build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /** Writes half of a surrogate pair as the escape it must have been. */
    private static final JsonMapper ESCAPING =
            MAPPER.rebuild().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private Json() {}

    public static JsonMapper mapper() {
        return MAPPER;
    }

    /** Reads one JSON value; empty when the text is anything else. */
    public static Optional<JsonNode> parse(byte[] utf8) {
        return parse(() -> MAPPER.readTree(utf8));
    }

    /** Reads one JSON value; empty when the text is anything else. */
    public static Optional<JsonNode> parse(String text) {
        return parse(() -> MAPPER.readTree(text));
    }

    private static Optional<JsonNode> parse(Supplier<@Nullable JsonNode> reading) {
        try {
            JsonNode node = reading.get();
            return node == null || node.isMissingNode() ? Optional.empty() : Optional.of(node);
        } catch (JacksonException | NumberFormatException e) {
            // The latter for an exponent of more than 31 bits.
            return Optional.empty();
        }
    }

    /** Writes a tree as compact UTF-8. */
    public static byte[] write(JsonNode node) {
        try {
            return MAPPER.writeValueAsBytes(node);
        } catch (JacksonException e) {
            // A text with half of a surrogate pair, which JSON can say and UTF-8 cannot.
            return ESCAPING.writeValueAsBytes(node);
        }
    }
}

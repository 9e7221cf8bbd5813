package dev.mcpreel.captures.transfer;

import dev.mcpreel.captures.store.CaptureException;
import dev.mcpreel.captures.store.CaptureException.Category;
import dev.mcpreel.captures.wire.Json;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.node.ObjectNode;

/** Reads a HAR entry by entry. */
final class HarFile {
    /** Its exchanges are put into order in memory. */
    private static final long MOST_BYTES = 256L << 20;

    /** Reads one value and leaves what follows it. */
    private static final ObjectReader VALUES =
            Json.mapper().reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final Path file;

    HarFile(Path file) throws IOException {
        this.file = file;
        if (Files.size(file) > MOST_BYTES) {
            throw new CaptureException(
                    Category.DAMAGED,
                    file
                            + " is larger than 256 MiB, which is the most for a HAR: export a shorter stretch, or JSON Lines");
        }
    }

    /**
     * Reads all of it.
     *
     * @param sink takes the entries in the order of the file
     * @return what the log says beside its entries
     */
    Fields read(Consumer<Fields> sink) throws IOException {
        ObjectNode log = Json.mapper().createObjectNode();
        boolean[] entriesSeen = {false};
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
                JsonParser parser = Json.mapper().createParser(skipMark(in))) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw Fields.bad(file.toString(), "this is no HAR: it is no JSON object");
            }
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                JsonToken token = parser.nextToken();
                if (name.equals("log") && token == JsonToken.START_OBJECT) {
                    entriesSeen[0] |= log(parser, log, sink);
                } else {
                    parser.skipChildren();
                }
            }
        } catch (JacksonException e) {
            throw Fields.bad(
                    file + ", line " + e.getLocation().getLineNr(),
                    "this is no JSON, or the file was cut off; save it again");
        }
        if (!entriesSeen[0]) {
            throw Fields.bad(file.toString(), "this is no HAR: it has no log.entries");
        }
        return Fields.of(file + ", log", log);
    }

    private boolean log(JsonParser parser, ObjectNode log, Consumer<Fields> sink) {
        boolean seen = false;
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            JsonToken token = parser.nextToken();
            if (name.equals("entries") && token == JsonToken.START_ARRAY) {
                seen = true;
                int index = 0;
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    JsonNode entry = VALUES.readTree(parser);
                    sink.accept(Fields.of(file + ", entries[" + index++ + "]", entry));
                }
            } else if (name.equals("pages")) {
                parser.skipChildren();
            } else {
                log.set(name, VALUES.readTree(parser));
            }
        }
        return seen;
    }

    /** Some tools put a byte order mark in front. */
    private static InputStream skipMark(InputStream in) throws IOException {
        in.mark(3);
        if (in.read() != 0xEF || in.read() != 0xBB || in.read() != 0xBF) {
            in.reset();
        }
        return in;
    }
}

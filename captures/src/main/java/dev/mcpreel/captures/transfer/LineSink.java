package dev.mcpreel.captures.transfer;

import dev.mcpreel.captures.wire.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;

/** Writes text to where an export goes. What cannot be written is an {@link UncheckedIOException}. */
final class LineSink {
    private final OutputStream out;

    LineSink(OutputStream out) {
        this.out = out;
    }

    /** A JSON value on a line of its own. */
    void line(JsonNode json) {
        line(render(json));
    }

    void line(String text) {
        text(text + "\n");
    }

    void text(String text) {
        try {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void flush() {
        try {
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String render(JsonNode json) {
        return SafeText.json(Json.mapper().writeValueAsString(json));
    }
}

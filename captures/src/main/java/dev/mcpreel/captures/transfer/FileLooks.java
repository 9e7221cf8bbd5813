package dev.mcpreel.captures.transfer;

import dev.mcpreel.captures.wire.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Recognises a file by the members of its first JSON object, however long it is. */
final class FileLooks {
    private FileLooks() {}

    static FileKind of(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                JsonParser parser = Json.mapper().createParser(in)) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                    switch (name) {
                        case "kind" -> {
                            return FileKind.JSONL;
                        }
                        case "log" -> {
                            return FileKind.HAR;
                        }
                        case "interactions" -> {
                            return FileKind.MCP_RECORDER;
                        }
                        case "format_version", "messages" -> {
                            return FileKind.MCP_CASSETTE;
                        }
                        default -> {
                            parser.nextToken();
                            parser.skipChildren();
                        }
                    }
                }
            }
        } catch (JacksonException e) {
            throw Fields.bad(file.toString(), "this is no JSON; " + cure());
        }
        throw Fields.bad(file.toString(), "this is none of the files that can be imported; " + cure());
    }

    private static String cure() {
        return "name a HAR, JSON Lines of mcp-reel export, or a cassette of mcp-recorder or mcp-cassette";
    }
}

package dev.mcpreel.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import org.jspecify.annotations.Nullable;

/**
 * Holds the first SSE event back until it is flushed, then decides the form of the whole answer: one JSON body when the
 * event is the JSON-RPC response, otherwise the event and all that follow as they come. For one writing thread at a time.
 */
final class FirstEventWriter extends Writer {
    private static final String DATA = "data: ";

    private final HttpServletResponse response;
    private final McpJsonMapper json;
    private final StringBuilder held = new StringBuilder();
    private @Nullable PrintWriter out;

    FirstEventWriter(HttpServletResponse response, McpJsonMapper json) {
        this.response = response;
        this.json = json;
    }

    @Override
    public void write(char[] text, int offset, int length) {
        if (out == null) {
            held.append(text, offset, length);
        } else {
            out.write(text, offset, length);
        }
    }

    @Override
    public void flush() throws IOException {
        if (out == null) {
            out = decide();
        }
        if (out.checkError()) {
            throw new IOException("The client is gone");
        }
    }

    @Override
    public void close() throws IOException {
        flush();
    }

    private PrintWriter decide() throws IOException {
        String message = message();
        String first = held.toString();
        if (McpSchema.deserializeJsonRpcMessage(json, message) instanceof JSONRPCResponse) {
            response.setContentType("application/json");
            response.setContentLength(message.getBytes(UTF_8).length);
            first = message;
        }
        PrintWriter writer = response.getWriter();
        writer.write(first);
        return writer;
    }

    private String message() {
        int start = held.indexOf(DATA) + DATA.length();
        return held.substring(start, held.indexOf("\n", start));
    }
}

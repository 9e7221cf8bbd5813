package dev.mcpreel.demo;

import io.modelcontextprotocol.json.McpJsonMapper;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;

/**
 * Gives the SDK's transport, which answers every request with an event stream, the two answer forms that a Streamable
 * HTTP server may choose from (revision 2025-11-25, transports): a request whose first message is already its response is
 * answered as one JSON body, anything else as the event stream it is. A GET stream shows its head at once.
 */
final class AnswerForms implements Filter {
    private static final String EVENT_STREAM = "text/event-stream";

    private final McpJsonMapper json;

    AnswerForms(McpJsonMapper json) {
        this.json = json;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request instanceof HttpServletRequest http && response instanceof HttpServletResponse answer) {
            boolean post = http.getMethod().equals("POST");
            chain.doFilter(request, post ? new Post(answer, json) : new Stream(answer));
        } else {
            chain.doFilter(request, response);
        }
    }

    private static boolean streams(HttpServletResponse response) {
        String type = response.getContentType();
        return type != null && type.startsWith(EVENT_STREAM);
    }

    /** Without this the head of a GET stream waits for the first event, which may never come. */
    private static final class Stream extends HttpServletResponseWrapper {
        Stream(HttpServletResponse response) {
            super(response);
        }

        @Override
        public PrintWriter getWriter() throws IOException {
            PrintWriter writer = super.getWriter();
            if (streams(this)) {
                flushBuffer();
            }
            return writer;
        }
    }

    private static final class Post extends HttpServletResponseWrapper {
        private final HttpServletResponse target;
        private final McpJsonMapper json;

        Post(HttpServletResponse target, McpJsonMapper json) {
            super(target);
            this.target = target;
            this.json = json;
        }

        @Override
        public PrintWriter getWriter() throws IOException {
            return streams(this) ? new PrintWriter(new FirstEventWriter(target, json)) : super.getWriter();
        }
    }
}

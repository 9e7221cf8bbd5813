package dev.mcpreel.proxy.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.exchange.UpstreamChoice;
import dev.mcpreel.proxy.upstream.Assignment;
import dev.mcpreel.proxy.upstream.ConnectFailure;
import dev.mcpreel.proxy.upstream.Upstream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One exchange at a time through a {@link Rewriting}, as text: {@code "Name: value"} for each field, bodies in ISO 8859-1.
 * Every buffer given in is looked after: at the end of a response none may be held.
 */
final class RewriteRig implements Assignment {
    static final PublicUrl PUBLIC = PublicUrl.of("https://mcp.example");

    final List<String> endpoints = new ArrayList<>();
    private final Upstream upstream;
    private final Rewriting rewriting;
    private final List<ByteBuf> given = new ArrayList<>();
    private final List<HttpObject> out = new ArrayList<>();
    /** Pooled buffers are watched for leaks as well, which takes its time; {@link #done} looks at every buffer. */
    private boolean pooled;

    private String target = "/mcp";
    private String host = "proxy.local:8080";
    private HttpMethod method = HttpMethod.GET;
    private @Nullable ResponseRewrite response;
    private boolean cut;
    private int piecesOut;

    RewriteRig(Rewriting rewriting, String upstream) {
        this.rewriting = rewriting;
        this.upstream = Upstream.of(URI.create(upstream));
    }

    RewriteRig() {
        this(new Rewriting(HostMode.PRESERVE, PUBLIC, false, false), "http://127.0.0.1:3001");
    }

    RewriteRig asking(HttpMethod asked, String of, String at) {
        method = asked;
        target = of;
        host = at;
        return this;
    }

    RewriteRig pooled(boolean how) {
        pooled = how;
        return this;
    }

    RewriteRig get(String of) {
        return asking(HttpMethod.GET, of, host);
    }

    /** Begins a response. */
    RewriteRig head(int status, String... fields) {
        HttpRequest request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, method, target);
        request.headers().add("Host", host);
        response = rewriting.response(request, this);
        out.clear();
        given.clear();
        cut = false;
        HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status));
        for (String field : fields) {
            String[] parts = field.split(": ", 2);
            head.headers().add(parts[0], parts[1]);
        }
        take(head);
        return this;
    }

    RewriteRig body(String... pieces) {
        for (String piece : pieces) {
            take(new DefaultHttpContent(buffer(piece)));
        }
        return this;
    }

    RewriteRig last(String piece, String... trailers) {
        LastHttpContent last = piece.isEmpty() && trailers.length == 0
                ? LastHttpContent.EMPTY_LAST_CONTENT
                : new DefaultLastHttpContent(buffer(piece));
        for (String field : trailers) {
            String[] parts = field.split(": ", 2);
            last.trailingHeaders().add(parts[0], parts[1]);
        }
        take(last);
        return this;
    }

    RewriteRig cut() {
        cut = true;
        if (response != null) {
            response.cut(out::add);
            response.cut(out::add);
        }
        return this;
    }

    private void take(HttpObject object) {
        piecesOut = out.size();
        if (response == null) {
            out.add(object);
        } else {
            response.accept(object, out::add);
        }
    }

    private ByteBuf buffer(String text) {
        int capacity = Math.max(1, text.length());
        ByteBuf buffer = pooled ? PooledByteBufAllocator.DEFAULT.directBuffer(capacity) : Unpooled.buffer(capacity);
        buffer.writeCharSequence(text, StandardCharsets.ISO_8859_1);
        given.add(buffer);
        return buffer;
    }

    boolean isUntouched() {
        return response == null;
    }

    /** The fields that went out; empty while the head is held. */
    List<String> fields() {
        List<String> fields = new ArrayList<>();
        for (HttpObject object : out) {
            if (object instanceof HttpResponse head) {
                head.headers().forEach(field -> fields.add(field.getKey() + ": " + field.getValue()));
            }
        }
        return fields;
    }

    List<String> trailers() {
        List<String> fields = new ArrayList<>();
        for (HttpObject object : out) {
            if (object instanceof LastHttpContent last) {
                last.trailingHeaders().forEach(field -> fields.add(field.getKey() + ": " + field.getValue()));
            }
        }
        return fields;
    }

    /** The body as far as it went out. */
    String text() {
        StringBuilder text = new StringBuilder();
        for (HttpObject object : out) {
            if (object instanceof HttpContent content) {
                text.append(content.content().toString(StandardCharsets.ISO_8859_1));
            }
        }
        return text.toString();
    }

    /** Whether the buffer of the last piece is what went out last. */
    @SuppressWarnings("ReferenceEquality") // the same buffer is asked for, not the same bytes
    boolean passedLastBuffer() {
        return !out.isEmpty()
                && out.get(out.size() - 1) instanceof HttpContent content
                && content.content() == given.get(given.size() - 1);
    }

    /** Ends a response: releases what went out, and looks that nothing else was kept; the order must be head, body, last. */
    String done() {
        String text = text();
        assertThat(out.get(0)).isInstanceOf(HttpResponse.class);
        assertThat(out.stream().filter(object -> object instanceof LastHttpContent))
                .hasSize(cut ? 0 : 1);
        if (!cut) {
            assertThat(out.get(out.size() - 1)).isInstanceOf(LastHttpContent.class);
        }
        for (HttpObject object : out) {
            if (object instanceof HttpContent content) {
                content.release();
            }
        }
        assertThat(given).allMatch(buffer -> buffer.refCnt() == 0);
        return text;
    }

    @Override
    public Upstream upstream() {
        return upstream;
    }

    @Override
    public UpstreamChoice choice() {
        return UpstreamChoice.ONLY;
    }

    @Override
    public String boundTo() {
        return "";
    }

    @Override
    public void connected() {}

    @Override
    public boolean connectFailed(ConnectFailure failure) {
        return false;
    }

    @Override
    public void responseHead(HttpResponse head) {}

    @Override
    public void endpoint(String named) {
        assertThat(piecesOut)
                .as("the client knows the endpoint before the selector")
                .isEqualTo(out.size());
        endpoints.add(named);
    }

    @Override
    public void ended() {}
}

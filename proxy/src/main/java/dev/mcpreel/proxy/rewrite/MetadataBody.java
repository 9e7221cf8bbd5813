package dev.mcpreel.proxy.rewrite;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AsciiString;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites a protected-resource metadata document. The head waits for the body, whose length it may state: at most
 * {@value #BOUND} bytes, as copies on the heap that need no release. A longer body passes as it is.
 */
final class MetadataBody implements ResponseRewrite {
    static final int BOUND = 64 * 1024;

    /** They would be wrong for a changed body: RFC 9530, and what it replaced. An ETag stays right. */
    private static final List<AsciiString> DIGESTS = List.of(
            AsciiString.cached("Content-Digest"),
            AsciiString.cached("Repr-Digest"),
            AsciiString.cached("Digest"),
            HttpHeaderNames.CONTENT_MD5);

    private final PublicUrl publicUrl;
    private final ByteBuf body = Unpooled.buffer(512);
    private @Nullable HttpResponse head;

    MetadataBody(PublicUrl publicUrl) {
        this.publicUrl = publicUrl;
    }

    @Override
    public void accept(HttpObject object, Consumer<? super HttpObject> out) {
        if (object instanceof HttpResponse response) {
            head = response;
        } else if (head == null || !(object instanceof HttpContent content)) {
            out.accept(object);
        } else if (content.content().readableBytes() > BOUND - body.readableBytes()) {
            cut(out);
            out.accept(content);
        } else {
            body.writeBytes(content.content());
            if (content instanceof LastHttpContent last) {
                end(head, last, out);
            } else {
                content.release();
            }
        }
    }

    private void end(HttpResponse response, LastHttpContent last, Consumer<? super HttpObject> out) {
        byte[] changed = MetadataDocument.withOrigin(ByteBufUtil.getBytes(body), publicUrl);
        if (changed != null) {
            Fields.replace(response.headers(), HttpHeaderNames.CONTENT_LENGTH, old -> Integer.toString(changed.length));
            removeDigests(response.headers());
            removeDigests(last.trailingHeaders());
            body.clear();
            body.writeBytes(changed);
        }
        cut(out);
        out.accept(last);
    }

    @Override
    public void cut(Consumer<? super HttpObject> out) {
        HttpResponse held = head;
        head = null;
        if (held != null) {
            out.accept(held);
            if (body.isReadable()) {
                out.accept(new DefaultHttpContent(body));
            }
        }
    }

    private static void removeDigests(HttpHeaders headers) {
        for (AsciiString name : DIGESTS) {
            // The trailers of a body without any cannot be changed.
            if (headers.contains(name)) {
                headers.remove(name);
            }
        }
    }
}

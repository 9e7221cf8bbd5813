package dev.mcpreel.proxy.rewrite;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Gives the URL of an event stream's endpoint event the public origin. Of the first event the bytes wait, as copies on the
 * heap that need no release, until its blank line shows what it is; all that stands before and behind it passes in the
 * buffers it came in.
 */
final class EndpointBody implements ResponseRewrite {
    private final PublicUrl publicUrl;
    private final EndpointListener listener;
    private final FirstEvent first = new FirstEvent();
    private ByteBuf waiting = Unpooled.EMPTY_BUFFER;
    private boolean over;

    EndpointBody(PublicUrl publicUrl, EndpointListener listener) {
        this.publicUrl = publicUrl;
        this.listener = listener;
    }

    @Override
    public void accept(HttpObject object, Consumer<? super HttpObject> out) {
        if (over || !(object instanceof HttpContent content)) {
            out.accept(object);
            return;
        }
        int read = first.feed(content.content());
        LocatedText endpoint = first.endpoint();
        if (endpoint != null) {
            listener.named(endpoint);
        }
        byte[] changed = endpoint == null ? null : changed(endpoint);
        if (changed != null) {
            over = true;
            passChanged(content, read, changed, out);
        } else if (first.isDecided() || content instanceof LastHttpContent) {
            cut(out);
            out.accept(content);
        } else {
            hold(content, out);
        }
    }

    @Override
    public void cut(Consumer<? super HttpObject> out) {
        over = true;
        passWaiting(out);
    }

    private byte @Nullable [] changed(LocatedText endpoint) {
        UrlOrigin origin = UrlOrigin.findInReference(endpoint.text(), publicUrl.scheme());
        if (origin == null || publicUrl.isOriginOf(origin)) {
            return null;
        }
        byte[] block = first.block();
        int from = endpoint.offset(origin.start());
        int to = endpoint.offset(origin.end());
        ByteBuf changed = Unpooled.buffer(block.length + publicUrl.origin().length());
        changed.writeBytes(block, 0, from);
        changed.writeCharSequence(publicUrl.origin(), StandardCharsets.US_ASCII);
        changed.writeBytes(block, to, block.length - to);
        return ByteBufUtil.getBytes(changed);
    }

    /** Everything of the content that is not in a block which has begun passes. */
    private void hold(HttpContent content, Consumer<? super HttpObject> out) {
        ByteBuf bytes = content.content();
        int held = first.blockLength();
        int more = held - waiting.readableBytes();
        if (more != bytes.readableBytes()) {
            passWaiting(out);
            more = held;
        }
        if (more > 0) {
            if (!waiting.isReadable()) {
                waiting = Unpooled.buffer(held, FirstEvent.BOUND);
            }
            int end = bytes.writerIndex() - more;
            waiting.writeBytes(bytes, end, more);
            bytes.writerIndex(end);
        }
        passUnlessEmpty(content, out);
    }

    /** The event stands at the end of what waits and of the bytes read from the content. */
    private void passChanged(HttpContent content, int read, byte[] changed, Consumer<? super HttpObject> out) {
        ByteBuf bytes = content.content();
        int before = waiting.readableBytes() + read - first.blockLength();
        int rest = read;
        if (before > 0) {
            int ofContent = before - waiting.readableBytes();
            passWaiting(out);
            passUnlessEmpty(new DefaultHttpContent(bytes.readRetainedSlice(ofContent)), out);
            rest -= ofContent;
        }
        waiting = Unpooled.EMPTY_BUFFER;
        out.accept(new DefaultHttpContent(Unpooled.wrappedBuffer(changed)));
        bytes.skipBytes(rest);
        passUnlessEmpty(content, out);
    }

    private void passWaiting(Consumer<? super HttpObject> out) {
        if (waiting.isReadable()) {
            ByteBuf bytes = waiting;
            waiting = Unpooled.EMPTY_BUFFER;
            out.accept(new DefaultHttpContent(bytes));
        }
    }

    private static void passUnlessEmpty(HttpContent content, Consumer<? super HttpObject> out) {
        if (content.content().isReadable() || content instanceof LastHttpContent) {
            out.accept(content);
        } else {
            content.release();
        }
    }
}

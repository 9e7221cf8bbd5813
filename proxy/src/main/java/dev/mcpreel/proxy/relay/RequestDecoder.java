package dev.mcpreel.proxy.relay;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpConstants;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;

/**
 * Reads requests. Unlike Netty's own decoder it refuses folded field lines, which two readers may take for different
 * fields (RFC 9112 section 5.2), and knows whether the client is within a head, so that one who never ends it can be
 * told from one who is silent.
 */
final class RequestDecoder extends HttpRequestDecoder {
    private boolean inHead = true;
    private boolean headBegun;
    private boolean lineBegins;
    private boolean folded;

    RequestDecoder(HttpDecoderConfig config) {
        super(config);
    }

    /** Whether some of a head has come, and not all of it. */
    boolean isWithinHead() {
        return inHead && headBegun;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
        int from = in.readerIndex();
        int before = out.size();
        super.decode(ctx, in, out);
        if (inHead) {
            inspect(in, from);
        }
        for (int i = before; i < out.size(); i++) {
            follow(out.get(i));
        }
    }

    private void inspect(ByteBuf in, int from) {
        in.forEachByte(from, in.readerIndex() - from, this::inspect);
        // What is not consumed is the beginning of a line.
        headBegun |= in.isReadable() && !isLineEnd(in.getByte(in.readerIndex()));
    }

    private boolean inspect(byte next) {
        folded |= headBegun && lineBegins && (next == HttpConstants.SP || next == HttpConstants.HT);
        lineBegins = next == HttpConstants.LF;
        headBegun |= !isLineEnd(next);
        return true;
    }

    /** Empty lines before a request are no part of it (RFC 9112 section 2.2). */
    private static boolean isLineEnd(byte next) {
        return next == HttpConstants.CR || next == HttpConstants.LF;
    }

    private void follow(Object object) {
        if (object instanceof HttpMessage head) {
            if (folded && head instanceof HttpRequest && head.decoderResult().isSuccess()) {
                head.setDecoderResult(DecoderResult.failure(new IllegalArgumentException("a field line is folded")));
            }
            inHead = false;
        }
        if (object instanceof LastHttpContent) {
            inHead = true;
            headBegun = false;
            lineBegins = false;
            folded = false;
        }
    }
}

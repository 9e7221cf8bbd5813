package dev.mcpreel.proxy.relay;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpStatusClass;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads responses with every field they came with, and nothing but HTTP; Netty's own decoder takes Transfer-Encoding out
 * of a response without content, as one to HEAD, and stops decoding behind a 101.
 */
final class ResponseDecoder extends HttpResponseDecoder {
    private final BooleanSupplier answersHead;
    private @Nullable HttpHeaders asReceived;

    /**
     * A decoder.
     *
     * @param answersHead whether the response being read answers a HEAD request
     */
    ResponseDecoder(HttpDecoderConfig config, BooleanSupplier answersHead) {
        super(config);
        this.answersHead = answersHead;
    }

    @Override
    protected boolean isContentAlwaysEmpty(HttpMessage message) {
        HttpResponse response = (HttpResponse) message;
        boolean interim = response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
        boolean empty = super.isContentAlwaysEmpty(message) || (!interim && answersHead.getAsBoolean());
        if (empty && message.headers().contains(HttpHeaderNames.TRANSFER_ENCODING)) {
            asReceived = message.headers().copy();
        }
        return empty;
    }

    /**
     * No other protocol is relayed, so what follows a 101 is read on as HTTP. Netty's own decoder would hand it over as
     * bare buffers, for a codec that is to take its place, and here they are nobody's to release.
     */
    @Override
    protected boolean isSwitchingToNonHttp1Protocol(HttpResponse response) {
        return false;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
        int before = out.size();
        super.decode(ctx, in, out);
        if (asReceived != null && out.size() > before && out.get(before) instanceof HttpResponse response) {
            response.headers().set(asReceived);
            asReceived = null;
        }
    }
}

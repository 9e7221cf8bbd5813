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
 * Reads responses with every field they came with; Netty's own decoder takes Transfer-Encoding out of a response
 * without content, as one to HEAD.
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

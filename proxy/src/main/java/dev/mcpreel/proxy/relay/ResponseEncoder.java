package dev.mcpreel.proxy.relay;

import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpStatusClass;
import java.util.function.BooleanSupplier;

/**
 * Writes responses with every field they came with; Netty's own encoder takes framing fields out of some. Which
 * responses have no content: RFC 9110 section 6.4.1.
 */
final class ResponseEncoder extends HttpResponseEncoder {
    private final BooleanSupplier answersHead;

    /**
     * An encoder.
     *
     * @param answersHead whether the response being written answers a HEAD request
     */
    ResponseEncoder(BooleanSupplier answersHead) {
        this.answersHead = answersHead;
    }

    @Override
    protected void sanitizeHeadersBeforeEncode(HttpResponse response, boolean isAlwaysEmpty) {}

    @Override
    protected boolean isContentAlwaysEmpty(HttpResponse response) {
        int code = response.status().code();
        return answersHead.getAsBoolean()
                || code == 204
                || code == 304
                || response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    }
}

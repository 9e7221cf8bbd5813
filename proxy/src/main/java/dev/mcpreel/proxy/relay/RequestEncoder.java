package dev.mcpreel.proxy.relay;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpConstants;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestEncoder;
import java.nio.charset.StandardCharsets;

/** Writes the request line with the target as it came; Netty's own encoder mends targets and recodes them in UTF-8. */
final class RequestEncoder extends HttpRequestEncoder {
    @Override
    protected void encodeInitialLine(ByteBuf out, HttpRequest request) {
        out.writeCharSequence(request.method().asciiName(), StandardCharsets.US_ASCII);
        out.writeByte(HttpConstants.SP);
        out.writeCharSequence(request.uri(), StandardCharsets.ISO_8859_1);
        out.writeByte(HttpConstants.SP);
        out.writeCharSequence(request.protocolVersion().text(), StandardCharsets.US_ASCII);
        out.writeByte(HttpConstants.CR);
        out.writeByte(HttpConstants.LF);
    }
}

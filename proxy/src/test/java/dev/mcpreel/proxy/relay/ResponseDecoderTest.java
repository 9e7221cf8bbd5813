package dev.mcpreel.proxy.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObject;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ResponseDecoderTest {
    @Test
    void bytesBehindASwitchOfProtocols_areReadAsHttp() {
        EmbeddedChannel upstream = new EmbeddedChannel(new ResponseDecoder(new HttpDecoderConfig(), () -> false));
        upstream.writeInbound(
                Unpooled.copiedBuffer("HTTP/1.1 101 x\r\n\r\nframes\r\n\r\n", StandardCharsets.ISO_8859_1));
        assertThat(upstream.inboundMessages()).hasSizeGreaterThan(2).hasOnlyElementsOfType(HttpObject.class);
        assertThat(((HttpObject) upstream.inboundMessages().toArray()[2])
                        .decoderResult()
                        .isFailure())
                .isTrue();
        upstream.finishAndReleaseAll();
    }
}

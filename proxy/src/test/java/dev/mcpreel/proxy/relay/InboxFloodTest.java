package dev.mcpreel.proxy.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.proxy.rewrite.HostMode;
import dev.mcpreel.proxy.rewrite.Rewriting;
import dev.mcpreel.proxy.testkit.CollectingTap;
import dev.mcpreel.proxy.upstream.UpstreamConnector;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A kernel can hold more of what a client sent ahead than the inbox is ready to take. */
@Timeout(30)
class InboxFloodTest {
    @Test
    void moreThanCanWait_isRefusedAndReleased() {
        CollectingTap tap = new CollectingTap();
        EmbeddedChannel client = new EmbeddedChannel();
        ConnectionPair pair = new ConnectionPair(context(tap), client, new RequestDecoder(new HttpDecoderConfig()));
        pair.begin(new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/"), 1);
        pair.connecting();
        ByteBuf piece = Unpooled.buffer(1).writeByte(1);
        int sent = 0;
        while (pair.state() == PairState.CONNECTING && sent < 1_000_000) {
            pair.clientSent(new DefaultHttpContent(piece.retainedDuplicate()));
            sent++;
        }
        assertThat(sent).isBetween(64 * 1024 / 6, 20_000);
        assertThat(piece.refCnt()).isEqualTo(1);
        piece.release();
        FullHttpResponse refusal = client.readOutbound();
        assertThat(refusal.status()).isEqualTo(HttpResponseStatus.BAD_REQUEST);
        refusal.release();
        assertThat(tap.ended(0).ending()).isEqualTo("BAD_REQUEST by CLIENT");
        client.finishAndReleaseAll();
    }

    private static RelayContext context(CollectingTap tap) {
        return new RelayContext(
                (request, client) -> {
                    throw new AssertionError("nothing is sent on here");
                },
                new UpstreamConnector(new Bootstrap()),
                new Rewriting(HostMode.PRESERVE, null, false, false),
                RelayLimits.DEFAULT,
                tap,
                System::nanoTime,
                new RelayCounters());
    }
}

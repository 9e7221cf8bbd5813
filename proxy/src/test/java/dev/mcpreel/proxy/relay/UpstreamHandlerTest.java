package dev.mcpreel.proxy.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.proxy.rewrite.HostMode;
import dev.mcpreel.proxy.rewrite.Rewriting;
import dev.mcpreel.proxy.testkit.CollectingTap;
import dev.mcpreel.proxy.upstream.Balance;
import dev.mcpreel.proxy.upstream.BalancedUpstreams;
import dev.mcpreel.proxy.upstream.Upstream;
import dev.mcpreel.proxy.upstream.UpstreamConnector;
import dev.mcpreel.proxy.upstream.UpstreamProbe;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever an upstream sends, and whether anybody still wants it: it is released. */
@Timeout(30)
class UpstreamHandlerTest {
    private static final HttpRequest REQUEST = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");

    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
    private final CollectingTap tap = new CollectingTap();
    private final BalancedUpstreams upstreams = BalancedUpstreams.of(
            Balance.parse("round-robin"),
            List.of(Upstream.of(URI.create("http://127.0.0.1:3001"))),
            new NoProbe(),
            System::nanoTime,
            1);
    private final EmbeddedChannel client = new EmbeddedChannel();
    private final ConnectionPair pair =
            new ConnectionPair(context(), client, new RequestDecoder(new HttpDecoderConfig()));
    private final EmbeddedChannel upstream =
            new EmbeddedChannel(RelayInitializer.upstreamSide(RelayLimits.DEFAULT, pair));

    private RelayContext context() {
        return new RelayContext(
                upstreams,
                new UpstreamConnector(new Bootstrap()),
                new Rewriting(HostMode.PRESERVE, null, false, false),
                RelayLimits.DEFAULT,
                tap,
                System::nanoTime,
                new RelayCounters());
    }

    private void serveExchange() {
        UpstreamLink link = new UpstreamLink(upstream, upstreams.assign(REQUEST, null));
        UpstreamHandler.of(upstream).serve(link);
        pair.begin(REQUEST, 1);
        pair.relaying(link);
    }

    private void send(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        upstream.writeInbound(allocator.heapBuffer(bytes.length).writeBytes(bytes));
    }

    private long held() {
        return allocator.metric().usedHeapMemory() + allocator.metric().usedDirectMemory();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 101 x\r\n\r\n!",
                "HTTP/1.1 101 x\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: x\r\n\r\n\u0081\2hi",
                "HTTP/1.1 101 x\r\nUpgrade: h2c\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
            })
    void bytesBehindASwitchOfProtocols_areReleased(String answer) {
        upstream.config().setAllocator(allocator);
        serveExchange();
        send(answer);
        assertThat(tap.ended(0).ending()).isEqualTo("BAD_RESPONSE by UPSTREAM");
        client.finishAndReleaseAll();
        upstream.finishAndReleaseAll();
        assertThat(held()).as("bytes that leaked").isZero();
    }

    @Test
    void answerBeforeThePairTakesTheConnection_isReleased() {
        upstream.config().setAllocator(allocator);
        send("HTTP/1.1 408 x\r\nContent-Length: 2\r\n\r\nno");
        upstream.finishAndReleaseAll();
        assertThat(held()).as("bytes that leaked").isZero();
    }

    /** For one upstream that is up. */
    private static final class NoProbe implements UpstreamProbe {
        @Override
        public void schedule(long delayNanos, Runnable task) {
            throw new AssertionError("nothing is probed here");
        }

        @Override
        public void connect(Upstream down, Consumer<Boolean> reached) {
            throw new AssertionError("nothing is probed here");
        }
    }
}

package dev.mcpreel.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.tap.ExchangeTap;
import dev.mcpreel.captures.tap.TrafficTap;
import dev.mcpreel.proxy.testkit.FakeUpstream;
import dev.mcpreel.proxy.testkit.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A recorder that fails changes nothing for the two ends. */
@Timeout(60)
class ThrowingTapTest {
    private static final String REQUEST = "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\nbody";
    private static final String RESPONSE = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nanswer";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "begin",
                "requestHead",
                "requestBody",
                "requestEnd",
                "upstreamConnected",
                "responseHead",
                "responseBody",
                "responseEnd",
                "end"
            })
    void throwingTap_isCountedOnceAndTheExchangeGoesOn(String failing) throws IOException {
        BrokenTap tap = new BrokenTap(failing);
        ProxyStats stats = relayTwice(tap);
        assertThat(stats.tapFailures()).isEqualTo(2);
        assertThat(tap.abandoned()).hasValue(failing.equals("begin") ? 0 : 2);
        assertThat(stats.exchangesInFlight()).isZero();
    }

    @Test
    void throwingConnectionId_isCountedAndTheConnectionGoesOn() throws IOException {
        assertThat(relayTwice(new BrokenTap("newConnectionId")).tapFailures()).isEqualTo(1);
    }

    @Test
    void tapThatMovesTheReaderIndex_takesNothingAway() throws IOException {
        assertThat(relayTwice(new BrokenTap("none")).tapFailures()).isZero();
    }

    /** Two exchanges on one connection. */
    private static ProxyStats relayTwice(TrafficTap tap) throws IOException {
        FakeUpstream server = new FakeUpstream();
        RecordingProxy proxy = RecordingProxy.start(ProxyConfig.of("127.0.0.1:0", server.url()), tap);
        try {
            Wire client = Wire.connect(proxy.address()).send(REQUEST);
            Wire upstream = server.accept();
            assertRelayed(client, upstream);
            client.send(REQUEST);
            assertRelayed(client, upstream);
            client.close();
        } finally {
            proxy.close(Duration.ZERO);
            server.close();
        }
        return proxy.stats();
    }

    private static void assertRelayed(Wire client, Wire upstream) throws IOException {
        assertThat(upstream.read(REQUEST.length())).isEqualTo(REQUEST);
        upstream.send(RESPONSE);
        assertThat(client.read(RESPONSE.length())).isEqualTo(RESPONSE);
    }

    /** Throws in one method, and skips bytes it was given in the others. */
    private record BrokenTap(String failing, AtomicInteger abandoned) implements TrafficTap {
        BrokenTap(String failing) {
            this(failing, new AtomicInteger());
        }

        @Override
        public long newConnectionId() {
            return fail("newConnectionId");
        }

        @Override
        public ExchangeTap begin(EventLoop loop, long connectionId, String peer) {
            fail("begin");
            return (ExchangeTap) Proxy.newProxyInstance(
                    ExchangeTap.class.getClassLoader(),
                    new Class<?>[] {ExchangeTap.class},
                    (tap, method, arguments) -> {
                        if (method.getName().equals("abandon")) {
                            abandoned.incrementAndGet();
                            throw new IllegalStateException("broken for good");
                        }
                        if (arguments[0] instanceof ByteBuf bytes) {
                            bytes.skipBytes(bytes.readableBytes());
                        }
                        fail(method.getName());
                        return null;
                    });
        }

        private long fail(String method) {
            if (method.equals(failing)) {
                throw new IllegalStateException("broken in " + method);
            }
            return 1;
        }
    }
}

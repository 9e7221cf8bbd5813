package dev.mcpreel.proxy;

import static dev.mcpreel.proxy.testkit.Wire.lines;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mcpreel.proxy.testkit.SeenExchange;
import dev.mcpreel.proxy.testkit.Wire;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bytes go on as they come, and no faster than they are taken. */
@Timeout(120)
class StreamingTest {
    private static final int MIB = 1024 * 1024;
    private static final int BODY = 64 * MIB;
    /** Kernel buffers of four sockets at their largest, and what the proxy holds. */
    private static final int IN_FLIGHT_MAX = 24 * MIB;

    private ProxyRig rig;

    @AfterEach
    void stop() throws IOException {
        rig.close();
    }

    @ParameterizedTest
    @EnumSource
    void events_arriveOneByOne(Transport transport) throws IOException {
        rig = new ProxyRig(transport);
        Wire client = rig.client().send("GET /mcp HTTP/1.1\r\nHost: h\r\nAccept: text/event-stream\r\n\r\n");
        Wire upstream = rig.upstream.accept();
        upstream.readHead();
        upstream.send(
                lines("HTTP/1.1 200 OK", "Content-Type: text/event-stream", "Transfer-Encoding: chunked", "", ""));
        client.readHead();
        for (int i = 100; i < 200; i++) {
            String event = "id: " + i + "\ndata: {}\n\n";
            upstream.send("12\r\n" + event + "\r\n");
            assertThat(client.readThrough("\n\n\r\n")).isEqualTo("12\r\n" + event + "\r\n");
        }
        upstream.send("0\r\n\r\n");
        assertThat(client.read(5)).isEqualTo("0\r\n\r\n");
        SeenExchange seen = rig.ended(0);
        assertThat(seen.pieces()).hasSize(100).first().isEqualTo("id: 100\ndata: {}\n\n");
        assertThat(seen.pieceTimes()).hasSize(100).isSorted().doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource
    void requestBody_isStreamedAsItComes(Transport transport) throws IOException {
        rig = new ProxyRig(transport);
        Wire client = rig.client().send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 500\r\n\r\n");
        Wire upstream = rig.upstream.accept();
        upstream.readHead();
        for (int i = 0; i < 50; i++) {
            client.send("0123456789");
            assertThat(upstream.read(10)).isEqualTo("0123456789");
        }
    }

    @ParameterizedTest
    @EnumSource
    void largeResponse_forAClientThatDoesNotRead_isHeldBack(Transport transport) throws Exception {
        rig = new ProxyRig(transport);
        Wire client = rig.client().send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
        Wire upstream = rig.upstream.accept();
        upstream.readHead();
        upstream.send("HTTP/1.1 200 OK\r\nContent-Length: " + BODY + "\r\n\r\n");
        client.readHead();
        assertHeldBack(upstream, client);
        SeenExchange seen = rig.ended(0);
        assertThat(seen.ending()).isEqualTo("COMPLETE by UPSTREAM");
        assertThat(crc(seen.responseBytes())).isEqualTo(crc(body()));
    }

    @ParameterizedTest
    @EnumSource
    void largeRequest_forAnUpstreamThatDoesNotRead_isHeldBack(Transport transport) throws Exception {
        rig = new ProxyRig(transport);
        Wire client = rig.client().send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: " + BODY + "\r\n\r\n");
        Wire upstream = rig.upstream.accept();
        upstream.readHead();
        assertHeldBack(client, upstream);
        upstream.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        assertThat(crc(rig.ended(0).requestBytes())).isEqualTo(crc(body()));
    }

    /** Sends a body that nobody reads until the sender is stuck, then reads it. */
    private static void assertHeldBack(Wire sender, Wire receiver) throws Exception {
        long memoryBefore = directMemory();
        AtomicLong sent = new AtomicLong();
        CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> {
            byte[] body = body();
            try {
                for (int at = 0; at < BODY; at += 64 * 1024) {
                    sender.socket().getOutputStream().write(body, at, 64 * 1024);
                    sent.addAndGet(64 * 1024);
                }
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        long stuckAt = awaitStuck(sent);
        assertThat(stuckAt).isLessThan(IN_FLIGHT_MAX);
        assertThat(directMemory() - memoryBefore).isLessThan(8L * MIB);

        CRC32 received = new CRC32();
        for (int i = 0; i < 64; i++) {
            received.update(receiver.readBytes(MIB));
        }
        sending.get();
        assertThat(received.getValue()).isEqualTo(crc(body()));
        assertThat(directMemory() - memoryBefore).isLessThan(8L * MIB);
    }

    /** The count once it has not moved for half a second. */
    private static long awaitStuck(AtomicLong sent) {
        AtomicLong last = new AtomicLong(-1);
        AtomicLong since = new AtomicLong(System.nanoTime());
        await().until(() -> {
            long now = sent.get();
            if (last.getAndSet(now) != now) {
                since.set(System.nanoTime());
            }
            return now > 0 && System.nanoTime() - since.get() > 500_000_000L;
        });
        return last.get();
    }

    private static long directMemory() {
        return ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT)
                .metric()
                .usedDirectMemory();
    }

    private static byte[] body() {
        byte[] body = new byte[BODY];
        for (int i = 0; i < BODY; i++) {
            body[i] = (byte) (i * 31 + (i >> 12));
        }
        return body;
    }

    private static long crc(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return crc.getValue();
    }
}

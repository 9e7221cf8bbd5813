package dev.mcpreel.proxy;

import static dev.mcpreel.proxy.testkit.Wire.lines;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.tap.ExchangeTap;
import dev.mcpreel.captures.tap.TrafficTap;
import dev.mcpreel.captures.testkit.LoopWatch;
import dev.mcpreel.proxy.testkit.CollectingTap;
import dev.mcpreel.proxy.testkit.FakeUpstream;
import dev.mcpreel.proxy.testkit.Wire;
import io.netty.channel.EventLoop;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nothing that the proxy does on an event loop blocks it, and a tap that does is noticed. */
@Timeout(60)
class LoopsNeverBlockTest {
    private static final int BODY = 8 * 1024 * 1024;

    @TempDir
    private static Path folder;

    @BeforeEach
    void watch() throws InterruptedException {
        LoopWatch.begin();
    }

    @ParameterizedTest
    @EnumSource
    void traffic_ofEveryKind_neverBlocksALoop(Transport transport) throws Exception {
        ProxyRig rig = new ProxyRig(transport);
        try {
            keptConnection(rig);
            eventStream(rig);
            bigBodies(rig);
            badRequest(rig);
            resets(rig);
            rig.client().send("GET /in-flight HTTP/1.1\r\nHost: h\r\n\r\n");
            rig.upstream.accept().readHead();
            rig.proxy.close(Duration.ofMillis(50));
        } finally {
            rig.close();
        }
        assertThat(rig.tap.exchanges()).hasSizeGreaterThan(7);
        assertThat(LoopWatch.notes()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void upstream_byNameOrRefusingOrUnknown_neverBlocksALoop(Transport transport) throws Exception {
        FakeUpstream named = new FakeUpstream();
        ProxyRig rig = new ProxyRig(transport, config -> toUpstream("http://localhost:" + named.port()));
        try {
            Wire client = rig.client().send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
            answer(named.accept());
            client.readHead();
        } finally {
            rig.close();
            named.close();
        }
        int closed = freePort();
        for (String upstream :
                new String[] {"http://127.0.0.1:" + closed, "http://localhost:" + closed, "http://no.such.invalid:80"
                }) {
            ProxyRig dead = new ProxyRig(transport, config -> toUpstream(upstream));
            try {
                assertThat(dead.client()
                                .send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
                                .readHead())
                        .startsWith("HTTP/1.1 502 ");
            } finally {
                dead.close();
            }
        }
        assertThat(LoopWatch.notes()).isEmpty();
    }

    /** What a careless tap might do on the loop. */
    enum Carelessness {
        SLEEP("sleep") {
            @Override
            void block() throws InterruptedException {
                TimeUnit.MILLISECONDS.sleep(1);
            }
        },
        LOCK("park") {
            @Override
            void block() throws InterruptedException {
                assertThat(new CountDownLatch(1).await(1, TimeUnit.MILLISECONDS))
                        .isFalse();
            }
        },
        MONITOR("wait") {
            @Override
            @SuppressWarnings("WaitNotInLoop") // waking early is as good
            synchronized void block() throws InterruptedException {
                wait(1);
            }
        },
        NAME("lookupAllHostAddr") {
            @Override
            void block() throws IOException {
                assertThat(InetAddress.getAllByName("localhost")).isNotEmpty();
            }
        },
        FILE("open0") {
            @Override
            void block() throws IOException {
                Files.writeString(folder.resolve("file"), "text");
            }
        },
        FORCE("force0") {
            @Override
            void block() throws IOException {
                try (FileChannel file = FileChannel.open(Files.createTempFile(folder, "forced", ""))) {
                    file.force(true);
                }
            }
        },
        STREAM("write") {
            @Override
            void block() throws IOException {
                try (OutputStream log =
                        new FileOutputStream(folder.resolve("log").toFile())) {
                    log.write('x');
                }
            }
        };

        private final String noted;

        Carelessness(String noted) {
            this.noted = noted;
        }

        abstract void block() throws IOException, InterruptedException;
    }

    @ParameterizedTest
    @EnumSource
    void tapThatBlocks_isNoticed(Carelessness carelessness) throws Exception {
        FakeUpstream upstream = new FakeUpstream();
        RecordingProxy proxy =
                RecordingProxy.start(ProxyConfig.of("127.0.0.1:0", upstream.url()), new CarelessTap(carelessness));
        try {
            Wire client = Wire.connect(proxy.address()).send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
            answer(upstream.accept());
            client.readHead();
            client.close();
        } finally {
            proxy.close(Duration.ZERO);
            upstream.close();
        }
        assertThat(LoopWatch.notes())
                .anySatisfy(note -> assertThat(note.lines().findFirst().orElseThrow())
                        .startsWith("relay-")
                        .contains(carelessness.noted))
                .allSatisfy(note -> assertThat(note).contains("CarelessTap"));
    }

    private static void keptConnection(ProxyRig rig) throws IOException {
        Wire client = rig.client();
        Wire upstream = null;
        for (int i = 0; i < 3; i++) {
            client.send("POST /mcp HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\n{}");
            upstream = upstream == null ? rig.upstream.accept() : upstream;
            answer(upstream);
            upstream.read(2);
            client.readHead();
        }
        client.close();
    }

    private static void eventStream(ProxyRig rig) throws IOException {
        Wire client = rig.client().send("GET /mcp HTTP/1.1\r\nHost: h\r\nAccept: text/event-stream\r\n\r\n");
        Wire upstream = rig.upstream.accept();
        upstream.readHead();
        upstream.send(
                lines("HTTP/1.1 200 OK", "Content-Type: text/event-stream", "Transfer-Encoding: chunked", "", ""));
        client.readHead();
        for (int i = 0; i < 20; i++) {
            upstream.send("a\r\ndata: {}\n\n\r\n");
            client.readThrough("\n\n\r\n");
        }
        client.close();
        assertThat(upstream.readToEnding()).endsWith("<FIN>");
    }

    /** More than the sockets hold, read late: so back-pressure is part of it. */
    private static void bigBodies(ProxyRig rig) throws Exception {
        Wire client = rig.client();
        String length = "Content-Length: " + BODY + "\r\n\r\n";
        CompletableFuture<Void> sending = sendLater(client, "POST / HTTP/1.1\r\nHost: h\r\n" + length);
        Wire upstream = rig.upstream.accept();
        upstream.readHead();
        upstream.readBytes(BODY);
        sending.get();
        CompletableFuture<Void> answering = sendLater(upstream, "HTTP/1.1 200 OK\r\n" + length);
        client.readHead();
        client.readBytes(BODY);
        answering.get();
    }

    private static CompletableFuture<Void> sendLater(Wire wire, String head) {
        return CompletableFuture.runAsync(() -> {
            try {
                wire.send(head).send(new byte[BODY]);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static void badRequest(ProxyRig rig) throws IOException {
        assertThat(rig.client().send("GET / HTTP/1.1\r\nno field\r\n\r\n").readHead())
                .startsWith("HTTP/1.1 400 ");
    }

    private static void resets(ProxyRig rig) throws IOException {
        Wire leaving = rig.client().send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
        Wire upstream = rig.upstream.accept();
        upstream.readHead();
        leaving.reset();
        upstream.readToEnding();
        Wire client = rig.client().send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
        Wire resetting = rig.upstream.accept();
        resetting.readHead();
        resetting.reset();
        client.readToEnding();
    }

    private static void answer(Wire upstream) throws IOException {
        upstream.readHead();
        upstream.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    }

    private static ProxyConfig toUpstream(String url) {
        return ProxyConfig.of("127.0.0.1:0", url).withLoops(2);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Blocks at the beginning of every exchange. */
    private static final class CarelessTap implements TrafficTap {
        private final TrafficTap tap = new CollectingTap();
        private final Carelessness carelessness;

        CarelessTap(Carelessness carelessness) {
            this.carelessness = carelessness;
        }

        @Override
        public long newConnectionId() {
            return tap.newConnectionId();
        }

        @Override
        public ExchangeTap begin(EventLoop loop, long connectionId, String peer) {
            try {
                carelessness.block();
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return tap.begin(loop, connectionId, peer);
        }
    }
}

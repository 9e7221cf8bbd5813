package dev.mcpreel.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LoopProbeTest {
    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final UpstreamProbe probe = UpstreamProbe.on(
            loops,
            new UpstreamConnector(new Bootstrap()
                    .channel(NioSocketChannel.class)
                    .option(ChannelOption.AUTO_READ, false)
                    .option(ChannelOption.AUTO_CLOSE, false)));

    @AfterEach
    void stop() {
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    @Test
    void listening_isReached_andTheConnectionClosedAtOnce() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(reached("127.0.0.1", server.getLocalPort())).isTrue();
            assertSilence(server);
        }
    }

    @Test
    void name_isResolved() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(reached("localhost", server.getLocalPort())).isTrue();
            assertSilence(server);
        }
    }

    @Test
    void nobodyListening_isNotReached() throws Exception {
        int port;
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = server.getLocalPort();
        }
        assertThat(reached("127.0.0.1", port)).isFalse();
    }

    @Test
    void task_isRunOnALoop() throws Exception {
        CompletableFuture<Boolean> onLoop = new CompletableFuture<>();
        probe.schedule(1_000_000, () -> onLoop.complete(loops.next().inEventLoop()));
        assertThat(onLoop.get(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void stoppedLoops_runNothing() {
        stop();
        assertThatCode(() -> probe.schedule(0, () -> {
                    throw new AssertionError("run after the end");
                }))
                .doesNotThrowAnyException();
    }

    private static void assertSilence(ServerSocket server) throws IOException {
        try (Socket probed = server.accept()) {
            probed.setSoTimeout(10_000);
            assertThat(probed.getInputStream().read()).isEqualTo(-1);
        }
    }

    private boolean reached(String host, int port) throws Exception {
        CompletableFuture<Boolean> reached = new CompletableFuture<>();
        probe.connect(Upstream.of(URI.create("http://" + host + ":" + port)), reached::complete);
        return reached.get(10, TimeUnit.SECONDS);
    }
}

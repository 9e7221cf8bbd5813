package dev.mcpreel.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mcpreel.proxy.ProxyException.Category;
import dev.mcpreel.proxy.testkit.CollectingTap;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class ListenTest {
    @ParameterizedTest
    @EnumSource
    void portInUse_namesTheOptionAndTheCure(Transport transport) throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String listen = "127.0.0.1:" + taken.getLocalPort();
            assertThatThrownBy(() -> start(listen, transport))
                    .isInstanceOfSatisfying(
                            ProxyException.class, e -> assertThat(e.category()).isEqualTo(Category.FAILED))
                    .hasMessage(
                            "--listen " + listen
                                    + ": the port is in use; stop what listens there, or choose another port (0 takes a free one)");
        }
    }

    @ParameterizedTest
    @EnumSource
    void foreignAddress_isNamed(Transport transport) {
        assertThatThrownBy(() -> start("192.0.2.1:0", transport))
                .isInstanceOf(ProxyException.class)
                .hasMessage(
                        "--listen 192.0.2.1:0: not an address of this machine; use one of its own, or 0.0.0.0 for all");
    }

    @Test
    void unresolvableAddress_isNamed() {
        assertThatThrownBy(() -> start("no-such-host.invalid:8080", Transport.NIO))
                .isInstanceOf(ProxyException.class)
                .hasMessageStartingWith("--listen no-such-host.invalid:8080: the host name cannot be resolved");
    }

    @Test
    void missingPermission_isNamed() {
        ProxyException named = ListenFailure.of(
                InetSocketAddress.createUnresolved("0.0.0.0", 80), new SocketException("Permission denied"));
        assertThat(named)
                .hasMessage("--listen 0.0.0.0:80: no permission to listen there; choose a port of 1024 or above");
    }

    @Test
    void anyOtherFailure_isQuoted() {
        ProxyException named =
                ListenFailure.of(InetSocketAddress.createUnresolved("0.0.0.0", 80), new BindException("odd"));
        assertThat(named).hasMessage("--listen 0.0.0.0:80: cannot be listened on: odd");
    }

    @ParameterizedTest
    @EnumSource
    void portZero_takesAFreeOne_andTheTransportIsNamed(Transport transport) {
        RecordingProxy proxy = start("127.0.0.1:0", transport);
        assertThat(proxy.address().getPort()).isPositive();
        assertThat(proxy.transport()).isEqualToIgnoringCase(transport.name());
        proxy.close(Duration.ZERO);
    }

    @ParameterizedTest
    @CsvSource({"0.0.0.0, 127.0.0.1", "'[::]', ::1", "'[::1]', ::1", "'[::]', 127.0.0.1"})
    void everyAddressOrIpv6_isListenedOn_whenAskedFor(String listen, String client) throws IOException {
        assumeTrue(client.equals("127.0.0.1") || hasIpv6(), "no IPv6 here");
        for (Transport transport : Transport.values()) {
            RecordingProxy proxy = start(listen + ":0", transport);
            try (Socket socket = new Socket(client, proxy.address().getPort())) {
                assertThat(socket.isConnected()).isTrue();
            } finally {
                proxy.close(Duration.ZERO);
            }
        }
    }

    private static boolean hasIpv6() {
        byte[] loopback = new byte[16];
        loopback[15] = 1;
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getByAddress(loopback))) {
            return any.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private static RecordingProxy start(String listen, Transport transport) {
        ProxyConfig config = ProxyConfig.of(listen, "http://127.0.0.1:1");
        return RecordingProxy.start(config, new CollectingTap(), System::nanoTime, transport);
    }
}

package dev.mcpreel.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mcpreel.proxy.ProxyException.Category;
import dev.mcpreel.proxy.upstream.Upstream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class LoopCheckTest {
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:18888, http://127.0.0.1:18888",
        "127.0.0.1:18888, http://localhost:18888",
        "127.0.0.1:18888, http://0.0.0.0:18888",
        "127.0.0.1:80, http://127.0.0.1",
        "localhost:18888, http://127.0.0.1:18888/",
        "0.0.0.0:18888, http://127.0.0.1:18888",
        "0.0.0.0:18888, http://127.8.8.8:18888",
        "0.0.0.0:18888, http://0.0.0.0:18888",
        "[::]:18888, http://[::1]:18888",
        "[::1]:18888, http://[::1]:18888",
        "[::1]:18888, http://[::]:18888"
    })
    void upstreamThatIsTheProxyItself_isRefusedWithBothOptions(String listen, String upstream) {
        assertThatThrownBy(() -> ProxyConfig.of(listen, upstream))
                .isInstanceOfSatisfying(
                        ProxyException.class, e -> assertThat(e.category()).isEqualTo(Category.INPUT))
                .hasMessageContaining("--upstream http://")
                .hasMessageContaining(" --listen ")
                .hasMessageEndingWith("the proxy would relay to itself; choose another port for --listen");
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:18888, http://127.0.0.1:18889",
        "127.0.0.1:18888, http://127.0.0.2:18888",
        "127.0.0.1:18888, http://[::1]:18888",
        "127.0.0.1:18888, http://192.0.2.1:18888",
        "0.0.0.0:18888, http://192.0.2.1:18888",
        "192.0.2.1:18888, http://0.0.0.0:18888",
        "0.0.0.0:18888, http://no-such-host.invalid:18888",
        "no-such-host.invalid:18888, http://127.0.0.1:18888",
        "0.0.0.0:0, http://127.0.0.1:18888"
    })
    void anyOtherUpstream_isTaken(String listen, String upstream) {
        assertThatCode(() -> ProxyConfig.of(listen, upstream)).doesNotThrowAnyException();
    }

    @Test
    void everyAddressOfThisMachine_isItsOwn() throws SocketException {
        List<InetAddress> own = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .toList();
        assertThat(own).isNotEmpty();
        InetSocketAddress everywhere = new InetSocketAddress(18_888);
        for (InetAddress address : own) {
            // An IPv6 address may carry the interface it belongs to, which a URL cannot.
            String host = address.getHostAddress().replaceFirst("%.*", "");
            URI upstream = URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":18888");
            assertThatThrownBy(() -> LoopCheck.check(everywhere, Upstream.of(upstream)))
                    .isInstanceOf(ProxyException.class)
                    .hasMessageStartingWith("--upstream " + upstream + " is where --listen ");
        }
    }
}

package dev.mcpreel.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mcpreel.proxy.relay.RelayLimits;
import dev.mcpreel.proxy.rewrite.HostMode;
import dev.mcpreel.proxy.rewrite.PublicUrl;
import dev.mcpreel.proxy.upstream.Balance;
import dev.mcpreel.proxy.upstream.Upstream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class ProxyConfigTest {
    @Test
    void defaults_areThese() {
        ProxyConfig config = ProxyConfig.of("127.0.0.1:8080", "http://127.0.0.1:3001");
        assertThat(config.listen()).isEqualTo(new InetSocketAddress(InetAddress.getLoopbackAddress(), 8080));
        assertThat(config.upstreams()).containsExactly(Upstream.of(URI.create("http://127.0.0.1:3001")));
        assertThat(config.balance()).hasToString("round-robin");
        assertThat(config.hostMode()).isEqualTo(HostMode.PRESERVE);
        assertThat(config.publicUrl()).isNull();
        assertThat(config.forwarded()).isFalse();
        assertThat(config.limits())
                .isEqualTo(new RelayLimits(
                        16_384, 65_536, Duration.ofSeconds(10), Duration.ofSeconds(60), 10_000, 32_768, 65_536));
        assertThat(config.loops()).isEqualTo(Runtime.getRuntime().availableProcessors());
    }

    @Test
    void everyOption_canBeSet() {
        RelayLimits limits = new RelayLimits(1, 2, Duration.ofMillis(3), Duration.ZERO, 6, 4, 5);
        ProxyConfig config = ProxyConfig.of("127.0.0.1:0", "http://127.0.0.1")
                .withHostMode(HostMode.UPSTREAM)
                .withBalance("header:X-Tenant")
                .withPublicUrl("https://mcp.example.com/")
                .withForwarded(true)
                .withLimits(limits)
                .withLoops(7);
        assertThat(config)
                .isEqualTo(new ProxyConfig(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        List.of(Upstream.of(URI.create("http://127.0.0.1"))),
                        Balance.parse("header:X-Tenant"),
                        HostMode.UPSTREAM,
                        PublicUrl.of("https://mcp.example.com"),
                        true,
                        limits,
                        7));
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:3001, PRESERVE",
        "http://[::1]:3001, PRESERVE",
        "http://127.8.8.8/, PRESERVE",
        "http://192.0.2.1:80, UPSTREAM",
        "http://no-such-host.invalid, UPSTREAM"
    })
    void host_isPreservedOnlyForAnUpstreamOnThisMachine(String upstream, HostMode expected) {
        assertThat(ProxyConfig.of("127.0.0.1:0", upstream).hostMode()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    https://h:1         | https is not supported yet
                    ftp://h:1           | the scheme must be http
                    h:1                 | the scheme must be http
                    localhost           | the scheme must be http
                    http:///            | the host is missing
                    http:h              | the host is missing
                    http://u:p@h:1      | user information does not belong here
                    http://h:1/mcp      | a path does not belong here, every path is relayed as it is; write http://h:1 and let clients ask for /mcp
                    http://h:1?x=1      | a query or fragment does not belong here
                    http://h:1#x        | a query or fragment does not belong here
                    http://h:0          | port 0 cannot be connected to
                    http://h:99999      | the port is a number from 0 to 65535
                    http://h h          | not a URL; write http://HOST:PORT
                    """)
    void wrongUpstream_isNamedWithTheCure(String upstream, String message) {
        assertThatThrownBy(() -> ProxyConfig.of("127.0.0.1:0", upstream))
                .isInstanceOfSatisfying(
                        ProxyException.class, e -> assertThat(e.category()).isEqualTo(ProxyException.Category.INPUT))
                .hasMessageStartingWith("--upstream " + upstream + ": ")
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    127.0.0.1  | the port is missing
                    :8080      | the host is missing
                    h:http     | the port is a number
                    h:         | the port is a number
                    ::1:80     | an IPv6 address is written in brackets
                    [::1       | the bracket of the IPv6 address is not closed
                    [::1]80    | a port follows the host after a colon
                    """)
    void wrongListen_isNamedWithTheCure(String listen, String message) {
        assertThatThrownBy(() -> ProxyConfig.of(listen, "http://127.0.0.1:1"))
                .isInstanceOf(ProxyException.class)
                .hasMessageStartingWith("--listen " + listen + ": ")
                .hasMessageContaining(message);
    }

    @Test
    void ipv6Listen_isReadFromItsBrackets() {
        assertThat(ProxyConfig.of("[::1]:81", "http://127.0.0.1:1")
                        .listen()
                        .getAddress()
                        .getHostAddress())
                .isEqualTo("0:0:0:0:0:0:0:1");
    }

    @Test
    void host_isPreservedOnlyWhenEveryUpstreamIsOnThisMachine() {
        assertThat(ProxyConfig.of("127.0.0.1:0", "http://127.0.0.1:1", "http://127.0.0.1:2")
                        .hostMode())
                .isEqualTo(HostMode.PRESERVE);
        assertThat(ProxyConfig.of("127.0.0.1:0", "http://127.0.0.1:1", "http://192.0.2.1:2")
                        .hostMode())
                .isEqualTo(HostMode.UPSTREAM);
    }

    @Test
    void upstreamTwice_isRejected() {
        assertThatThrownBy(() -> ProxyConfig.of("127.0.0.1:0", "http://127.0.0.1:1", "http://127.0.0.1:1/"))
                .isInstanceOf(ProxyException.class)
                .hasMessage("--upstream http://127.0.0.1:1 is there twice; name each server once");
        assertThatThrownBy(() -> ProxyConfig.of("127.0.0.1:0", "http://h.invalid", "http://H.invalid:80"))
                .hasMessage("--upstream http://H.invalid:80 is there twice; name each server once");
        assertThatThrownBy(() -> ProxyConfig.of("127.0.0.1:0")).hasMessageContaining("--upstream is missing");
    }

    @Test
    void wrongBalanceAndPublicUrl_areNamedWithTheCure() {
        ProxyConfig config = ProxyConfig.of("127.0.0.1:0", "http://127.0.0.1:1");
        assertThatThrownBy(() -> config.withBalance("random"))
                .isInstanceOf(ProxyException.class)
                .hasMessageStartingWith("--balance random: ")
                .hasMessageContaining("round-robin");
        assertThatThrownBy(() -> config.withPublicUrl("https://h/mcp"))
                .isInstanceOf(ProxyException.class)
                .hasMessageStartingWith("--public-url https://h/mcp: ");
    }

    @Test
    void noLoops_isRejected() {
        ProxyConfig config = ProxyConfig.of("127.0.0.1:0", "http://127.0.0.1:1");
        assertThatThrownBy(() -> config.withLoops(0)).isInstanceOf(ProxyException.class);
    }

    @Test
    void underscoreInAName_isAllowed() {
        ProxyConfig config = ProxyConfig.of("127.0.0.1:0", "http://mcp_server:3001");
        assertThat(config.upstreams().get(0).name()).isEqualTo("http://mcp_server:3001");
        assertThat(config.upstreams().get(0).host()).isEqualTo("mcp_server");
        assertThat(config.upstreams().get(0).port()).isEqualTo(3001);
        assertThat(ProxyConfig.of("127.0.0.1:3001", "http://mcp_server")
                        .upstreams()
                        .get(0)
                        .port())
                .isEqualTo(80);
    }
}

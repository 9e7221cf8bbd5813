package dev.mcpreel.proxy.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.proxy.upstream.Upstream;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class RequestRewriteTest {
    private static final Upstream UPSTREAM = Upstream.of(URI.create("http://backend:3001"));
    private static final InetSocketAddress CLIENT = new InetSocketAddress("192.0.2.7", 40000);

    @Test
    void nothingConfigured_changesNothing() {
        Rewriting rewriting = new Rewriting(HostMode.PRESERVE, null, false, false);
        String[] fields = {"hOst: h", "Connection: keep-alive, x", "A: 1", "X-Forwarded-For: 10.0.0.1", "a: 2"};
        assertThat(sent(rewriting, CLIENT, fields)).containsExactly(fields);
    }

    @Test
    void forwarded_tellsTheClientsAddressAndHost_whateverHostTheUpstreamSees() {
        Rewriting rewriting = new Rewriting(HostMode.UPSTREAM, null, true, false);
        assertThat(sent(rewriting, CLIENT, "Host: mcp.example", "A: 1"))
                .containsExactly(
                        "Host: backend:3001",
                        "A: 1",
                        "Forwarded: for=192.0.2.7;host=mcp.example;proto=http",
                        "X-Forwarded-For: 192.0.2.7",
                        "X-Forwarded-Proto: http",
                        "X-Forwarded-Host: mcp.example");
    }

    @Test
    void forwarded_behindOtherProxies_addsItselfToListsAndLeavesSingleValues() {
        Rewriting rewriting = new Rewriting(HostMode.PRESERVE, null, true, false);
        assertThat(sent(
                        rewriting,
                        CLIENT,
                        "forwarded: for=a",
                        "x-forwarded-for: 10.0.0.1",
                        "Forwarded: for=b;proto=https",
                        "X-Forwarded-For: 10.0.0.2, 10.0.0.3",
                        "x-forwarded-proto: https",
                        "x-forwarded-host: public",
                        "Host: h"))
                .containsExactly(
                        "forwarded: for=a",
                        "x-forwarded-for: 10.0.0.1",
                        "Forwarded: for=b;proto=https, for=192.0.2.7;host=h;proto=http",
                        "X-Forwarded-For: 10.0.0.2, 10.0.0.3, 192.0.2.7",
                        "x-forwarded-proto: https",
                        "x-forwarded-host: public",
                        "Host: h");
    }

    @Test
    void forwarded_ofAnIpv6Client_isQuotedInForwardedOnly() {
        Rewriting rewriting = new Rewriting(HostMode.PRESERVE, null, true, false);
        InetSocketAddress client = new InetSocketAddress("2001:db8:0:0:0:0:0:17", 40000);
        assertThat(sent(rewriting, client, "Host: h:80", "X-Forwarded-For: "))
                .containsExactly(
                        "Host: h:80",
                        "X-Forwarded-For: 2001:db8::17",
                        "Forwarded: for=\"[2001:db8::17]\";host=\"h:80\";proto=http",
                        "X-Forwarded-Proto: http",
                        "X-Forwarded-Host: h:80");
    }

    @Test
    void forwarded_ofAnUnknownClientWithoutAHost_saysSo() {
        Rewriting rewriting = new Rewriting(HostMode.PRESERVE, null, true, false);
        assertThat(sent(rewriting, null, "A: 1"))
                .containsExactly("A: 1", "Forwarded: for=unknown;proto=http", "X-Forwarded-Proto: http");
        assertThat(sent(rewriting, InetSocketAddress.createUnresolved("x", 1), "Host: "))
                .contains("Forwarded: for=unknown;proto=http");
    }

    @Test
    void forwarded_hostileHost_cannotLeaveItsQuotes() {
        Rewriting rewriting = new Rewriting(HostMode.PRESERVE, null, true, false);
        assertThat(sent(rewriting, null, "Host: a\";for=\"b\\"))
                .contains("Forwarded: for=unknown;host=\"a\\\";for=\\\"b\\\\\";proto=http");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
                    Upgrade, HTTP2-Settings             | -
                    upgrade,http2-settings              | -
                    keep-alive, Upgrade, HTTP2-Settings | keep-alive
                    Upgrade , close ,, X-Mine           | close, X-Mine
                    Keep-Alive,TE                       | Keep-Alive,TE
                    Upgraded, x-upgrade                 | Upgraded, x-upgrade
                    """)
    void offeredUpgrade_isWithdrawn(String connection, @Nullable String left) {
        Rewriting rewriting = new Rewriting(HostMode.PRESERVE, null, false, false);
        List<String> sent = sent(
                rewriting,
                CLIENT,
                "Host: h",
                "connection: " + connection,
                "uPgrade: h2c",
                "http2-Settings: AAEAAEAAAAIAAAAAAAMAAAAAAAQBAAAAAAUAAEAAAAYABgAA",
                "Upgrade: websocket",
                "A: 1");
        if (left == null) {
            assertThat(sent).containsExactly("Host: h", "A: 1");
        } else {
            assertThat(sent).containsExactly("Host: h", "connection: " + left, "A: 1");
        }
    }

    @Test
    void offeredUpgrade_overSeveralConnectionFields_leavesTheOthers() {
        Rewriting rewriting = new Rewriting(HostMode.PRESERVE, null, false, false);
        assertThat(sent(
                        rewriting,
                        CLIENT,
                        "Connection: a",
                        "Upgrade: h2c",
                        "connection: Upgrade",
                        "CONNECTION: b,upgrade"))
                .containsExactly("Connection: a", "CONNECTION: b");
    }

    @Test
    void connectionThatOffersNothing_isLeftAlone() {
        Rewriting rewriting = new Rewriting(HostMode.PRESERVE, null, false, false);
        assertThat(sent(rewriting, CLIENT, "Connection: Upgrade,,x", "Host: h"))
                .containsExactly("Connection: Upgrade,,x", "Host: h");
    }

    private static List<String> sent(Rewriting rewriting, @Nullable InetSocketAddress client, String... fields) {
        HttpRequest request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/mcp");
        for (String field : fields) {
            String[] parts = field.split(": ", 2);
            request.headers().add(parts[0], parts[1]);
        }
        rewriting.request(request, UPSTREAM, client, null);
        return request.headers().entries().stream()
                .map(field -> field.getKey() + ": " + field.getValue())
                .toList();
    }
}

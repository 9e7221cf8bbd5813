package dev.mcpreel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mcpreel.proxy.ProxyConfig;
import dev.mcpreel.proxy.ProxyException;
import dev.mcpreel.proxy.relay.RelayLimits;
import dev.mcpreel.proxy.rewrite.HostMode;
import dev.mcpreel.proxy.upstream.Upstream;
import dev.mcpreel.proxy.upstream.UpstreamStatus;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

@Timeout(30)
class RelayOptionsTest {
    private static ProxyConfig config(String... arguments) {
        return CommandLine.populateCommand(new RelayOptions(), arguments).config();
    }

    @Test
    void nothingButAnUpstream_isTheDefaults() {
        ProxyConfig config = config("--upstream", "http://127.0.0.1:3001");
        int possible = Math.min(10_000, OpenFiles.connections(1));
        assertThat(config)
                .isEqualTo(ProxyConfig.of("127.0.0.1:8080", "http://127.0.0.1:3001")
                        .withLimits(RelayLimits.DEFAULT.withMaxConnections(possible)));
        assertThat(RelayWords.of(config, "epoll"))
                .startsWith("Host kept as agents send it")
                .endsWith("epoll");
    }

    @Test
    void everyOption_arrives() {
        ProxyConfig config = config(
                "--upstream=http://127.0.0.1:1",
                "--upstream=http://127.0.0.1:2",
                "--balance=session",
                "--listen=127.0.0.1:0",
                "--host=upstream",
                "--public-url=https://mcp.example.com",
                "--forwarded",
                "--max-connections=7",
                "--request-timeout=0s");
        assertThat(config.upstreams())
                .extracting(Upstream::name)
                .containsExactly("http://127.0.0.1:1", "http://127.0.0.1:2");
        assertThat(config.balance()).hasToString("session");
        assertThat(config.listen().getPort()).isZero();
        assertThat(config.hostMode()).isEqualTo(HostMode.UPSTREAM);
        assertThat(config.forwarded()).isTrue();
        assertThat(config.limits().maxConnections()).isEqualTo(7);
        assertThat(config.limits().requestTimeout()).isEqualTo(Duration.ZERO);
        assertThat(RelayWords.of(config, "nio"))
                .containsExactly(
                        "balanced by session",
                        "Host set to the upstream's",
                        "upstream origins rewritten to https://mcp.example.com",
                        "Forwarded added",
                        "at most 7 connections",
                        "nio");
        assertThat(RelayWords.clientOrigin(config, "http://127.0.0.1:8080")).isEqualTo("https://mcp.example.com");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --host=both            | --host both: write preserve or upstream
            --max-connections=0    | --max-connections 0: write a number from 1 to 1000000
            --request-timeout=soon | --request-timeout soon is no duration: write it like 500ms, 60s, 5m, 1h or 7d
            """)
    void wrongValue_isOneLineWithTheCure(String option, String message) {
        assertThatThrownBy(() -> config("--upstream=http://127.0.0.1:1", option))
                .isInstanceOf(CommandFailure.class)
                .hasMessage(message);
    }

    @Test
    void wrongBalance_isOneLineWithTheCure() {
        assertThatThrownBy(() -> config("--upstream=http://127.0.0.1:1", "--balance=random"))
                .isInstanceOf(ProxyException.class)
                .hasMessageStartingWith("--balance random: ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            127.0.0.1:8080       | http://127.0.0.1:8080          | http://127.0.0.1:8080          |
            127.8.9.1:8080       | http://127.8.9.1:8080          | http://127.8.9.1:8080          |
            [::1]:8080           | http://[::1]:8080              | http://[::1]:8080              |
            localhost:8080       | http://127.0.0.1:8080          | http://127.0.0.1:8080          |
            0.0.0.0:8080         | http://0.0.0.0:8080            | http://127.0.0.1:8080          | every address of this machine is listened on, and can be reached from other machines: --listen 0.0.0.0:8080
            [::]:8080            | http://[::]:8080               | http://[::1]:8080              | every address of this machine is listened on, and can be reached from other machines: --listen [::]:8080
            192.168.1.20:8080    | http://192.168.1.20:8080       | http://192.168.1.20:8080       | this address can be reached from other machines: --listen 192.168.1.20:8080
            10.0.0.5:80          | http://10.0.0.5:80             | http://10.0.0.5:80             | this address can be reached from other machines: --listen 10.0.0.5:80
            [2001:db8::7]:8080   | http://[2001:db8:0:0:0:0:0:7]:8080 | http://[2001:db8:0:0:0:0:0:7]:8080 | this address can be reached from other machines: --listen [2001:db8::7]:8080
            """)
    void listen_whatOthersCanReach_isSaid_andAgentsGetAnAddressThatWorks(
            String listen, String origin, String agents, String said) {
        InetSocketAddress address =
                config("--upstream=http://127.0.0.1:1", "--listen=" + listen).listen();
        assertThat(Addresses.origin(address)).isEqualTo(origin);
        assertThat(Addresses.origin(Addresses.fromHere(address))).isEqualTo(agents);
        assertThat(RelayWords.reachable(address, listen)).isEqualTo(Optional.ofNullable(said));
    }

    @Test
    void moreConnectionsThanFiles_isSaidWithTheCure() {
        ProxyConfig config = config("--upstream=http://127.0.0.1:1", "--max-connections=1000000");
        assertThat(RelayWords.tooManyConnections(config).orElse(""))
                .contains("--max-connections 1000000")
                .contains("raise the limit with ulimit -n");
        assertThat(RelayWords.tooManyConnections(config("--upstream=http://127.0.0.1:1")))
                .isEmpty();
    }

    @Test
    void severalUpstreams_areSummedUp_oneIsNot() {
        UpstreamStatus up = new UpstreamStatus("http://a:1", true, 1, "", 12, 0, 0);
        UpstreamStatus down = new UpstreamStatus("http://bb:1", false, 1, "connection refused", 1, 0, 2);
        assertThat(RelayWords.upstreams(List.of(up))).isEmpty();
        assertThat(RelayWords.upstreams(List.of(up, down)))
                .containsExactly(
                        "upstream http://a:1   12 exchanges",
                        "upstream http://bb:1  1 exchange, 2 hops away from it, down: connection refused");
        ProxyConfig config = config("--upstream=http://127.0.0.1:1", "--max-connections=3");
        assertThat(RelayWords.turnedAway(0, config)).isEmpty();
        assertThat(RelayWords.turnedAway(2, config))
                .contains("turned away 2 connections: more than --max-connections 3 at a time");
    }
}

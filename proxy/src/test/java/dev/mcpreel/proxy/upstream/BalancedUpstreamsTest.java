package dev.mcpreel.proxy.upstream;

import static dev.mcpreel.proxy.upstream.Rig.name;
import static dev.mcpreel.proxy.upstream.Rig.post;
import static dev.mcpreel.proxy.upstream.Rig.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mcpreel.captures.exchange.UpstreamPick;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class BalancedUpstreamsTest {
    @ParameterizedTest
    @CsvSource({"http://h:80, http://h", "http://h:1, http://H:1/", "http://[::1]:1, http://[::1]:1"})
    void sameUpstreamTwice_isRefused(String one, String other) {
        assertThatThrownBy(() -> of(one, "http://h:2", other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("is named twice; name each upstream once");
    }

    @Test
    void noUpstream_isRefused() {
        assertThatThrownBy(() -> of())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no upstream; name at least one");
    }

    @ParameterizedTest
    @ValueSource(strings = {"round-robin", "least", "session", "client-ip", "header:X-User"})
    void oneUpstream_isTheOnlyOne_whateverBecomesOfIt(String balance) {
        Rig rig = new Rig(balance, 1);
        assertThat(rig.serve(post(), response(200, "s"))).isEqualTo(UpstreamPick.only(name('a')));
        assertThat(rig.serve(post("s"))).isEqualTo(UpstreamPick.only(name('a')));
        rig.probe.kill(name('a'));
        Assignment assignment = rig.upstreams.assign(post("s"), null);
        assertThat(assignment.connectFailed(Rig.REFUSED)).isFalse();
        assignment.ended();
        assertThat(assignment.pick()).isEqualTo(UpstreamPick.only(name('a')));
        assertThat(rig.status('a')).isEqualTo(new UpstreamStatus(name('a'), false, 0, "connection refused", 2, 0, 0));
    }

    @Test
    void oneUpstream_isNeverProbed() {
        Rig rig = new Rig("session", 1);
        rig.probe.kill(name('a'));
        rig.begin(post());
        rig.probe.advance(Duration.ofMinutes(5));
        assertThat(rig.probe.probedAtNanos()).isEmpty();
        rig.probe.revive(name('a'));
        rig.serve(post());
        assertThat(rig.status('a').up()).isTrue();
    }

    @Test
    void endedTwice_countsOnce() {
        Rig rig = new Rig("round-robin", 2);
        Assignment assignment = rig.begin(post());
        rig.begin(post());
        rig.begin(post());
        assignment.ended();
        assignment.ended();
        assertThat(rig.status('a').inFlight()).isEqualTo(1);
    }

    private static BalancedUpstreams of(String... urls) {
        FakeProbe probe = new FakeProbe();
        List<Upstream> upstreams =
                Stream.of(urls).map(url -> Upstream.of(URI.create(url))).toList();
        return BalancedUpstreams.of(Balance.parse("least"), upstreams, probe, probe::nowNanos, 1);
    }
}

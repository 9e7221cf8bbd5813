package dev.mcpreel.proxy.upstream;

import static dev.mcpreel.proxy.upstream.Rig.balanced;
import static dev.mcpreel.proxy.upstream.Rig.name;
import static dev.mcpreel.proxy.upstream.Rig.post;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class HealthTest {
    private final Rig rig = new Rig("round-robin", 2);

    @Test
    void everyUpstream_isUpAtFirst() {
        rig.probe.advance(Duration.ofSeconds(3));
        assertThat(rig.status('a')).isEqualTo(new UpstreamStatus(name('a'), true, 3_000_000_000L, "", 0, 0, 0));
        assertThat(rig.probe.waiting()).isZero();
    }

    @Test
    void refusedExchange_goesOnToTheNext_andNobodyElseWaits() {
        rig.probe.kill(name('a'));
        assertThat(rig.serve(post())).isEqualTo(balanced('b'));
        rig.probe.advance(Duration.ofMillis(500));
        assertThat(rig.status('a'))
                .isEqualTo(new UpstreamStatus(name('a'), false, 500_000_000L, "connection refused", 0, 0, 0));
        for (int i = 0; i < 10; i++) {
            assertThat(rig.upstreams.assign(post(), null).pick()).isEqualTo(balanced('b'));
        }
    }

    @Test
    void upstreamThatIsBack_isFoundInTheBackground() {
        rig.probe.kill(name('a'));
        rig.serve(post());
        rig.probe.revive(name('a'));
        assertThat(rig.serve(post())).isEqualTo(balanced('b'));
        rig.probe.advance(Duration.ofSeconds(1));
        assertThat(rig.status('a').up()).isTrue();
        assertThat(rig.status('a').lastedNanos()).isLessThanOrEqualTo(100_000_000L);
        assertThat(List.of(rig.serve(post()), rig.serve(post())))
                .containsExactlyInAnyOrder(balanced('a'), balanced('b'));
        assertThat(rig.probe.waiting()).isZero();
    }

    @Test
    void probes_getRarer_butNeverRarerThanEvery15Seconds() {
        rig.probe.kill(name('a'));
        rig.serve(post());
        rig.serve(post());
        rig.probe.advance(Duration.ofMinutes(2));
        List<Long> waits = waits();
        assertThat(waits.subList(0, 4))
                .zipSatisfy(
                        List.of(1, 2, 4, 8),
                        (wait, seconds) ->
                                assertThat(wait).isBetween(seconds * 900_000_000L, seconds * 1_000_000_000L));
        assertThat(waits.subList(4, waits.size()))
                .hasSizeBetween(7, 8)
                .allMatch(wait -> wait > 13_500_000_000L && wait <= 15_000_000_000L);
    }

    @Test
    void exchangeThatGetsThrough_endsTheOutageAndItsProbes() {
        Assignment early = rig.upstreams.assign(post(), null);
        rig.probe.kill(name('a'));
        IntStream.range(0, 2).forEach(i -> rig.serve(post()));
        assertThat(rig.status('a').up()).isFalse();
        early.connected();
        assertThat(rig.status('a').up()).isTrue();
        rig.probe.advance(Duration.ofMinutes(1));
        assertThat(rig.probe.probedAtNanos()).isEmpty();
    }

    @Test
    void secondOutage_isProbedFromTheBeginning_byOneChain() {
        Assignment early = rig.upstreams.assign(post(), null);
        rig.probe.kill(name('a'));
        IntStream.range(0, 2).forEach(i -> rig.serve(post()));
        early.connected();
        IntStream.range(0, 2).forEach(i -> rig.serve(post()));
        rig.probe.advance(Duration.ofSeconds(1));
        assertThat(rig.probe.probedAtNanos()).hasSize(1);
        assertThat(rig.probe.waiting()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"round-robin", "least", "session", "client-ip", "header:X-User"})
    void allDown_eachIsTriedOnceByEveryExchange(String balance) {
        Rig dark = new Rig(balance, 3);
        for (int i = 0; i < 3; i++) {
            Assignment assignment = dark.upstreams.assign(Rig.with(post("s"), "X-User", "u"), Rig.address("::1"));
            List<String> tried = new ArrayList<>();
            do {
                tried.add(assignment.upstream().name());
            } while (assignment.connectFailed(Rig.REFUSED));
            assertThat(tried).containsExactlyInAnyOrder(name('a'), name('b'), name('c'));
            assertThat(assignment.upstream().name()).isEqualTo(tried.get(2));
            assignment.ended();
        }
        assertThat(dark.upstreams.status()).allMatch(status -> status.inFlight() == 0 && status.exchanges() == 0);
    }

    @Test
    void allDown_theFirstThatAnswersServes() {
        rig.probe.kill(name('a'));
        rig.probe.kill(name('b'));
        assertThat(rig.connect(rig.upstreams.assign(post(), null))).isFalse();
        rig.probe.revive(name('b'));
        assertThat(rig.serve(post())).isEqualTo(balanced('b'));
        assertThat(rig.status('b').up()).isTrue();
    }

    @Test
    void clientThatDidNotWait_leavesTheNewsBehind() {
        Assignment left = rig.upstreams.assign(post(), null);
        left.ended();
        assertThat(left.connectFailed(new ConnectFailure(true, "no answer"))).isFalse();
        assertThat(rig.status('a').up()).isFalse();
        left.connected();
        assertThat(rig.status('a').up()).isTrue();
        assertThat(rig.status('a').inFlight()).isZero();
        assertThat(rig.status('a').exchanges()).isEqualTo(1);
    }

    @Test
    void close_endsTheProbing() {
        rig.probe.kill(name('a'));
        rig.serve(post());
        rig.upstreams.close();
        rig.probe.advance(Duration.ofMinutes(1));
        assertThat(rig.probe.probedAtNanos()).isEmpty();
        assertThat(rig.probe.waiting()).isZero();
        assertThat(rig.serve(post())).isEqualTo(balanced('b'));
    }

    @Test
    void waits_differBySeedAndUpstream_andOnlyByThose() {
        assertThat(new Backoff(1).delayNanos(2, 3))
                .isEqualTo(new Backoff(1).delayNanos(2, 3))
                .isNotEqualTo(new Backoff(2).delayNanos(2, 3))
                .isNotEqualTo(new Backoff(1).delayNanos(3, 3));
        assertThat(new Backoff(1).delayNanos(2, Integer.MAX_VALUE)).isBetween(13_500_000_000L, 15_000_000_000L);
    }

    private List<Long> waits() {
        List<Long> at = rig.probe.probedAtNanos();
        return IntStream.range(0, at.size())
                .mapToObj(i -> at.get(i) - (i == 0 ? 0 : at.get(i - 1)))
                .toList();
    }
}

package dev.mcpreel.proxy.upstream;

import static dev.mcpreel.proxy.upstream.Rig.balanced;
import static dev.mcpreel.proxy.upstream.Rig.name;
import static dev.mcpreel.proxy.upstream.Rig.post;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.exchange.UpstreamPick;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RoundRobinTest {
    @Test
    void exchanges_goToOneAfterTheOther() {
        Rig rig = new Rig("round-robin", 3);
        List<UpstreamPick> picks =
                IntStream.range(0, 4).mapToObj(i -> rig.serve(post("same"))).toList();
        assertThat(picks).containsExactly(balanced('a'), balanced('b'), balanced('c'), balanced('a'));
    }

    @Test
    void manyLoops_shareFairly() throws InterruptedException {
        Rig rig = new Rig("round-robin", 3);
        Crew.run(6, () -> IntStream.range(0, 10_000).forEach(i -> rig.serve(post())));
        assertThat(rig.upstreams.status())
                .extracting(UpstreamStatus::exchanges)
                .containsExactly(20_000L, 20_000L, 20_000L);
        assertThat(rig.upstreams.status()).extracting(UpstreamStatus::inFlight).containsOnly(0);
    }

    @Test
    void oneDown_theOthersShareItsPartEvenly() {
        Rig rig = new Rig("round-robin", 4);
        rig.probe.kill(name('b'));
        IntStream.range(0, 300).forEach(i -> rig.serve(post()));
        assertThat(rig.status('b').exchanges()).isZero();
        assertThat(List.of(rig.status('a'), rig.status('c'), rig.status('d')))
                .extracting(UpstreamStatus::exchanges)
                .allMatch(count -> count >= 99 && count <= 101);
    }

    @Test
    void counter_mayOverflow() {
        RoundRobin roundRobin = new RoundRobin(-2);
        List<Instance> instances = Fleet.of(Rig.named(2), 0).instances();
        assertThat(IntStream.range(0, 4)
                        .mapToObj(i -> roundRobin.choose(instances).name()))
                .containsExactly(name('a'), name('b'), name('a'), name('b'));
    }
}

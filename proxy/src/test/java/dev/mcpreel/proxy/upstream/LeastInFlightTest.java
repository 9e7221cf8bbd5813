package dev.mcpreel.proxy.upstream;

import static dev.mcpreel.proxy.upstream.Rig.balanced;
import static dev.mcpreel.proxy.upstream.Rig.name;
import static dev.mcpreel.proxy.upstream.Rig.post;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LeastInFlightTest {
    private final Rig rig = new Rig("least", 3);

    @Test
    void idle_ties_goToOneAfterTheOther() {
        assertThat(IntStream.range(0, 4).mapToObj(i -> rig.serve(post())).toList())
                .containsExactly(balanced('a'), balanced('b'), balanced('c'), balanced('a'));
    }

    @Test
    void standingStreams_countForAsLongAsTheyStand() {
        List<Assignment> streams = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            streams.add(rig.begin(post()));
        }
        assertThat(rig.upstreams.status()).extracting(UpstreamStatus::inFlight).containsExactly(1, 1, 1);
        streams.get(1).ended();
        assertThat(rig.serve(post())).isEqualTo(streams.get(1).pick());
        assertThat(rig.serve(post())).isEqualTo(streams.get(1).pick());
        assertThat(rig.upstreams.status()).extracting(UpstreamStatus::inFlight).containsExactlyInAnyOrder(1, 0, 1);
    }

    @Test
    void ties_amongSome_areSharedEvenly() {
        Assignment stream = rig.begin(post());
        assertThat(stream.pick()).isEqualTo(balanced('a'));
        IntStream.range(0, 100).forEach(i -> rig.serve(post()));
        assertThat(rig.upstreams.status()).extracting(UpstreamStatus::exchanges).containsExactly(1L, 50L, 50L);
    }

    @Test
    void openExchanges_areNeverMoreThanOneApart() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 1000; i++) {
            rig.begin(post());
            int[] inFlight = rig.upstreams.status().stream()
                    .mapToInt(UpstreamStatus::inFlight)
                    .sorted()
                    .toArray();
            assertThat(inFlight[2] - inFlight[0]).as("seed %d", seed).isLessThanOrEqualTo(1);
            if (random.nextInt(3) == 0) {
                rig.serve(post());
            }
        }
    }

    @Test
    void failedConnections_countForNobody() {
        rig.probe.kill(name('a'));
        Assignment moved = rig.begin(post());
        Assignment next = rig.begin(post());
        assertThat(List.of(moved.pick(), next.pick())).containsExactlyInAnyOrder(balanced('b'), balanced('c'));
        assertThat(rig.upstreams.status()).extracting(UpstreamStatus::inFlight).containsExactly(0, 1, 1);
    }
}

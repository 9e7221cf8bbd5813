package dev.mcpreel.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** As many loops as there are, all with exchanges of the same sessions, while upstreams fail and come back. */
@Timeout(60)
class ConcurrencyTest {
    private static final int THREADS = 6;
    private static final int ROUNDS = 20_000;

    @ParameterizedTest
    @ValueSource(strings = {"round-robin", "least", "session", "client-ip", "header:X-User"})
    void manyLoops_loseNoCount(String balance) throws InterruptedException {
        BalancedUpstreams upstreams =
                BalancedUpstreams.of(Balance.parse(balance), Rig.named(4), new NoProbe(), System::nanoTime, 1);
        Crew.run(THREADS, () -> serve(upstreams));
        assertThat(upstreams.status()).extracting(UpstreamStatus::inFlight).containsOnly(0);
        assertThat(upstreams.status().stream()
                        .mapToLong(UpstreamStatus::exchanges)
                        .sum())
                .isEqualTo((long) THREADS * ROUNDS);
    }

    private static void serve(BalancedUpstreams upstreams) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        Queue<Assignment> open = new ArrayDeque<>();
        for (int i = 0; i < ROUNDS; i++) {
            String session = "s" + random.nextInt(50);
            Assignment assignment = upstreams.assign(
                    Rig.with(Rig.post(session), "X-User", session), Rig.address("192.0.2." + random.nextInt(50)));
            if (random.nextInt(50) == 0 && !assignment.connectFailed(Rig.REFUSED)) {
                throw new AssertionError("there were three others");
            }
            assignment.connected();
            assignment.responseHead(Rig.response(200, session));
            open.add(assignment);
            if (open.size() > 5) {
                open.remove().ended();
            }
        }
        open.forEach(Assignment::ended);
    }

    private static final class NoProbe implements UpstreamProbe {
        @Override
        public void schedule(long delayNanos, Runnable task) {}

        @Override
        public void connect(Upstream upstream, Consumer<Boolean> reached) {}
    }
}

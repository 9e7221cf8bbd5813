package dev.mcpreel.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.exchange.UpstreamPick;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Upstreams that come and go under random exchanges in any state, by the thousand. */
@Timeout(120)
class BalancedFuzzTest {
    private static final int STEPS = Integer.getInteger("mcpreel.fuzz.steps", 5_000);

    @ParameterizedTest
    @ValueSource(strings = {"round-robin", "least", "session", "client-ip", "header:X-User"})
    void randomTraffic_keepsTheRules_andIsTheSameForASeed(String balance) {
        long seed = Long.getLong("mcpreel.fuzz.seed", System.nanoTime());
        List<UpstreamPick> picks = new Walk(balance, seed).run();
        assertThat(new Walk(balance, seed).run()).as("seed %d", seed).isEqualTo(picks);
    }

    private static final class Walk {
        private final SplittableRandom random;
        private final String context;
        private final int count;
        private final Rig rig;
        private final List<Open> open = new ArrayList<>();
        private final List<UpstreamPick> picks = new ArrayList<>();

        Walk(String balance, long seed) {
            random = new SplittableRandom(seed);
            context = balance + ", seed " + seed;
            count = 1 + random.nextInt(5);
            rig = new Rig(balance, count);
        }

        List<UpstreamPick> run() {
            for (int i = 0; i < STEPS; i++) {
                step();
                assertCounts();
            }
            open.forEach(exchange -> exchange.assignment.ended());
            open.clear();
            assertCounts();
            for (char letter = 'a'; letter < 'a' + count; letter++) {
                rig.probe.revive(Rig.name(letter));
            }
            rig.probe.advance(Duration.ofSeconds(15));
            assertThat(rig.upstreams.status()).as(context).allMatch(status -> count == 1 || status.up());
            assertThat(rig.probe.waiting()).as(context).isZero();
            return picks;
        }

        private void step() {
            int what = random.nextInt(20);
            if (what == 0) {
                rig.probe.kill(anyName());
            } else if (what == 1) {
                rig.probe.revive(anyName());
            } else if (what == 2) {
                rig.probe.advance(Duration.ofMillis(random.nextInt(3000)));
            } else if (open.isEmpty() || (what < 10 && open.size() < 50)) {
                open.add(new Open(rig.upstreams.assign(anyRequest(), Rig.address("192.0.2." + random.nextInt(20)))));
            } else {
                Open exchange = open.get(random.nextInt(open.size()));
                if (!exchange.advance()) {
                    open.remove(exchange);
                }
            }
        }

        private HttpRequest anyRequest() {
            HttpMethod method =
                    List.of(HttpMethod.POST, HttpMethod.GET, HttpMethod.DELETE).get(random.nextInt(3));
            HttpRequest request = Rig.request(method, "/message?" + random.nextInt(20));
            if (random.nextBoolean()) {
                Rig.with(request, SessionStrategy.SESSION_ID, "s" + random.nextInt(30));
            }
            return random.nextBoolean() ? Rig.with(request, "X-User", "u" + random.nextInt(30)) : request;
        }

        private String anyName() {
            return Rig.name((char) ('a' + random.nextInt(count)));
        }

        private void assertCounts() {
            for (UpstreamStatus status : rig.upstreams.status()) {
                long held = open.stream()
                        .filter(exchange ->
                                exchange.assignment.upstream().name().equals(status.name()))
                        .count();
                assertThat((long) status.inFlight()).as(context).isEqualTo(held);
            }
        }

        /** An exchange, and what it has been through. */
        private final class Open {
            private final Assignment assignment;
            private final Set<String> tried = new HashSet<>();
            private boolean connected;

            Open(Assignment assignment) {
                this.assignment = assignment;
                assertGivenWell();
            }

            /** One thing more happens to it; false when it is over. */
            boolean advance() {
                if (!connected) {
                    return connect();
                }
                switch (random.nextInt(4)) {
                    case 0 ->
                        assignment.responseHead(
                                Rig.response(random.nextBoolean() ? 200 : 404, "s" + random.nextInt(30)));
                    case 1 -> assignment.responseHead(Rig.response(204));
                    case 2 -> assignment.endpoint("/message?" + random.nextInt(20));
                    default -> {
                        assignment.ended();
                        return false;
                    }
                }
                return true;
            }

            private boolean connect() {
                if (random.nextInt(10) == 0) {
                    assignment.ended();
                    return false;
                }
                if (!rig.probe.isDead(assignment.upstream().name())) {
                    assignment.connected();
                    connected = true;
                    picks.add(assignment.pick());
                    return true;
                }
                if (!assignment.connectFailed(Rig.REFUSED)) {
                    assertThat(tried).as(context).hasSize(count);
                    assignment.ended();
                    return false;
                }
                assertGivenWell();
                return true;
            }

            private void assertGivenWell() {
                String name = assignment.upstream().name();
                assertThat(tried.add(name)).as(context).isTrue();
                boolean another = rig.upstreams.status().stream()
                        .anyMatch(status -> status.up() && !tried.contains(status.name()));
                boolean up = rig.upstreams.status().stream()
                        .anyMatch(status -> status.up() && status.name().equals(name));
                assertThat(up || !another).as(context).isTrue();
                UpstreamPick pick = assignment.pick();
                assertThat(pick.instance()).as(context).isEqualTo(name).isNotEqualTo(pick.boundTo());
                picks.add(pick);
            }
        }
    }
}

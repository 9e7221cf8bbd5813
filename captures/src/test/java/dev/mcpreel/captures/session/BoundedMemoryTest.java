package dev.mcpreel.captures.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.exchange.BodyPart;
import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.exchange.Direction;
import dev.mcpreel.captures.testkit.EndlessTraffic;
import dev.mcpreel.captures.testkit.EndlessTraffic.Pattern;
import dev.mcpreel.captures.wire.JsonRpcReader;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.logging.Logger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Memory depends on what is open, not on how long the capture is. {@code -Dmcpreel.exchanges=10000000} for the long run, whose
 * numbers stand in docs/MEASURING.md; {@code -Dmcpreel.patterns=MIXED} for one pattern of several.
 */
@Timeout(3_600)
class BoundedMemoryTest {
    private static final Logger LOG = Logger.getLogger(BoundedMemoryTest.class.getName());
    private static final long EXCHANGES = Long.getLong("mcpreel.exchanges", 300_000);
    private static final int POINTS = 8;

    /** Room for what is bounded in number and not full at half time, and for what the collector leaves. */
    private static final long SLACK_BYTES = 4L * 1024 * 1024;

    private final Counted counted = new Counted();

    /** Remembers nothing but numbers. */
    private static final class Counted implements SessionListener {
        private long exchanges;
        private long calls;
        private long sessions;

        @Override
        public void onExchange(SessionExchange exchange) {
            exchanges++;
        }

        @Override
        public void onCall(Call call) {
            calls++;
        }

        @Override
        public void onSession(AgentSession session) {
            sessions++;
        }
    }

    static List<Pattern> patterns() {
        String wanted = System.getProperty("mcpreel.patterns");
        return wanted == null
                ? List.of(Pattern.values())
                : Arrays.stream(wanted.split(",")).map(Pattern::valueOf).toList();
    }

    @ParameterizedTest
    @MethodSource("patterns")
    void accept_trafficWithoutEnd_memoryStaysFlat(Pattern pattern) {
        EndlessTraffic traffic = new EndlessTraffic(pattern);
        SessionModel model = new SessionModel(SessionOptions.defaults(), counted);
        List<Long> used = new ArrayList<>();
        long nanos = 0;
        for (int i = 0; i < POINTS; i++) {
            long began = cpuNanos();
            traffic.play(EXCHANGES / POINTS, model);
            nanos += cpuNanos() - began;
            used.add(usedBytes());
        }
        long open = traffic.sessions() - counted.sessions;
        model.finish();
        long bare = bareNanos(pattern);
        LOG.info(String.format(
                "%-18s %,d exchanges, %.0f s of CPU: %.1f us each, %.1f us to make and parse them; %,d sessions, %,d open;"
                        + " used KiB %s",
                pattern,
                counted.exchanges,
                nanos / 1e9,
                nanos / 1e3 / counted.exchanges,
                bare / 1e3,
                counted.sessions,
                open,
                used.stream().map(bytes -> bytes / 1024).toList()));
        assertThat(counted.exchanges).isEqualTo(EXCHANGES / POINTS * POINTS);
        assertThat(counted.calls).isGreaterThan(EXCHANGES / 8);
        assertThat(used.get(POINTS - 1))
                .as("used at the end, of %s", used)
                .isLessThan(used.get(POINTS / 2 - 1) + SLACK_BYTES);
    }

    /** What an exchange costs without a model: to make it, and to parse what it holds. */
    private static long bareNanos(Pattern pattern) {
        long count = Math.min(EXCHANGES, 200_000);
        long began = cpuNanos();
        new EndlessTraffic(pattern).play(count, BoundedMemoryTest::parse);
        return (cpuNanos() - began) / count;
    }

    private static void parse(CaptureEvent event) {
        if (event instanceof BodyPart part && part.length() > 0) {
            boolean empty = JsonRpcReader.read(part.content()).isEmpty();
            assertThat(empty && part.direction() == Direction.REQUEST).isFalse();
        }
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static long usedBytes() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}

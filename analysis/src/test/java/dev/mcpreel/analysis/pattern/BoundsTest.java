package dev.mcpreel.analysis.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.session.TransportEnding;
import dev.mcpreel.captures.session.TransportKind;
import dev.mcpreel.captures.session.TransportSession;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is counted stays right where it is bounded. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class BoundsTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void timeline_anyLength_losesNoCallAndKeepsItsBounds() {
        Timeline timeline = new Timeline();
        Random random = new Random(5);
        for (int i = 0; i < 20_000; i++) {
            timeline.add(7 * SECOND + (long) (random.nextDouble() * 40 * 86_400 * SECOND));
        }

        for (int most : new int[] {10, 76, 2_000}) {
            Timeline.Buckets buckets = timeline.in(most);
            assertThat(buckets.counts()).hasSizeLessThanOrEqualTo(most);
            assertThat(sum(buckets)).isEqualTo(20_000);
        }
        assertThat(timeline.in(2_000).widthNanos()).isEqualTo(1_800 * SECOND);
    }

    @Test
    void timeline_callsOutOfOrder_standInTheirBuckets() {
        Timeline timeline = new Timeline();
        timeline.add(10 * SECOND);
        timeline.add(9 * SECOND + SECOND / 2);
        timeline.add(10 * SECOND + SECOND / 20);

        Timeline.Buckets buckets = timeline.in(100);

        assertThat(buckets.counts()).containsExactly(1L, 0L, 0L, 0L, 0L, 2L);
        assertThat(buckets.startNanos()).isEqualTo(9 * SECOND + SECOND / 2);
        assertThat(buckets.peak()).isEqualTo(2);
        assertThat(buckets.peakPerSecond()).isEqualTo(20.0);
    }

    private static long sum(Timeline.Buckets buckets) {
        return buckets.counts().stream().mapToLong(Long::longValue).sum();
    }

    @Test
    void sequences_moreDifferentOnesThanHeld_keepTheCommonOnes() {
        ToolNames names = new ToolNames();
        for (int i = 0; i < ToolNames.MOST; i++) {
            names.number("t" + i);
        }
        SequenceTally tally = new SequenceTally(3);
        Random random = new Random(9);
        int common = 0;
        for (int i = 0; i < 300_000; i++) {
            boolean often = random.nextInt(10) == 0;
            common += often ? 1 : 0;
            tally.add(often ? List.of(1, 2, 3) : List.of(random.nextInt(256), random.nextInt(256), 7));
        }

        Sequence first = tally.top(1, names).get(0);

        assertThat(first.tools()).containsExactly("t1", "t2", "t3");
        assertThat(tally.missedAtMost()).isPositive();
        assertThat(first.count()).isBetween(common - tally.missedAtMost(), (long) common);
        assertThat(tally.total()).isEqualTo(300_000);
    }

    @Test
    void toolNames_tooMany_shareOneNumber() {
        ToolNames names = new ToolNames();
        for (int i = 0; i < ToolNames.MOST; i++) {
            assertThat(names.number("t" + i)).isEqualTo(i);
        }

        assertThat(names.number("one more")).isEqualTo(ToolNames.OTHER);
        assertThat(names.number("t0")).isZero();
        assertThat(names.name(ToolNames.OTHER)).isEqualTo(Transitions.OTHER);
    }

    @Test
    void transports_usedByMany_countOnceWithTheirLastEnding() {
        TransportTally tally = new TransportTally();
        tally.add(transport("t1", TransportEnding.NONE));
        tally.add(transport("t1", TransportEnding.DELETED));
        tally.add(transport("t1", TransportEnding.NONE));
        tally.add(transport("t900", TransportEnding.LOST));

        assertThat(tally.counts())
                .containsOnly(Map.entry(
                        TransportKind.STREAMABLE, Map.of(TransportEnding.DELETED, 1L, TransportEnding.LOST, 1L)));
    }

    private static TransportSession transport(String id, TransportEnding ending) {
        return new TransportSession(id, TransportKind.STREAMABLE, "x", "c", "2025-11-25", 1, 2, ending, 2);
    }
}

package dev.mcpreel.analysis.calls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class OverlapTest {
    @Test
    void measure_nothing_isZero() {
        assertThat(new Overlap().measure()).isEqualTo(new Concurrency(0, 0, 0));
    }

    @Test
    void measure_withPause_sawNobody() {
        Overlap overlap = new Overlap();
        overlap.add(0, 10);
        overlap.add(5, 12);
        overlap.add(20, 30);
        assertThat(overlap.measure()).isEqualTo(new Concurrency(1, 0, 2));
    }

    @Test
    void measure_touchingEnds_overlap() {
        Overlap overlap = new Overlap();
        overlap.add(0, 10);
        overlap.add(10, 20);
        assertThat(overlap.measure()).isEqualTo(new Concurrency(1, 1, 2));
    }

    @Test
    void measure_endBeforeStart_isAMoment() {
        Overlap overlap = new Overlap();
        overlap.add(7, 3);
        assertThat(overlap.measure()).isEqualTo(new Concurrency(1, 1, 1));
    }

    @Test
    void measure_random_likeCountingEveryMoment() {
        for (long seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            Overlap overlap = new Overlap();
            int[] alive = new int[400];
            int first = alive.length;
            int last = 0;
            for (int i = 0; i < 100; i++) {
                int start = random.nextInt(150);
                int end = start + random.nextInt(40);
                overlap.add(start, end);
                // Half moments show what lies between two whole ones.
                for (int half = 2 * start; half <= 2 * end; half++) {
                    alive[half]++;
                }
                first = Math.min(first, 2 * start);
                last = Math.max(last, 2 * end);
            }
            int least = Integer.MAX_VALUE;
            int peak = 0;
            for (int half = first; half <= last; half++) {
                least = Math.min(least, alive[half]);
                peak = Math.max(peak, alive[half]);
            }
            assertThat(overlap.measure()).as("seed %d", seed).isEqualTo(new Concurrency(alive[last], least, peak));
        }
    }
}

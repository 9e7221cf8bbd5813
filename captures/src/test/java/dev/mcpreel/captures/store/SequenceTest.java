package dev.mcpreel.captures.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.store.Sequence.Place;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SequenceTest {
    private final Sequence sequence = new Sequence(0);

    private void take(long first, long last) {
        for (long seq = first; seq <= last; seq++) {
            sequence.take(seq);
        }
    }

    @Test
    void numbersThatComeLate_fillTheHole() {
        take(0, 4);
        assertThat(sequence.take(10)).isEqualTo(Place.NEXT);
        assertThat(sequence.skipped()).isEqualTo(5);
        assertThat(sequence.isNew(7)).isTrue();
        assertThat(sequence.take(7)).isEqualTo(Place.LATE);
        assertThat(sequence.skipped()).isZero();
        assertThat(sequence.isNew(7)).isFalse();
        assertThat(sequence.holes()).containsExactly(new SequenceHole(5, 2), new SequenceHole(8, 2));
        take(8, 9);
        take(5, 6);
        assertThat(sequence.holes()).isEmpty();
        assertThat(sequence.missing()).isZero();
        assertThat(sequence.next()).isEqualTo(11);
    }

    @Test
    void numberThatCameBefore_isACopy() {
        take(0, 4);
        assertThat(sequence.isNew(3)).isFalse();
        assertThat(sequence.take(3)).isEqualTo(Place.COPY);
        assertThat(sequence.take(4)).isEqualTo(Place.COPY);
        assertThat(sequence.isNew(-1)).isFalse();
        assertThat(sequence.take(-1)).isEqualTo(Place.COPY);
        assertThat(sequence.isNew(Long.MAX_VALUE)).isFalse();
        assertThat(sequence.take(Long.MAX_VALUE)).isEqualTo(Place.COPY);
        assertThat(sequence.next()).isEqualTo(5);
    }

    @Test
    void lastNumberOfALog_mayBeginTheNext_once() {
        sequence.nextLog();
        assertThat(sequence.take(0)).isEqualTo(Place.NEXT);
        sequence.nextLog();
        assertThat(sequence.take(0)).isEqualTo(Place.AGAIN);
        assertThat(sequence.take(0)).isEqualTo(Place.COPY);
        sequence.nextLog();
        assertThat(sequence.take(1)).isEqualTo(Place.NEXT);
        assertThat(sequence.take(1)).isEqualTo(Place.COPY);
    }

    @Test
    void holesSplitBeyondCounting_takeNoMemory() {
        sequence.take(1L << 40);
        for (long seq = 2; seq < 200_000; seq += 2) {
            sequence.take(seq);
        }
        assertThat(sequence.holes()).hasSize(10_000);
        assertThat(sequence.missing()).isEqualTo((1L << 40) - 10_000);
    }

    @Test
    void holesBeyondCounting_areAddedUpAndTakeNoMemory() {
        for (long seq = 1; seq < 200_000; seq += 2) {
            sequence.take(seq);
        }
        assertThat(sequence.holes()).hasSize(10_000);
        assertThat(sequence.missing()).isEqualTo(100_000);
        sequence.take(Long.MAX_VALUE - 1);
        assertThat(sequence.missing()).isPositive();
    }
}

package dev.mcpreel.captures.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.exchange.BodyPart;
import dev.mcpreel.captures.exchange.BodyState;
import dev.mcpreel.captures.exchange.CaptureEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ChunkJoinerTest {
    private final List<CaptureEvent> lost = new ArrayList<>();
    private final RandomEvents random = new RandomEvents(3);

    private final ChunkJoiner joiner = new ChunkJoiner(lost::add, 1 << 20);

    private List<RecordView> body(long exchangeId, int length) {
        byte[] frame = Frames.of(random.body(exchangeId, length));
        List<RecordView> records = new ArrayList<>();
        for (int at = 0; at < frame.length; ) {
            RecordView record = new RecordView();
            record.set(frame, at);
            records.add(record);
            at += record.total();
        }
        return records;
    }

    @Test
    void middleMissing_isToldOnceAndNothingJoined() {
        List<RecordView> chunks = body(1, 5 * Format.MAX_PAYLOAD);
        for (int chunk : new int[] {0, 1, 3, 4}) {
            assertThat(joiner.add(chunks.get(chunk))).isNull();
        }
        joiner.end();
        assertThat(states()).containsExactly(BodyState.LOST_IN_PART);
    }

    @Test
    void endOfOneAndBeginningOfTheNextMissing_areTwo() {
        List<RecordView> one = body(1, 3 * Format.MAX_PAYLOAD);
        List<RecordView> next = body(1, 3 * Format.MAX_PAYLOAD);
        List<RecordView> left = List.of(one.get(0), one.get(1), next.get(2));
        assertThat(left.stream().map(joiner::add)).containsOnlyNulls();
        assertThat(states()).containsExactly(BodyState.LOST_IN_PART, BodyState.LOST_IN_PART);
    }

    @Test
    void twoExchangesInTurn_areJoinedEach() {
        List<RecordView> one = body(1, 2 * Format.MAX_PAYLOAD);
        List<RecordView> other = body(2, 2 * Format.MAX_PAYLOAD);
        assertThat(Stream.of(one.get(0), other.get(0), one.get(1), other.get(1)).map(joiner::add))
                .satisfiesExactly(
                        first -> assertThat(first).isNull(),
                        second -> assertThat(second).isNull(),
                        whole -> assertThat(whole.varLen).isEqualTo(2 * Format.MAX_PAYLOAD),
                        whole -> assertThat(whole.varLen).isEqualTo(2 * Format.MAX_PAYLOAD));
        assertThat(lost).isEmpty();
    }

    /** A log made to fill the memory: payloads that never end. */
    @Test
    void payloadsWithoutEnd_areGivenUpOldestFirst() {
        for (int id = 1; id <= 10_000; id++) {
            joiner.add(body(id, 2 * Format.MAX_PAYLOAD).get(0));
        }
        assertThat(lost).hasSizeGreaterThan(9_980);
        assertThat(((BodyPart) lost.get(0)).exchangeId()).isEqualTo(1);
        List<RecordView> whole = body(20_000, 2 * Format.MAX_PAYLOAD);
        joiner.add(whole.get(0));
        assertThat(joiner.add(whole.get(1))).isNotNull();
    }

    @Test
    void manyTinyBeginnings_areGivenUpToo() {
        byte[] frame = Frames.raw(RecordType.BODY.code, new byte[] {0, 0, 1, 0}, new byte[1]);
        for (long id = 1; id <= 100_000; id++) {
            Le.i64(frame, Format.EXCHANGE_AT, id);
            RecordView record = new RecordView();
            record.set(frame, 0);
            joiner.add(record);
        }
        assertThat(lost).hasSizeGreaterThan(90_000);
    }

    private Stream<BodyState> states() {
        return lost.stream().map(event -> ((BodyPart) event).state());
    }
}

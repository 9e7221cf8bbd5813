package dev.mcpreel.captures.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.exchange.EndCause;
import dev.mcpreel.captures.exchange.EndedBy;
import dev.mcpreel.captures.exchange.ExchangeEnd;
import dev.mcpreel.captures.exchange.LossReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LedgerTest {
    private final Ledger ledger = new Ledger();

    /** The records of an end whose detail does not fit one. */
    private static List<RecordView> longEnd() {
        byte[] frame = Frames.of(new ExchangeEnd(
                1, 1, 1, EndCause.CLOSED, EndedBy.CLIENT, 0, 0, 0, 0, "x".repeat(3 * Format.MAX_PAYLOAD)));
        List<RecordView> records = new ArrayList<>();
        for (int at = 0;
                at < frame.length;
                at += records.get(records.size() - 1).total()) {
            RecordView record = new RecordView();
            record.set(frame, at);
            records.add(record);
        }
        return records;
    }

    @Test
    void endInSeveralRecords_isThereWithItsLast() {
        List<RecordView> records = longEnd();
        assertThat(records).hasSize(4);
        assertThat(records.stream().map(ledger::appended)).containsExactly(false, false, false, true);
        assertThat(ledger.recorded()).isEqualTo(1);
    }

    @Test
    void endOfWhichARecordWasDropped_isLostOnce() {
        List<RecordView> records = longEnd();
        ledger.appended(records.get(0));
        ledger.dropped(records.get(1), LossReason.DISK_FULL);
        ledger.dropped(records.get(2), LossReason.DISK_FULL);
        assertThat(ledger.appended(records.get(3))).isFalse();
        assertThat(ledger.recorded()).isZero();
        assertThat(ledger.lost()).isEqualTo(Map.of(LossReason.DISK_FULL, 1L));
    }
}

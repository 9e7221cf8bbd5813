package dev.mcpreel.captures.tap;

import dev.mcpreel.captures.exchange.LossReason;
import java.util.Map;

/**
 * The recording as it stands, for a live line.
 *
 * @param seen exchanges seen: those recorded, filtered or lost, and those not yet over
 * @param recorded exchanges in the log whole
 * @param filtered exchanges left out on purpose, by the rule that did; no zeros
 * @param lost exchanges that lost at least one event on the way to the log, by reason; no zeros
 * @param bytesWritten bytes of records handed to the log
 * @param trouble why nothing is being written now; empty when all is well
 */
public record RecorderStatus(
        long seen,
        long recorded,
        Map<String, Long> filtered,
        Map<LossReason, Long> lost,
        long bytesWritten,
        String trouble) {
    public RecorderStatus {
        filtered = Map.copyOf(filtered);
        lost = Map.copyOf(lost);
    }

    public long lostExchanges() {
        return lost.values().stream().mapToLong(Long::longValue).sum();
    }
}

package dev.mcpreel.captures.tap;

import dev.mcpreel.captures.exchange.LossReason;
import java.util.Map;

/**
 * The recording as it stands, for a live line.
 *
 * @param seen exchanges seen
 * @param lost exchanges that lost at least one event on the way to the log, by reason; no zeros
 * @param bytesWritten bytes of records handed to the log
 * @param trouble why nothing is being written now; empty when all is well
 */
public record RecorderStatus(long seen, Map<LossReason, Long> lost, long bytesWritten, String trouble) {
    public RecorderStatus {
        lost = Map.copyOf(lost);
    }

    public long lostExchanges() {
        return lost.values().stream().mapToLong(Long::longValue).sum();
    }
}

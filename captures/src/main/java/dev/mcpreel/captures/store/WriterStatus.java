package dev.mcpreel.captures.store;

import dev.mcpreel.captures.exchange.LossReason;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a writer does, for a live line.
 *
 * @param records records appended
 * @param bytes bytes of those records
 * @param recorded exchanges appended whole
 * @param steps step records appended
 * @param queuedBytes encoded bytes waiting for the writer thread
 * @param syncedSeq the last durable record, -1 before the first
 * @param stalledNanos how long the disk has been keeping the writer waiting; short waits are normal
 * @param suspended why nothing is being written, or null
 * @param lost exchanges the writer lost, by reason; those the source lost are not among them
 * @param lostSteps step records the writer lost
 */
public record WriterStatus(
        long records,
        long bytes,
        long recorded,
        long steps,
        long queuedBytes,
        long syncedSeq,
        long stalledNanos,
        @Nullable LossReason suspended,
        Map<LossReason, Long> lost,
        long lostSteps) {
    public WriterStatus {
        lost = Map.copyOf(lost);
    }
}

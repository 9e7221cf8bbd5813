package dev.mcpreel.cli;

import dev.mcpreel.captures.tap.RecorderStatus;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Tells once that a recording stops, once that it goes on, and from time to time what it loses, for whoever reads a log and not a live
 * line. Used by one thread.
 */
final class RecordingNews implements Supplier<String> {
    private static final long LOSSES_APART_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final String GOES_ON = "the traffic goes on";

    private final Supplier<RecorderStatus> recording;
    private final LongSupplier nanoTime;
    private String told = "";
    private long toldLost;
    private long toldLostNanos;
    private long sinceNanos;

    RecordingNews(Supplier<RecorderStatus> recording, LongSupplier nanoTime) {
        this.recording = recording;
        this.nanoTime = nanoTime;
        this.toldLostNanos = nanoTime.getAsLong() - LOSSES_APART_NANOS;
    }

    /** One line, or nothing when nothing is new. */
    @Override
    public String get() {
        RecorderStatus status = recording.get();
        long now = nanoTime.getAsLong();
        // The same trouble a second later differs in its number only.
        String trouble = RecordingWords.trouble(status).replaceAll("\\d+", "");
        if (!trouble.equals(told)) {
            return troubleChanged(status, trouble, now);
        }
        long lost = status.lostExchanges();
        if (lost > toldLost && now - toldLostNanos >= LOSSES_APART_NANOS) {
            toldLost(lost, now);
            return RecordingWords.alarm(status) + GOES_ON;
        }
        return "";
    }

    private String troubleChanged(RecorderStatus status, String trouble, long now) {
        boolean over = trouble.isEmpty();
        sinceNanos = told.isEmpty() ? now : sinceNanos;
        told = trouble;
        if (!over) {
            return RecordingWords.alarm(status) + GOES_ON;
        }
        long lost = status.lostExchanges();
        String losses = lost == 0 ? "lost nothing" : RecordingWords.lost(status.lost());
        toldLost(lost, now);
        return "recording again after " + Amounts.duration(now - sinceNanos) + "; " + losses + " so far";
    }

    private void toldLost(long lost, long now) {
        toldLost = lost;
        toldLostNanos = now;
    }
}

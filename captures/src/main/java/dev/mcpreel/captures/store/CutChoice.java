package dev.mcpreel.captures.store;

import dev.mcpreel.captures.exchange.CaptureEvent;
import org.jspecify.annotations.Nullable;

/** What of a capture becomes part of the one cut out of it. */
public interface CutChoice {
    /**
     * Asked of every event in the order of the log, clock anchors and counts aside, which the copy has of its own.
     *
     * @return what is written in its place, of the same kind and exchange; null for nothing
     */
    @Nullable
    CaptureEvent take(CaptureEvent event);

    /** What the manifest is to say, without the exchanges, which are counted as they are copied. */
    CutInfo info();
}

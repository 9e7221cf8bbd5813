package dev.mcpreel.captures.testkit.sim;

import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.exchange.ExchangeEvent;
import dev.mcpreel.captures.exchange.Gap;
import dev.mcpreel.captures.exchange.LossReason;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Loses some of a capture, as a recorder under too much load does. */
public final class Losses {
    private Losses() {}

    /**
     * Without some single events, some whole exchanges, and all that a stretch in the middle held; each loss is told of.
     *
     * @param share of the events and of the exchanges, from 0 to 1
     */
    public static List<CaptureEvent> of(List<CaptureEvent> events, double share, Random random) {
        List<CaptureEvent> left = new ArrayList<>(events.size());
        Set<Long> lost = new HashSet<>();
        Set<Long> kept = new HashSet<>();
        int hole = events.size() / 2 + random.nextInt(1 + events.size() / 4);
        int holeEnd = hole + events.size() / 50;
        for (int i = 0; i < events.size(); i++) {
            CaptureEvent event = events.get(i);
            boolean loses = random.nextDouble() < share || (i >= hole && i < holeEnd);
            if (event instanceof ExchangeEvent of) {
                long id = of.exchangeId();
                if (!lost.contains(id) && kept.add(id) && random.nextDouble() < share) {
                    lost.add(id);
                }
                loses |= lost.contains(id);
            }
            left.add(loses ? new Gap(event.atNanos(), LossReason.LANE_FULL, 0, 0, 1, 0) : event);
        }
        return left;
    }
}

package dev.mcpreel.captures.store;

import dev.mcpreel.captures.exchange.BodyPart;
import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.exchange.Direction;
import dev.mcpreel.captures.exchange.ExchangeCounts;
import dev.mcpreel.captures.exchange.ExchangeEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a log holds, exchange by exchange. */
final class FuzzLog {
    /** Exchanges that the log says are whole. */
    final Set<Long> recorded = new HashSet<>();

    /** Counts that claim more than stands before them. */
    final List<String> boasts = new ArrayList<>();

    private final Map<Long, int[]> events = new HashMap<>();
    private final Map<Long, long[]> bytes = new HashMap<>();

    private FuzzLog() {}

    static FuzzLog read(Path folder) {
        FuzzLog log = new FuzzLog();
        new LogReader(log::event, log::record).read(folder);
        return log;
    }

    private void record(RecordView record) {
        if (record.endsExchange() && !record.incomplete()) {
            recorded.add(record.exchangeId);
        }
    }

    private void event(CaptureEvent event) {
        if (event instanceof BodyPart part) {
            int side = part.direction() == Direction.REQUEST ? 0 : 1;
            bytes.computeIfAbsent(part.exchangeId(), id -> new long[2])[side] += part.length();
        } else if (event instanceof ExchangeEvent other) {
            events.computeIfAbsent(other.exchangeId(), id -> new int[1])[0]++;
        } else if (event instanceof ExchangeCounts counts
                && (counts.recorded() > recorded.size() || counts.open() < 0)) {
            boasts.add(counts + " with " + recorded.size() + " before it");
        }
    }

    /** Whatever there is of it. */
    boolean hasAnyOf(long id) {
        return events.containsKey(id) || bytes.containsKey(id);
    }

    /** As {@link FuzzExchange#content()} has it. */
    String content(long id) {
        long[] ofBodies = bytes.getOrDefault(id, new long[2]);
        return events.getOrDefault(id, new int[1])[0] + " events, " + ofBodies[0] + " and " + ofBodies[1] + " bytes";
    }
}

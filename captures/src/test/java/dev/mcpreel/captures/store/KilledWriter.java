package dev.mcpreel.captures.store;

import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.exchange.EventKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A process that writes a capture into a store and says on its output what was acknowledged, until it is killed. */
final class KilledWriter {
    static final int THREADS = 2;
    /** The ids of thread {@code t} begin behind {@code t} times this. */
    static final long IDS = 1_000_000_000L;

    private KilledWriter() {}

    public static void main(String[] arguments) {
        CaptureWriter writer = CaptureWriter.create(
                Path.of(arguments[0]), Captures.SEED, WriterOptions.defaults().withListener(new Printing()));
        for (int t = 0; t < THREADS; t++) {
            CaptureAppender appender = writer.newAppender();
            long base = t * IDS;
            new Thread(() -> {
                        for (long i = 1; ; i++) {
                            exchange(base + i).forEach(appender::append);
                        }
                    })
                    .start();
        }
    }

    /** The same events for the same id. */
    static List<CaptureEvent> exchange(long id) {
        RandomEvents random = new RandomEvents(id);
        if (id % 97 == 0) {
            return random.exchange(id, 150_000);
        }
        List<CaptureEvent> events = new ArrayList<>(random.exchange(id, id % 7 == 0 ? 12_000 : 400));
        if (id % 5 == 0) {
            events.add(1, random.of(EventKind.STEP, id));
        }
        return events;
    }

    /** Exchanges of a thread end in the order of their ids, so the last one says it for all. */
    private static final class Printing implements SyncListener {
        private final Map<Long, Long> lastEnded = new HashMap<>();

        @Override
        public void ended(long exchangeId, long seq) {
            lastEnded.put(exchangeId / IDS, exchangeId);
        }

        @Override
        public void synced(long throughSeq) {
            lastEnded.values().forEach(id -> System.out.println("acknowledged " + id));
            System.out.println("through " + throughSeq);
        }
    }
}

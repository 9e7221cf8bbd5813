package dev.mcpreel.captures.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.exchange.EventKind;
import dev.mcpreel.captures.exchange.ExchangeEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Any captures, any bounds, and processes that die at any deletion: what is left is whole, newest, and within the bounds. */
@Timeout(120)
class RetentionPropertyTest {
    @TempDir
    Path store;

    private final FakeClock clock = new FakeClock(0);
    private final RolledCaptures captures = new RolledCaptures(clock);
    private final Map<Path, List<CaptureEvent>> written = new LinkedHashMap<>();
    private final Map<Path, Long> toldBefore = new HashMap<>();

    @RepeatedTest(12)
    void rounds_thatDieAnywhere_leaveTheNewestWhole() throws IOException {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        String where = "seed " + seed;
        for (int i = random.nextInt(2, 5); i > 0; i--) {
            // Bodies of several records among them, whose chunks stand in two files.
            int length = random.nextInt(4) == 0 ? random.nextInt(200_000) : random.nextInt(10_000);
            Role role = random.nextInt(6) == 0 ? Role.REPLAYED : Role.RECORDED;
            Path run = captures.write(store, role, random.nextInt(1, 15), length);
            written.put(run, RolledCaptures.events(run));
            clock.advanceMillis(random.nextInt(1, 30_000));
        }
        Retention retention = retention(random);
        for (int deaths = random.nextInt(4); deaths > 0; deaths--) {
            int deletions = random.nextInt(8);
            round(retention, deletions);
            holds(where + " after a death");
        }
        RetentionStatus status = round(retention, Integer.MAX_VALUE);
        assertThat(status.trouble()).as(where).isEmpty();
        assertThat(status.overBytes()).as(where).isZero();
        holds(where);
        isWithin(retention, where);
        Map<Path, List<CaptureEvent>> left = read();
        round(retention, Integer.MAX_VALUE);
        assertThat(read()).as(where).isEqualTo(left);
    }

    private Retention retention(SplittableRandom random) throws IOException {
        long used = used();
        return switch (random.nextInt(4)) {
            case 0 -> RolledCaptures.rolling(random.nextLong(1, 2 * used), Long.MAX_VALUE, Integer.MAX_VALUE);
            case 1 ->
                RolledCaptures.rolling(
                        Long.MAX_VALUE, random.nextLong(1, wall() - FakeClock.WALL_START), Integer.MAX_VALUE);
            case 2 -> RolledCaptures.rolling(Long.MAX_VALUE, Long.MAX_VALUE, random.nextInt(1, 6));
            default ->
                RolledCaptures.rolling(
                        random.nextLong(1, 2 * used),
                        random.nextLong(1, 2 * (wall() - FakeClock.WALL_START)),
                        random.nextInt(1, 6));
        };
    }

    /** One of a process that has just begun, and that dies in place of a deletion, after so many. */
    private RetentionStatus round(Retention retention, int deletions) {
        int[] left = {deletions};
        Keeper keeper = new Keeper(store, retention, this::wall, file -> {
            if (left[0]-- <= 0) {
                throw new IllegalStateException("dead");
            }
            Files.deleteIfExists(file);
        });
        keeper.round();
        return keeper.status();
    }

    private void holds(String where) throws IOException {
        Map<Path, List<CaptureEvent>> left = read();
        List<Path> runs = new ArrayList<>(written.keySet());
        boolean cut = false;
        for (Path run : runs) {
            List<CaptureEvent> events = left.get(run);
            Removed removed = events == null ? null : ManifestFile.read(run).removed();
            if (events == null) {
                assertThat(cut).as("%s: %s goes after %s", where, run, runs).isFalse();
                continue;
            }
            VerifyReport report = CaptureVerifier.verify(run);
            assertThat(report.ok()).as("%s: %s", where, report).isTrue();
            long told = removed == null ? 0 : removed.beforeSeq();
            assertThat(told).as(where).isGreaterThanOrEqualTo(toldBefore.getOrDefault(run, 0L));
            toldBefore.put(run, told);
            isTheRestOf(written.get(run), events, where);
            cut |= removed == null;
        }
    }

    /** Exchanges are there as they were, or not at all, and none that began before one that is gone. */
    private static void isTheRestOf(List<CaptureEvent> all, List<CaptureEvent> rest, String where) {
        Map<Long, List<CaptureEvent>> before = exchanges(all);
        Map<Long, List<CaptureEvent>> now = exchanges(rest);
        now.forEach((id, events) ->
                assertThat(events).as("%s: exchange %s", where, id).isEqualTo(before.get(id)));
        assertThat(now.keySet())
                .as(where)
                .containsExactlyElementsOf(before.keySet().stream()
                        .skip(before.size() - now.size())
                        .toList());
    }

    private static Map<Long, List<CaptureEvent>> exchanges(List<CaptureEvent> events) {
        Map<Long, List<CaptureEvent>> exchanges = new LinkedHashMap<>();
        for (CaptureEvent event : events) {
            if (event instanceof ExchangeEvent one) {
                exchanges
                        .computeIfAbsent(one.exchangeId(), id -> new ArrayList<>())
                        .add(event);
            }
        }
        exchanges.values().forEach(one -> assertThat(one.get(0).kind()).isEqualTo(EventKind.REQUEST_HEAD));
        return exchanges;
    }

    private void isWithin(Retention retention, String where) throws IOException {
        List<StoredCapture> left = StoredCapture.of(store);
        assertThat(used()).as(where).isLessThanOrEqualTo(retention.maxBytes());
        assertThat(left.size() + 1L).as(where).isLessThanOrEqualTo(Math.max(1, retention.captures()));
        if (retention.boundsAge()) {
            long cutoff = wall() - retention.maxAgeNanos();
            for (StoredCapture capture : left) {
                Path newest = capture.files().get(capture.files().size() - 1);
                assertThat(FileTally.of(newest).newestWallNanos()).as(where).isGreaterThanOrEqualTo(cutoff);
            }
        }
    }

    private Map<Path, List<CaptureEvent>> read() {
        Map<Path, List<CaptureEvent>> left = new LinkedHashMap<>();
        for (Path run : written.keySet()) {
            if (Files.exists(run.resolve(ManifestFile.NAME))) {
                left.put(run, RolledCaptures.events(run));
            }
        }
        return left;
    }

    private long used() throws IOException {
        FileProbe probe = new FileProbe();
        long used = 0;
        for (StoredCapture capture : StoredCapture.of(store)) {
            for (Path file : capture.files()) {
                used += probe.usedBytes(file);
            }
        }
        return used;
    }

    private long wall() {
        return FakeClock.WALL_START + clock.now();
    }
}

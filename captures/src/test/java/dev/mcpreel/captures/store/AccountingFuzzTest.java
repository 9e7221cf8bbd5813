package dev.mcpreel.captures.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.exchange.ClockAnchor;
import dev.mcpreel.captures.exchange.EventKind;
import dev.mcpreel.captures.exchange.ExchangeEvent;
import dev.mcpreel.captures.exchange.LossReason;
import dev.mcpreel.captures.exchange.StepRecord;
import dev.mcpreel.captures.redact.Redaction;
import dev.mcpreel.captures.tap.ExchangeTap;
import dev.mcpreel.captures.tap.LiveSubscription;
import dev.mcpreel.captures.tap.Recorder;
import dev.mcpreel.captures.tap.RecorderOptions;
import dev.mcpreel.captures.tap.RecorderStatus;
import io.netty.channel.DefaultEventLoop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever fails, every exchange is recorded, filtered or lost, and counted once: random traffic from several event loops, with
 * random faults of lanes, recorder and disk. {@code -Dmcpreel.seeds=N} tries N of them, {@code -Dmcpreel.fuzz.seed=S} begins at S.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class AccountingFuzzTest {
    private static final int SEEDS = Integer.getInteger("mcpreel.seeds", 8);
    private static final long FIRST_SEED = Long.getLong("mcpreel.fuzz.seed", System.nanoTime());

    @TempDir
    Path folder;

    private final FakeClock clock = new FakeClock(0);
    private final AtomicLong space = new AtomicLong(Long.MAX_VALUE);
    private final AtomicReference<FaultySink.Failing> failing = new AtomicReference<>(FaultySink.Failing.NOTHING);
    private final ReentrantLock still = new ReentrantLock();
    private final Set<Long> heard = ConcurrentHashMap.newKeySet();
    private final List<Path> copies = new ArrayList<>();
    private long steps;

    static Stream<Long> seeds() {
        return Stream.iterate(FIRST_SEED, seed -> seed + 1).limit(SEEDS);
    }

    static Stream<Long> fewSeeds() {
        return seeds().limit(Math.max(1, SEEDS / 4));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyExchange_isAccountedForOnce(long seed) throws Exception {
        play(seed, Retention.NONE);
    }

    @ParameterizedTest
    @MethodSource("fewSeeds")
    void everyExchange_whileLogsRoll_isAccountedForOnce(long seed) throws Exception {
        play(seed, RolledCaptures.rolling(Long.MAX_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE));
    }

    private void play(long seed, Retention retention) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        FuzzRules rules = FuzzRules.of(random.nextInt(1_000));
        boolean smallLanes = random.nextBoolean();
        boolean recorderFaults = random.nextBoolean();
        boolean diskFaults = random.nextBoolean();
        WriterOptions options = options(random).withRetention(retention);
        CaptureWriter writer = CaptureWriter.create(
                folder.resolve("store"),
                Captures.SEED.withFilter(rules.filter().rules()),
                options,
                log -> new FaultySink(ChronicleLog.create(log, clock::now), failing, still),
                new ClockAnchor(0, FakeClock.WALL_START));
        long lane = smallLanes ? 64L * 1024 + random.nextInt(200_000) : 256L << 20;
        Recorder recorder = Recorder.start(
                writer,
                Redaction.standard(),
                new RecorderOptions(lane, 1 + random.nextInt(2)).withFilter(rules.filter()),
                clock::now);
        LiveSubscription unused = recorder.subscribe("live", 1_000_000, this::hear);
        List<FuzzExchange> exchanges = traffic(random, rules, recorder, recorderFaults, diskFaults);
        if (diskFaults && random.nextInt(3) == 0) {
            space.set(0);
            failing.set(FaultySink.Failing.APPEND);
        } else if (random.nextBoolean()) {
            heal();
        }
        Manifest manifest = recorder.close(Ending.COMPLETE);

        String where = "seed " + seed + ", " + rules.only() + rules.except() + (smallLanes ? ", small lanes" : "")
                + (recorderFaults ? ", recorder faults" : "") + (diskFaults ? ", disk faults" : "");
        System.out.println(where + ": " + manifest.counts() + ", " + copies.size() + " copies");
        holds(where, manifest, exchanges);
        if (!smallLanes && !diskFaults) {
            holdsExactly(where, manifest.counts(), exchanges);
        }
        sameAs(where, manifest.counts(), recorder.status());
        for (Path copy : copies) {
            interruptedHolds(where, copy);
        }
    }

    private WriterOptions options(SplittableRandom random) {
        WriterLimits limits = WriterLimits.DEFAULT;
        WriterLimits some = new WriterLimits(
                random.nextBoolean() ? 100_000 : limits.queueBytes(),
                limits.syncIntervalNanos(),
                random.nextBoolean() ? 50_000 : limits.syncBytes(),
                random.nextBoolean() ? 0 : limits.coalesceBytes(),
                limits.coalesceNanos(),
                random.nextBoolean() ? 5_000_000_000L : limits.anchorIntervalNanos(),
                limits.reserveBytes());
        return Captures.options(clock).withFreeSpace(any -> space.get()).withLimits(some);
    }

    /** Every loop plays its own exchanges, while this thread breaks and mends the disk. */
    private List<FuzzExchange> traffic(
            SplittableRandom random, FuzzRules rules, Recorder recorder, boolean faults, boolean diskFaults)
            throws Exception {
        List<DefaultEventLoop> loops = new ArrayList<>();
        List<Future<List<FuzzExchange>>> played = new ArrayList<>();
        for (int left = 1 + random.nextInt(3); left > 0; left--) {
            DefaultEventLoop loop = new DefaultEventLoop();
            SplittableRandom own = random.split();
            loops.add(loop);
            played.add(loop.submit(() -> play(own, rules, recorder, loop, faults)));
        }
        RandomEvents events = new RandomEvents(random.nextLong());
        do {
            clock.advanceMillis(random.nextInt(700));
            recorder.step((StepRecord) events.of(EventKind.STEP, 0));
            steps++;
            if (diskFaults) {
                disturb(random);
            }
            if (copies.size() < 3 && random.nextInt(20 << (2 * copies.size())) == 0) {
                copyAsAKillLeavesIt(recorder, random);
            }
            RecorderStatus status = recorder.status();
            assertThat(status.recorded() + sum(status.filtered()) + status.lostExchanges())
                    .isLessThanOrEqualTo(status.seen());
        } while (!played.stream().allMatch(Future::isDone));
        List<FuzzExchange> all = new ArrayList<>();
        for (Future<List<FuzzExchange>> one : played) {
            all.addAll(one.get());
        }
        loops.forEach(loop ->
                assertThat(loop.shutdownGracefully(0, 1, TimeUnit.SECONDS)).isNotNull());
        return all;
    }

    private static List<FuzzExchange> play(
            SplittableRandom random, FuzzRules rules, Recorder recorder, DefaultEventLoop loop, boolean faults) {
        List<FuzzExchange> all = new ArrayList<>();
        List<FuzzExchange> open = new ArrayList<>();
        int left = 100 + random.nextInt(500);
        while (left > 0 || !open.isEmpty()) {
            if (left > 0 && (open.isEmpty() || (open.size() < 20 && random.nextInt(4) == 0))) {
                ExchangeTap tap = recorder.begin(loop, recorder.newConnectionId(), "a:1");
                open.add(new FuzzExchange(random, rules, tap, faults));
                all.add(open.get(open.size() - 1));
                left--;
            }
            int which = random.nextInt(open.size());
            if (!open.get(which).proceed()) {
                open.remove(which);
            }
        }
        return all;
    }

    private void disturb(SplittableRandom random) {
        switch (random.nextInt(8)) {
            case 0 -> space.set(0);
            case 1 -> failing.set(List.of(FaultySink.Failing.values()).get(random.nextInt(4)));
            default -> heal();
        }
    }

    private void heal() {
        space.set(Long.MAX_VALUE);
        failing.set(FaultySink.Failing.NOTHING);
    }

    private void copyAsAKillLeavesIt(Recorder recorder, SplittableRandom random) throws IOException {
        Path run = run();
        Path copy = folder.resolve("copy-" + copies.size() + "-" + random.nextInt(1_000));
        still.lock();
        try (Stream<Path> files = Files.walk(run)) {
            for (Path file : files.toList()) {
                Path to = copy.resolve(run.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(to);
                } else {
                    Files.copy(file, to);
                }
            }
        } finally {
            still.unlock();
        }
        assertThat(recorder.status().seen()).isNotNegative();
        copies.add(copy);
    }

    private Path run() {
        return CaptureStore.runs(folder.resolve("store")).get(0);
    }

    private void hear(CaptureEvent event) {
        if (event instanceof ExchangeEvent exchange) {
            heard.add(exchange.exchangeId());
        }
    }

    private void holds(String where, Manifest manifest, List<FuzzExchange> exchanges) {
        Counts counts = manifest.counts();
        VerifyReport report = CaptureVerifier.verify(run());
        assertThat(report.ok()).as("%s: %s", where, report).isTrue();
        assertThat(counts.seen()).as(where).isEqualTo(exchanges.size());
        assertThat(counts.recorded() + counts.filteredExchanges() + counts.lostExchanges())
                .as(where)
                .isEqualTo(counts.seen());
        assertThat(counts.steps() + counts.lostSteps()).as(where).isEqualTo(steps);
        Map<String, Long> filtered = new HashMap<>();
        long missing = 0;
        FuzzLog log = FuzzLog.read(report.folder());
        for (FuzzExchange exchange : exchanges) {
            String what = where + ", exchange " + exchange.id();
            String reason = exchange.filtered();
            if (reason != null) {
                filtered.merge(reason, 1L, Long::sum);
                assertThat(log.hasAnyOf(exchange.id())).as(what).isFalse();
                assertThat(heard).as(what).doesNotContain(exchange.id());
            } else if (log.recorded.contains(exchange.id())) {
                assertThat(log.content(exchange.id())).as(what).isEqualTo(exchange.content());
            } else if (!log.content(exchange.id()).equals(exchange.content())) {
                missing++;
            }
        }
        assertThat(counts.filtered()).as(where).isEqualTo(filtered);
        assertThat(counts.recorded()).as(where).isEqualTo(log.recorded.size());
        assertThat(counts.lostExchanges()).as(where).isGreaterThanOrEqualTo(missing);
        assertThat(log.boasts).as(where).isEmpty();
    }

    /** Where nothing but the recorder fails, it is known of each exchange what becomes of it. */
    private static void holdsExactly(String where, Counts counts, List<FuzzExchange> exchanges) {
        long faulty = exchanges.stream().filter(FuzzExchange::faulty).count();
        assertThat(counts.lost())
                .as(where)
                .isEqualTo(faulty == 0 ? Map.of() : Map.of(LossReason.RECORDER_FAULT, faulty));
    }

    private static void sameAs(String where, Counts counts, RecorderStatus status) {
        assertThat(status.seen()).as(where).isEqualTo(counts.seen());
        assertThat(status.recorded()).as(where).isEqualTo(counts.recorded());
        assertThat(status.filtered()).as(where).isEqualTo(counts.filtered());
        assertThat(status.lost()).as(where).isEqualTo(counts.lost());
    }

    private static void interruptedHolds(String where, Path copy) {
        VerifyReport report = CaptureVerifier.verify(copy);
        assertThat(report.interrupted()).as("%s, %s: %s", where, copy, report).isTrue();
        assertThat(report.ok()).as("%s, %s: %s", where, copy, report).isTrue();
        FuzzLog log = FuzzLog.read(copy);
        assertThat(log.boasts).as(where).isEmpty();
        Accounting accounting = report.accounting();
        assertThat(accounting).isNotNull();
        assertThat(accounting.addsUp()).as("%s: %s", where, accounting).isTrue();
        assertThat(accounting.recorded() + accounting.recordedSince()).as(where).isEqualTo(log.recorded.size());
    }

    private static long sum(Map<?, Long> counts) {
        return new TreeMap<>(counts)
                .values().stream().mapToLong(Long::longValue).sum();
    }
}

package dev.mcpreel.captures.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.exchange.EventKind;
import dev.mcpreel.captures.exchange.ExchangeEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class KeeperTest {
    private static final long ANY_SIZE = Long.MAX_VALUE;
    private static final long ANY_AGE = Long.MAX_VALUE;
    private static final int ANY_NUMBER = Integer.MAX_VALUE;

    /** What is kept free for the log being written, and the next. */
    private static final long ROOM = 2L * (RolledCaptures.ROLL_BYTES + FileProbe.CLAIMED_BYTES);

    @TempDir
    Path store;

    private final FakeClock clock = new FakeClock(0);
    private final RolledCaptures captures = new RolledCaptures(clock);

    @Test
    void size_isKept_oldestFilesFirst_andTheRestReadsAsIfItHadBegunThere() throws IOException {
        Path run = captures.write(store, Role.RECORDED, 40, 8_000);
        List<CaptureEvent> all = RolledCaptures.events(run);
        Counts counts = ManifestFile.read(run).counts();
        int files = LogWalker.files(run).size();
        long used = used(run);
        Keeper keeper = keeper(used / 2 + ROOM, ANY_AGE, ANY_NUMBER);

        keeper.round();

        assertThat(used(run)).isBetween(used / 4, used / 2);
        Manifest manifest = ManifestFile.read(run);
        Removed removed = Removed.before(manifest);
        assertThat(removed.files()).isPositive();
        assertThat(LogWalker.files(run)).hasSize(files - (int) removed.files());
        assertThat(run.resolve("log")).doesNotExist();
        assertThat(run.resolve("log-2")).doesNotExist();
        assertThat(manifest.counts()).as("what was recorded").isEqualTo(counts);
        // Every event is one record here.
        int first = (int) removed.beforeSeq();
        assertThat(RolledCaptures.events(run)).isEqualTo(fromTheirHeads(all.subList(first, all.size())));
        assertThat(removed.records()).isEqualTo(first);
        assertThat(removed.exchanges()).isEqualTo(ends(all.subList(0, first))).isEqualTo(removed.whole());
        assertThat(removed.until())
                .isEqualTo(RunFolder.isoInstant(
                        FakeClock.WALL_START + all.get(first - 1).atNanos()));
        isWhole(run);
        assertThat(keeper.status().files()).isEqualTo(removed.files());
        assertThat(keeper.status().bytes()).isEqualTo(used - used(run));
        assertThat(keeper.status().overBytes()).isZero();

        keeper.round();
        assertThat(ManifestFile.read(run))
                .as("a second round finds nothing to do")
                .isEqualTo(manifest);
    }

    @Test
    void size_ofSeveralCaptures_goesFromTheOldest_whichGoesWhole() {
        Path oldest = captures.write(store, Role.RECORDED, 10, 8_000);
        Path middle = captures.write(store, Role.RECORDED, 20, 8_000);
        Path newest = captures.write(store, Role.RECORDED, 10, 8_000);
        long keep = used(newest) + used(middle) / 2;

        Keeper keeper = keeper(keep + ROOM, ANY_AGE, ANY_NUMBER);
        keeper.round();

        assertThat(oldest).doesNotExist();
        assertThat(ManifestFile.read(middle).removed()).isNotNull();
        assertThat(ManifestFile.read(newest).removed()).isNull();
        assertThat(used(middle) + used(newest)).isLessThanOrEqualTo(keep);
        assertThat(keeper.status().captures()).isEqualTo(1);
        isWhole(middle);
        isWhole(newest);
    }

    @Test
    void number_countsTheOneToCome_andSparesTheOneBeingWritten() {
        Path first = captures.write(store, Role.RECORDED, 1, 10);
        Path second = captures.write(store, Role.REPLAYED, 1, 10);
        Path third = captures.write(store, Role.RECORDED, 1, 10);
        keeper(ANY_SIZE, ANY_AGE, 3).round();
        assertThat(CaptureStore.runs(store)).containsExactly(third, second);
        assertThat(first).doesNotExist();

        try (CaptureWriter writer = CaptureWriter.create(store, Captures.SEED, captures.options())) {
            captures.write(store, Role.RECORDED, 1, 10);
            keeper(ANY_SIZE, ANY_AGE, 1).round();
            assertThat(CaptureStore.runs(store)).containsExactly(writer.folder());
        }
        keeper(ANY_SIZE, ANY_AGE, 1).round();
        assertThat(store).as("interrupted, and now nobody's").isEmptyDirectory();
    }

    @Test
    void age_isThatOfTheNewestRecordOfAFile() throws IOException {
        Path run = captures.write(store, Role.RECORDED, 40, 8_000);
        List<Path> files = LogWalker.files(run);
        long newest = FileTally.of(files.get(4)).newestWallNanos();
        long age = FakeClock.WALL_START + clock.now() - newest;

        keeper(ANY_SIZE, age, ANY_NUMBER).round();
        assertThat(LogWalker.files(run)).isEqualTo(files.subList(4, files.size()));
        keeper(ANY_SIZE, age - 1, ANY_NUMBER).round();
        assertThat(LogWalker.files(run)).isEqualTo(files.subList(5, files.size()));
        isWhole(run);

        clock.advanceMillis(3_600_000);
        Path young = captures.write(store, Role.RECORDED, 1, 10);
        keeper(ANY_SIZE, TimeUnit.HOURS.toNanos(1), ANY_NUMBER).round();
        assertThat(CaptureStore.runs(store)).containsExactly(young);
    }

    @Test
    void age_ofACopy_countsFromTheCopying_andAnOldDateAloneRemovesNothing() throws IOException {
        Path run = captures.write(store, Role.RECORDED, 20, 8_000);
        List<Path> files = LogWalker.files(run);
        clock.advanceMillis(7_200_000);
        FileTime now = FileTime.from(FakeClock.WALL_START + clock.now(), TimeUnit.NANOSECONDS);
        Files.setLastModifiedTime(files.get(0), now);
        keeper(ANY_SIZE, TimeUnit.HOURS.toNanos(1), ANY_NUMBER).round();
        assertThat(LogWalker.files(run)).isEqualTo(files);

        Path young = captures.write(store, Role.RECORDED, 20, 8_000);
        for (Path file : LogWalker.files(young)) {
            Files.setLastModifiedTime(file, FileTime.fromMillis(0));
        }
        keeper(ANY_SIZE, TimeUnit.HOURS.toNanos(1), ANY_NUMBER).round();
        assertThat(ManifestFile.read(young).removed()).isNull();
    }

    @Test
    void process_thatDiesBeforeItDeletes_leavesACaptureThatIsWhole() throws IOException {
        Path run = captures.write(store, Role.RECORDED, 40, 8_000);
        List<CaptureEvent> all = RolledCaptures.events(run);
        List<Path> files = LogWalker.files(run);
        Retention half = RolledCaptures.rolling(used(run) / 2 + ROOM, ANY_AGE, ANY_NUMBER);
        AtomicInteger deletions = new AtomicInteger();
        Keeper dying = new Keeper(store, half, this::wall, file -> {
            if (file.toString().endsWith(".cq4") && deletions.getAndIncrement() > 0) {
                throw new IOException("died");
            }
            Files.deleteIfExists(file);
        });
        dying.round();

        assertThat(dying.status().trouble()).contains(run.toString()).contains("died");
        Removed told = Removed.before(ManifestFile.read(run));
        assertThat(LogWalker.files(run)).as("one more is told of than is gone").hasSize(files.size() - 1);
        assertThat(told.beforeSeq()).isGreaterThan(FileTally.of(files.get(1)).lastSeq());
        isWhole(run);
        List<CaptureEvent> left = fromTheirHeads(all.subList((int) told.beforeSeq(), all.size()));
        assertThat(RolledCaptures.events(run)).isEqualTo(left);

        new Keeper(store, half, this::wall, Files::deleteIfExists).round();
        isWhole(run);
        Removed removed = Removed.before(ManifestFile.read(run));
        assertThat(removed.records()).isEqualTo(removed.beforeSeq());
        assertThat(removed.files())
                .isEqualTo(files.size() - LogWalker.files(run).size());
    }

    @Test
    void replay_andCaptureWithoutAManifest_goWholeOrNotAtAll() throws IOException {
        Path replay = captures.write(store, Role.REPLAYED, 20, 8_000);
        Path damaged = captures.write(store, Role.RECORDED, 20, 8_000);
        Path recording = captures.write(store, Role.RECORDED, 20, 8_000);
        Files.writeString(damaged.resolve("manifest.json"), "{");
        long all = used(replay) + used(damaged) + used(recording);
        keeper(all - 1 + ROOM, ANY_AGE, ANY_NUMBER).round();
        assertThat(CaptureStore.runs(store)).containsExactly(recording, damaged);
        long rest = used(damaged) + used(recording);
        keeper(rest - 1 + ROOM, ANY_AGE, ANY_NUMBER).round();
        assertThat(CaptureStore.runs(store)).containsExactly(recording);
        assertThat(ManifestFile.read(recording).removed()).isNull();
    }

    @Test
    void damage_inAFileThatIsRemoved_isGoneWithIt() throws IOException {
        Path run = captures.write(store, Role.RECORDED, 40, 8_000);
        Path first = LogWalker.files(run).get(0);
        long end = new FileProbe().usedBytes(first) - FileProbe.CLAIMED_BYTES;
        Captures.overwrite(first, end - 30_000, new byte[10_000]);
        Path second = LogWalker.files(run).get(1);
        long behind = FileTally.of(LogWalker.files(run).get(2)).firstSeq();
        Captures.overwrite(
                second, new FileProbe().usedBytes(second) - FileProbe.CLAIMED_BYTES - 12_000, new byte[12_000]);
        assertThat(FileTally.of(second).lastSeq()).isLessThan(behind - 1);
        assertThat(CaptureVerifier.verify(run).ok()).isFalse();

        keeper(used(run) / 2 + ROOM, ANY_AGE, ANY_NUMBER).round();

        assertThat(first).doesNotExist();
        assertThat(second).doesNotExist();
        Removed removed = Removed.before(ManifestFile.read(run));
        assertThat(removed.records()).isLessThan(removed.beforeSeq());
        isWhole(run);
    }

    @Test
    void captureWhoseManifestTheDiskDoesNotGive_staysUntilItDoes() throws IOException {
        Path run = captures.write(store, Role.RECORDED, 20, 8_000);
        Path manifest = run.resolve(ManifestFile.NAME);
        Path aside = Files.move(manifest, run.resolve("aside"));
        // A loop fails with an error of the file system, for the superuser as well.
        Files.createSymbolicLink(manifest, manifest);
        List<Path> files = LogWalker.files(run);
        Keeper keeper = keeper(1, 1, 1);
        assertThat(keeper.round()).as("something is left").isTrue();
        assertThat(LogWalker.files(run)).isEqualTo(files);
        assertThat(keeper.status().trouble()).contains(run.toString());

        Files.delete(manifest);
        Files.move(aside, manifest);
        keeper.round();
        assertThat(run).doesNotExist();
    }

    @Test
    void whatIsNotOurs_stays() throws IOException {
        Path elsewhere = Files.createDirectory(store.resolve("elsewhere"));
        Path linked = captures.write(elsewhere, Role.RECORDED, 1, 10);
        Files.createSymbolicLink(store.resolve(linked.getFileName()), linked);
        Path kept = captures.write(store, Role.RECORDED, 1, 10);
        Path renamed = Files.move(kept, store.resolve("before-the-release"));
        Path newer = captures.write(store, Role.RECORDED, 1, 10);
        String manifest = Files.readString(newer.resolve("manifest.json"));
        Files.writeString(newer.resolve("manifest.json"), manifest.replaceFirst("\"format\" : 1", "\"format\" : 2"));
        Path run = captures.write(store, Role.RECORDED, 1, 10);
        Files.writeString(run.resolve("notes.txt"), "mine");
        Path linkedLog = Files.createSymbolicLink(run.resolve("log-9"), linked.resolve("log"));
        Files.writeString(store.resolve("README"), "mine");

        keeper(1, 1, 1).round();

        assertThat(LogWalker.files(linked)).hasSize(1);
        assertThat(store.resolve(linked.getFileName())).isSymbolicLink();
        isWhole(renamed);
        assertThat(newer.resolve("log")).exists();
        assertThat(run).isDirectoryContaining(path -> path.endsWith("notes.txt"));
        assertThat(linkedLog).isSymbolicLink();
        assertThat(run.toFile().list()).containsExactlyInAnyOrder("notes.txt", "log-9");
        assertThat(store.resolve("README")).exists();
    }

    private Keeper keeper(long maxBytes, long maxAgeNanos, int number) {
        Retention retention = RolledCaptures.rolling(maxBytes, maxAgeNanos, number);
        return new Keeper(store, retention, this::wall, Files::deleteIfExists);
    }

    private long wall() {
        return FakeClock.WALL_START + clock.now();
    }

    private static long used(Path run) {
        try {
            FileProbe probe = new FileProbe();
            long used = 0;
            for (Path file : LogWalker.files(run)) {
                used += probe.usedBytes(file);
            }
            return used;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void isWhole(Path run) {
        VerifyReport report = CaptureVerifier.verify(run);
        assertThat(report.ok()).as(report.toString()).isTrue();
    }

    private static long ends(List<CaptureEvent> events) {
        return events.stream()
                .filter(event -> event.kind() == EventKind.EXCHANGE_END)
                .count();
    }

    /** Without those of exchanges whose head is not among them. */
    private static List<CaptureEvent> fromTheirHeads(List<CaptureEvent> events) {
        Set<Long> begun = new HashSet<>();
        return events.stream()
                .filter(event -> {
                    if (event.kind() == EventKind.REQUEST_HEAD) {
                        begun.add(((ExchangeEvent) event).exchangeId());
                    }
                    return !(event instanceof ExchangeEvent exchange) || begun.contains(exchange.exchangeId());
                })
                .toList();
    }
}

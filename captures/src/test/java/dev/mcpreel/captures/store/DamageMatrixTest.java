package dev.mcpreel.captures.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.mcpreel.captures.exchange.EventKind;
import dev.mcpreel.captures.exchange.Gap;
import dev.mcpreel.captures.exchange.LossReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every kind of damage to a log and what is around it. {@link SurvivedDamage} says what must hold each time. With
 * {@code -Dmcpreel.damage=full} there is much more of each, and the random ones get a seed of their own.
 */
@Timeout(1_800)
class DamageMatrixTest {
    private static final boolean FULL = "full".equals(System.getProperty("mcpreel.damage"));

    /** Not a wish: no damage may keep anybody waiting for longer. */
    private static final Duration NO_HANG = Duration.ofSeconds(5);

    /** Behind the last record; files are longer than what was written to them. */
    private static final int SLACK = 8 << 10;

    @TempDir
    Path work;

    private long seed;
    private SplittableRandom random;
    private Path capture;
    private Path file;
    private byte[] whole;
    private List<Integer> offsets;
    private int used;
    private int cases;
    private long slowestNanos;

    @BeforeEach
    void write() throws IOException {
        seed = FULL ? System.nanoTime() : 20261126;
        random = new SplittableRandom(seed);
        capture = writeCapture(work.resolve("store"));
        file = Captures.logFile(capture);
        byte[] all = Files.readAllBytes(file);
        offsets = RawSearch.offsets(all);
        int last = offsets.get(offsets.size() - 1);
        used = last + RawSearch.length(all, last);
        whole = Arrays.copyOf(all, (used + SLACK) / 4 * 4);
        Files.write(file, whole);
        assertThat(offsets).hasSizeGreaterThan(250);
    }

    @AfterEach
    void tell(TestInfo test) {
        System.out.printf(
                "%s: %d cases, slowest %d ms, seed %d%n", test.getDisplayName(), cases, slowestNanos / 1_000_000, seed);
    }

    /** Some hundred records of every kind, small exchanges and some cut into many. */
    private static Path writeCapture(Path store) {
        CaptureWriter writer = CaptureWriter.create(store, Captures.SEED, Captures.options(new FakeClock(0)));
        CaptureAppender appender = writer.newAppender();
        RandomEvents events = new RandomEvents(83);
        for (int id = 1; id <= 150; id++) {
            events.exchange(id, id % 25 == 0 ? 70_000 : id % 10 == 0 ? 9_000 : 150)
                    .forEach(appender::append);
            appender.append(events.of(id % 3 == 0 ? EventKind.STEP : EventKind.RUN_SAMPLE, 0));
        }
        appender.append(new Gap(1, LossReason.LANE_FULL, 0, 2, 9, 100));
        appender.flush();
        writer.put(Frames.raw(200, new byte[5], new byte[60]));
        writer.close(Ending.COMPLETE, SourceCounts.NONE);
        return writer.folder();
    }

    @Test
    void truncated_atEveryKibibyte() throws IOException {
        for (int size = 0; size <= used; size += FULL ? 64 : 1 << 10) {
            byte[] bytes = Arrays.copyOf(whole, size);
            check("truncated to " + size, bytes);
        }
    }

    @Test
    void zeroedHoles() throws IOException {
        int[] lengths = {1, 4, 60, 512, 4_096, 10_000, 65_536};
        for (int i = 0; i < (FULL ? 3_000 : 80); i++) {
            int from = random.nextInt(used);
            int to = Math.min(whole.length, from + lengths[i % lengths.length]);
            byte[] bytes = whole.clone();
            Arrays.fill(bytes, from, to, (byte) 0);
            check("zeroed from " + from + " to " + to, bytes);
        }
    }

    @Test
    void randomBlocks() throws IOException {
        int[] lengths = {1, 3, 64, 512, 4_096, 30_000};
        for (int i = 0; i < (FULL ? 3_000 : 80); i++) {
            byte[] bytes = whole.clone();
            for (int blocks = 1 + random.nextInt(3); blocks > 0; blocks--) {
                byte[] junk = new byte[lengths[random.nextInt(lengths.length)]];
                random.nextBytes(junk);
                int from = random.nextInt(used);
                System.arraycopy(junk, 0, bytes, from, Math.min(junk.length, bytes.length - from));
            }
            check("random blocks, case " + i, bytes);
        }
    }

    /** The words that say how a record and its document go on: header, magic, type and length, payload length, seq, CRC. */
    @Test
    void flippedBits_whereTheyHurtMost() throws IOException {
        for (int i = 0; i < (FULL ? 3_000 : 120); i++) {
            int record = offsets.get(random.nextInt(offsets.size()));
            int crc = RawSearch.length(whole, record) - 4;
            int[] places = {-4, -1, 0, 4, 6, 8, 11, 16, 23, crc};
            int at = record + places[i % places.length];
            byte[] bytes = whole.clone();
            bytes[at] ^= (byte) (1 << random.nextInt(8));
            check("bit flipped at " + at, bytes);
        }
    }

    @Test
    void headerWords_thatEndOrMislead() throws IOException {
        int[] words = {0, 0x80000000, 0xC0000000, 0x40000010, 0x40001000, 0x400FFFFF, 0x7FFFFFFF, 0x3FFFFFFF, 60, -1};
        for (int word : words) {
            for (int record : FULL ? offsets : offsets.subList(0, 3)) {
                check("header of " + record + " is " + Integer.toHexString(word), with(record - 4, word));
                check("payload length of " + record + " is " + word, with(record + 8, word));
            }
            int last = offsets.get(offsets.size() - 1);
            check("header of the last is " + Integer.toHexString(word), with(last - 4, word));
        }
        check("end of file in the middle", endOfFileAt(offsets.get(100) - 4));
    }

    @Test
    void everyHeaderGone() throws IOException {
        byte[] bytes = whole.clone();
        for (int record : offsets) {
            Le.i32(bytes, record - 4, -1);
        }
        check("no header is left", bytes);
    }

    @Test
    void startOverwritten() throws IOException {
        for (int length : new int[] {4, 64, 4_096, 70_000, 200_000}) {
            byte[] junk = new byte[length];
            random.nextBytes(junk);
            byte[] bytes = whole.clone();
            System.arraycopy(junk, 0, bytes, 0, length);
            check("first " + length + " bytes random", bytes);
        }
    }

    @Test
    void blocksSwappedAndCopied() throws IOException {
        int block = 4_096;
        for (int i = 0; i < (FULL ? 1_000 : 40); i++) {
            int one = random.nextInt(used / block) * block;
            int other = random.nextInt(used / block) * block;
            byte[] bytes = whole.clone();
            System.arraycopy(whole, one, bytes, other, block);
            check("block " + one + " copied to " + other, bytes);
            System.arraycopy(whole, other, bytes, one, block);
            check("blocks " + one + " and " + other + " swapped", bytes);
        }
    }

    @Test
    void strayAndSplitFiles() throws IOException {
        Path stray = file.resolveSibling("20990101-00F.cq4");
        Files.write(stray, whole);
        check("a copy of the log beside it", whole);
        Files.write(stray, new byte[10_000]);
        check("a file of zeros beside it", whole);
        byte[] junk = new byte[10_000];
        random.nextBytes(junk);
        Files.write(stray, junk);
        check("a file of junk beside it", whole);
        Files.write(stray, new byte[0]);
        check("an empty file beside it", whole);

        int cut = offsets.get(120) - 4;
        Path second = Files.createDirectory(capture.resolve("log-2")).resolve("20261121-10F.cq4");
        Files.write(second, Arrays.copyOfRange(whole, cut, whole.length));
        check("in two logs", Arrays.copyOf(whole, cut));
        Files.write(second, Arrays.copyOfRange(whole, cut + 40, whole.length));
        check("in two logs, the second without its first bytes", Arrays.copyOf(whole, cut));
        check("in two logs, both with all of the second", whole);
    }

    @Test
    void undamaged() throws IOException {
        check("nothing", whole);
        assertThat(CaptureVerifier.verify(capture).ok()).isTrue();
    }

    private byte[] with(int at, int word) {
        byte[] bytes = whole.clone();
        Le.i32(bytes, at, word);
        return bytes;
    }

    private byte[] endOfFileAt(int at) {
        byte[] bytes = with(at, 0xC0000000);
        Le.i32(bytes, at + 4, 0x464F45C3);
        return bytes;
    }

    private void check(String damage, byte[] bytes) throws IOException {
        Files.write(file, bytes);
        cases++;
        Path salvaged = work.resolve("salvaged");
        long began = System.nanoTime();
        SurvivedDamage survived = new SurvivedDamage(capture, offsets.size(), damage + ", seed " + seed);
        assertTimeoutPreemptively(NO_HANG, () -> survived.check(salvaged), damage);
        slowestNanos = Math.max(slowestNanos, System.nanoTime() - began);
        Folders.deleteAll(salvaged);
    }
}

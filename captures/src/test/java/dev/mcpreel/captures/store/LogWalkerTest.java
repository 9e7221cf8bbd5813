package dev.mcpreel.captures.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.mcpreel.captures.exchange.BodyPart;
import dev.mcpreel.captures.exchange.BodyState;
import dev.mcpreel.captures.exchange.Bytes;
import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.exchange.Direction;
import dev.mcpreel.captures.exchange.EventKind;
import dev.mcpreel.captures.exchange.PartKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damage of every kind that was seen on real disks, and some that was not. */
@Timeout(60)
class LogWalkerTest {
    private static final int EVENTS = 400;

    @TempDir
    Path store;

    private final List<CaptureEvent> events = new ArrayList<>();
    private Path folder;
    private Path file;
    private List<Integer> offsets;

    @BeforeEach
    void write() throws IOException {
        RandomEvents random = new RandomEvents(31);
        for (int i = 1; i <= EVENTS; i++) {
            events.add(i % 3 == 0 ? random.of(EventKind.STEP, i) : random.body(i, 100 + i * 3));
        }
        folder = Captures.write(store, events);
        file = Captures.logFile(folder);
        offsets = Captures.recordOffsets(file);
        assertThat(offsets).hasSize(EVENTS + 1);
    }

    @Test
    void walk_whole_isIntact() {
        Walk walk = walk();
        assertThat(walk.events).isEqualTo(events);
        assertThat(walk.summary.intact()).isTrue();
    }

    @Test
    void walk_zeroedHole_findsEverythingBehindIt() throws IOException {
        long from = header(100) + 4;
        Captures.overwrite(file, from, new byte[(int) (header(110) + 20 - from)]);
        assertLost(100, 110, header(100), header(111) - header(100));
    }

    @Test
    void walk_zeroedFromAHeader_findsEverythingBehindIt() throws IOException {
        Captures.overwrite(file, header(50), new byte[(int) (header(60) - header(50))]);
        assertLost(50, 59, header(50), header(60) - header(50));
    }

    @Test
    void walk_randomBlockIntoAHeader_findsEverythingBehindIt() throws IOException {
        Captures.overwrite(file, header(200), random((int) (header(230) - header(200)) + 2));
        assertLost(200, 229, header(200), header(230) - header(200));
    }

    @Test
    void walk_oneByteOfAPayload_losesThatRecordAlone() throws IOException {
        Captures.overwrite(file, offsets.get(10) + 150L, new byte[] {1, 2, 3});
        assertLost(10, 10, header(10), header(11) - header(10));
    }

    /** A header gone wrong may look like one that is not ready, the library's own, too long, or the end. */
    @ParameterizedTest
    @ValueSource(ints = {0, 0x80000000, 0xC0000000, 0x40000010, 0x40001000, 0x40050000, 0x7FFFFFFF, 0x3FFFFFFF, 60, -1})
    void walk_headerOverwritten_losesNoRecord(int header) throws IOException {
        byte[] bytes = new byte[4];
        Le.i32(bytes, 0, header);
        Captures.overwrite(file, header(20), bytes);
        Walk walk = walk();
        assertThat(walk.events).isEqualTo(events);
        assertThat(walk.summary.intact()).isFalse();
        assertThat(walk.summary.holes()).isEmpty();
        assertThat(walk.summary.damaged())
                .containsExactly(new DamagedRegion("log/" + file.getFileName(), header(20), 4, 0, ""));
    }

    @Test
    void walk_twoDamages_reportsBoth() throws IOException {
        Captures.overwrite(file, header(30) + 8, random(40));
        Captures.overwrite(file, header(300) + 8, random(40));
        Walk walk = walk();
        assertThat(walk.summary.damaged()).hasSize(2);
        assertThat(walk.summary.holes()).containsExactly(new SequenceHole(30, 1), new SequenceHole(300, 1));
        assertThat(walk.events).hasSize(EVENTS - 2);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 3, 4, 100, 5_000, 70_000})
    void walk_truncatedEarly_ends(long size) throws IOException {
        Captures.truncate(file, size);
        Walk walk = walk();
        assertThat(walk.events).isEqualTo(events.subList(0, walk.events.size()));
        assertThat(CaptureVerifier.verify(folder).ok()).isFalse();
    }

    @Test
    void walk_truncatedInARecord_readsAllBefore() throws IOException {
        Captures.truncate(file, offsets.get(150) + 70L);
        Walk walk = walk();
        assertThat(walk.events).isEqualTo(events.subList(0, 149));
        assertThat(walk.summary.damaged())
                .containsExactly(new DamagedRegion("log/" + file.getFileName(), header(150), 74, -1, ""));
    }

    @Test
    void walk_truncatedAnywhere_readsAllBefore() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        for (int cut = offsets.get(5) - 4; cut < offsets.get(9); cut++) {
            Files.write(file, Arrays.copyOf(whole, cut));
            int end = cut;
            long before = offsets.stream()
                    .filter(at -> at + Records.length(whole, at) <= end)
                    .count();
            assertThat(walk().events).as("cut at %d", cut).hasSize((int) before - 1);
        }
    }

    @Test
    void walk_endWithJunkBehind_reportsIt() throws IOException {
        int last = offsets.get(EVENTS);
        long behind = last + Records.length(Files.readAllBytes(file), last) + 5_000L;
        Captures.overwrite(file, behind, random(300));
        Walk walk = walk();
        assertThat(walk.events).isEqualTo(events);
        assertThat(walk.summary.damaged()).hasSize(1);
        assertThat(walk.summary.intact()).isFalse();
    }

    @Test
    void walk_unfinishedLastDocument_isNoDamage() throws IOException {
        long at = header(EVENTS);
        byte[] header = new byte[4];
        Le.i32(header, 0, 0x80000000);
        Captures.overwrite(file, at, header);
        Walk walk = walk();
        assertThat(walk.events).isEqualTo(events.subList(0, EVENTS - 1));
        assertThat(walk.summary.intact()).isTrue();
    }

    @Test
    void walk_firstBytesRandom_findsTheRecords() throws IOException {
        Captures.overwrite(file, 0, random(64));
        assertThat(walk().events).isEqualTo(events);
        assertThat(walk().summary.intact()).isFalse();
    }

    @Test
    void walk_metadataFileGone_isIntact() throws IOException {
        Files.delete(folder.resolve("log/metadata.cq4t"));
        assertThat(walk().events).isEqualTo(events);
        assertThat(walk().summary.intact()).isTrue();
    }

    @Test
    void walk_bodyHoldsALogOfItsOwn_isNotReadAsOne() throws IOException {
        byte[] inner = Files.readAllBytes(file);
        int from = offsets.get(1) - 4;
        byte[] piece = Arrays.copyOfRange(inner, from, from + 3_000);
        List<CaptureEvent> outer = new ArrayList<>();
        RandomEvents random = new RandomEvents(5);
        for (int i = 0; i < 3_010; i++) {
            outer.add(random.of(EventKind.STEP, i + 1));
        }
        outer.add(new BodyPart(
                9_000,
                1,
                2,
                3,
                Direction.REQUEST,
                PartKind.BODY,
                0,
                BodyState.WHOLE,
                false,
                3_000,
                Bytes.owned(piece)));
        outer.add(random.of(EventKind.STEP, 9_001));
        Path other = Captures.write(store.resolve("outer"), outer);
        Path log = Captures.logFile(other);
        // Break the record around the body, so that the search goes through the body.
        List<Integer> found = Captures.recordOffsets(log);
        Captures.overwrite(log, found.get(3_011) + 24L, new byte[] {1, 2, 3, 4, 5});
        List<CaptureEvent> read = Captures.read(other);
        List<CaptureEvent> expected = new ArrayList<>(outer);
        expected.remove(3_010);
        assertThat(read).isEqualTo(expected);
    }

    /** A window read anew for each damage would be 150 GB here. */
    @Test
    void walk_everySecondRecordDamaged_endsSoon() throws IOException {
        Path many = Files.createDirectory(store.resolve("many"));
        PlainLog log = PlainLog.create(many.resolve("log"));
        byte[] record = Frames.of(new RandomEvents(1).of(EventKind.RUN_SAMPLE, 0));
        for (int seq = 0; seq < 300_000; seq++) {
            Records.seal(record, 0, seq, 0);
            record[70] ^= (byte) (seq % 2);
            log.append(record, 0, record.length);
            record[70] ^= (byte) (seq % 2);
        }
        log.close();
        ReadSummary summary = assertTimeoutPreemptively(
                Duration.ofSeconds(5), () -> new LogReader(event -> {}, view -> {}).read(many));
        assertThat(summary.records()).isEqualTo(150_000);
        assertThat(summary.missing()).isEqualTo(149_999);
        assertThat(summary.damaged()).hasSize(10_000);
        assertThat(summary.holes()).hasSize(10_000);
        assertThat(summary.damagedBytes()).isEqualTo(150_000L * ((record.length + 7L) / 4 * 4));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void walk_anyDamage_endsAndInventsNothing(long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        int used = offsets.get(EVENTS) + 1_000;
        for (int i = 0; i < 30; i++) {
            byte[] junk = new byte[random.nextInt(2_000)];
            if (random.nextBoolean()) {
                random.nextBytes(junk);
            }
            Captures.overwrite(file, random.nextInt(used), junk);
        }
        Walk walk = walk();
        assertThat(events).as("seed %d", seed).containsSubsequence(walk.events);
        assertThat(walk.summary.damaged()).isNotEmpty();
        assertThat(walk.events).hasSizeGreaterThan(EVENTS / 3);
    }

    private void assertLost(int first, int last, long offset, long length) {
        Walk walk = walk();
        List<CaptureEvent> expected = new ArrayList<>(events.subList(0, first - 1));
        expected.addAll(events.subList(last, EVENTS));
        assertThat(walk.events).isEqualTo(expected);
        assertThat(walk.summary.holes()).containsExactly(new SequenceHole(first, last - first + 1));
        assertThat(walk.summary.damaged())
                .containsExactly(new DamagedRegion("log/" + file.getFileName(), offset, length, last - first + 1, ""));
        assertThat(CaptureVerifier.verify(folder).ok()).isFalse();
    }

    /** Where the document of a record begins; record 0 is the anchor, record n the nth event. */
    private long header(int record) {
        return offsets.get(record) - 4L;
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new SplittableRandom(77).nextBytes(bytes);
        return bytes;
    }

    private Walk walk() {
        List<CaptureEvent> read = new ArrayList<>();
        ReadSummary summary = new LogReader(read::add, record -> {}).read(folder);
        if (!read.isEmpty() && read.get(0).kind() == EventKind.CLOCK_ANCHOR) {
            read.remove(0);
        }
        return new Walk(read, summary);
    }

    private record Walk(List<CaptureEvent> events, ReadSummary summary) {}
}

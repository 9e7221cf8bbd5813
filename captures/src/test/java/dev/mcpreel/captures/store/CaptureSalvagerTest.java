package dev.mcpreel.captures.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mcpreel.captures.exchange.BodyPart;
import dev.mcpreel.captures.exchange.BodyState;
import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.exchange.ClockAnchor;
import dev.mcpreel.captures.exchange.EventKind;
import dev.mcpreel.captures.exchange.ExchangeEvent;
import dev.mcpreel.captures.exchange.Gap;
import dev.mcpreel.captures.exchange.LossReason;
import dev.mcpreel.captures.store.CaptureException.Category;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CaptureSalvagerTest {
    private static final RelayInfo RELAY = new RelayInfo("preserve", "", "", false);

    @TempDir
    Path work;

    private final FakeClock clock = new FakeClock(5_000_000_000L);
    private final RandomEvents random = new RandomEvents(62);
    private final Random names = new Random(9);
    private final List<CaptureEvent> written = new ArrayList<>();

    /** Record 0 is the anchor, 1 to 19 exchanges, 20 and 25 the halves of one, 21 to 24 exchanges, 26 on exchanges. */
    private Path capture(Ending how, SourceCounts source) {
        WriterOptions options = Captures.options(clock);
        CaptureWriter writer = CaptureWriter.create(work.resolve("store"), Captures.SEED, options);
        writer.listen("127.0.0.1:9999", RELAY);
        CaptureAppender appender = writer.newAppender();
        for (int id = 1; id <= 19; id++) {
            append(appender, small(id));
        }
        List<CaptureEvent> split = small(20);
        append(appender, split.subList(0, 1));
        appender.flush();
        for (int id = 21; id <= 24; id++) {
            append(appender, small(id));
        }
        append(appender, split.subList(5, 6));
        for (int id = 26; id <= 40; id++) {
            append(appender, small(id));
        }
        clock.advanceMillis(1_234);
        if (how == Ending.OPEN) {
            writer.close();
        } else {
            writer.close(how, source);
        }
        return writer.folder();
    }

    /** Now and then a random text is very long; such an exchange is not one record. */
    private List<CaptureEvent> small(long id) {
        List<CaptureEvent> exchange = random.exchange(id, 100);
        return exchange.toString().length() < 10_000 ? exchange : small(id);
    }

    private void append(CaptureAppender appender, List<CaptureEvent> events) {
        events.forEach(appender::append);
        written.addAll(events);
    }

    private SalvageReport salvage(Path capture) {
        return CaptureSalvager.salvage(
                capture, work.resolve("out"), "test", Captures.options(clock).withRandom(names));
    }

    @Test
    void salvage_zeroedHole_givesBackAllButTheHole() throws IOException {
        Path capture = capture(Ending.COMPLETE, new SourceCounts(42, Map.of("not mcp", 3L), Map.of(), 0));
        zero(capture, 22, 23);
        zero(capture, 10, 12);
        SalvageReport report = salvage(capture);

        VerifyReport verified = CaptureVerifier.verify(report.folder());
        assertThat(verified.ok()).as(verified.toString()).isTrue();
        List<CaptureEvent> read = Captures.read(report.folder());
        assertThat(read.stream().filter(event -> event instanceof ExchangeEvent))
                .isEqualTo(expected(10, 11, 12, 22, 23));
        assertThat(gaps(read)).extracting(Gap::events).containsExactly(3L, 2L);
        assertThat(gaps(read)).extracting(Gap::reason).containsOnly(LossReason.DAMAGED);

        Manifest old = CaptureReader.open(capture).manifest();
        Manifest made = CaptureReader.open(report.folder()).manifest();
        assertThat(made).isEqualTo(report.manifest());
        // Of 39 exchanges five are gone, and the one that was open over the second hole is no longer whole.
        assertThat(made.counts().recorded()).isEqualTo(33);
        assertThat(made.counts().lost()).containsExactly(Map.entry(LossReason.DAMAGED, 6L));
        assertThat(made.counts().filtered()).isEqualTo(Map.of("not mcp", 3L));
        assertThat(made.counts().seen()).isEqualTo(42);
        assertThat(verified.exchangesInPart()).isEqualTo(1);
        assertThat(made.ending()).isEqualTo(Ending.COMPLETE);
        assertThat(made.startedAt()).isEqualTo(old.startedAt());
        assertThat(made.endedAt()).isEqualTo(old.endedAt());
        assertThat(made.anchor()).isEqualTo(old.anchor());
        assertThat(made.relay()).isEqualTo(RELAY);
        assertThat(made.upstreams()).isEqualTo(old.upstreams());
        assertThat(made.listen()).isEqualTo("127.0.0.1:9999");
        assertThat(made.salvaged())
                .isEqualTo(new SalvageInfo(
                        old.id(), 36, 5, report.source().log().damagedBytes(), List.of(logName(capture))));
    }

    @Test
    void salvage_wallTimes_areThoseOfTheOriginal() throws IOException {
        Path capture = capture(Ending.COMPLETE, SourceCounts.NONE);
        zero(capture, 3, 3);
        clock.advanceMillis(86_400_000);
        Path made = salvage(capture).folder();
        List<Long> before = walls(capture);
        List<Long> after = walls(made);
        // In place of the one that is gone stands what says so, at the time of the one before.
        before.add(3, before.get(2));
        assertThat(after).isEqualTo(before);
    }

    @Test
    void salvage_tailMissing_saysHowMuch() throws IOException {
        Path capture = capture(Ending.STOPPED, SourceCounts.NONE);
        Captures.truncate(Captures.logFile(capture), offset(capture, 30));
        SalvageReport report = salvage(capture);
        List<Gap> gaps = gaps(Captures.read(report.folder()));
        assertThat(gaps).hasSize(1);
        assertThat(gaps.get(0).events()).isEqualTo(11);
        assertThat(report.manifest().ending()).isEqualTo(Ending.STOPPED);
        assertThat(report.manifest().counts().lost()).containsExactly(Map.entry(LossReason.DAMAGED, 11L));
        assertThat(CaptureVerifier.verify(report.folder()).ok()).isTrue();
    }

    @Test
    void salvage_interrupted_isEndedAndSaysSo() {
        Path capture = capture(Ending.OPEN, SourceCounts.NONE);
        SalvageReport report = salvage(capture);
        Manifest made = report.manifest();
        assertThat(report.source().ok()).isTrue();
        assertThat(made.ending()).isEqualTo(Ending.STOPPED);
        assertThat(made.endedAt()).isNotNull();
        assertThat(made.counts().seen()).isEqualTo(39);
        assertThat(made.counts().recorded()).isEqualTo(39);
        assertThat(Captures.read(report.folder())).isEqualTo(written);
    }

    @Test
    void salvage_interruptedAndDamaged_countsWhatTheLogTells() throws IOException {
        Path capture = capture(Ending.OPEN, SourceCounts.NONE);
        zero(capture, 24, 25);
        Counts counts = salvage(capture).manifest().counts();
        assertThat(counts.recorded()).isEqualTo(37);
        assertThat(counts.lost()).as("without an end").containsExactly(Map.entry(LossReason.DAMAGED, 1L));
        assertThat(counts.seen()).isEqualTo(38);
    }

    @Test
    void salvage_manifestGone_isMadeFromTheRecords() throws IOException {
        Path capture = capture(Ending.COMPLETE, SourceCounts.NONE);
        Manifest old = CaptureReader.open(capture).manifest();
        for (String garbage :
                List.of("", "{\"format\":1}", "{\"format\":1,\"upstreams\":[],\"redaction\":[]}", "\0\0")) {
            Files.writeString(capture.resolve("manifest.json"), garbage);
            Manifest made = salvage(capture).manifest();
            assertThat(made.anchor()).isEqualTo(old.anchor());
            assertThat(made.startedAt()).isEqualTo(old.startedAt());
            assertThat(made.role()).isEqualTo(Role.RECORDED);
            assertThat(made.ending()).isEqualTo(Ending.STOPPED);
            assertThat(made.product()).isEqualTo("test");
            assertThat(made.redaction().get(0)).startsWith("not known");
            assertThat(made.counts().recorded()).isEqualTo(39);
        }
        Files.delete(capture.resolve("manifest.json"));
        assertThat(salvage(capture).manifest().counts().recorded()).isEqualTo(39);
        assertThat(CaptureStore.runs(work.resolve("out"))).hasSize(5);
    }

    @Test
    void salvage_firstRecordGone_beginsWithAnAnchorAllTheSame() throws IOException {
        Path capture = capture(Ending.COMPLETE, SourceCounts.NONE);
        Manifest old = CaptureReader.open(capture).manifest();
        zero(capture, 0, 0);
        List<CaptureEvent> events = new ArrayList<>();
        CaptureReader.open(salvage(capture).folder()).read(events::add);
        assertThat(events.get(0))
                .isEqualTo(new ClockAnchor(old.anchor().atNanos(), old.anchor().wallNanos()));
        assertThat(events.get(1))
                .isInstanceOfSatisfying(
                        Gap.class, gap -> assertThat(gap.events()).isOne());
        assertThat(events.subList(2, events.size())).isEqualTo(written);
    }

    /** Two events of a stream, each in three records; the hole takes the end of one and the beginning of the other. */
    @Test
    void read_holeBetweenTwoLongEvents_joinsNoneOfThem() throws IOException {
        List<CaptureEvent> events = new ArrayList<>();
        events.add(random.requestHead(7));
        events.add(whole(1, 150_000));
        events.add(whole(2, 150_000));
        events.add(random.end(7));
        Path capture = Captures.write(work.resolve("store"), events);
        zero(capture, 4, 5);
        for (Path folder : List.of(capture, salvage(capture).folder())) {
            List<BodyPart> parts = Captures.read(folder).stream()
                    .filter(event -> event.kind() == EventKind.BODY_PART)
                    .map(BodyPart.class::cast)
                    .toList();
            assertThat(parts).extracting(BodyPart::index).containsExactly(1, 2);
            assertThat(parts).extracting(BodyPart::state).containsOnly(BodyState.LOST_IN_PART);
            assertThat(parts).extracting(part -> part.content().length()).containsOnly(0);
        }
    }

    @Test
    void salvage_replay_keepsStepsAndIsNoLongerValid() throws IOException {
        ReplayInfo info = new ReplayInfo("src", 3, "http://t", "safe", 1, 1, 1, 1, "d", 3, 0, true, List.of());
        ManifestSeed seed = new ManifestSeed(Role.REPLAYED, "p", "", List.of("http://t"), List.of("r"), info);
        CaptureWriter writer = CaptureWriter.create(work.resolve("store"), seed, Captures.options(clock));
        CaptureAppender appender = writer.newAppender();
        for (EventKind kind : List.of(EventKind.NAME_DEFINED, EventKind.STEP, EventKind.STEP, EventKind.RUN_SAMPLE)) {
            append(appender, List.of(random.of(kind, 0)));
        }
        appender.flush();
        writer.put(Frames.raw(222, new byte[3], new byte[9]));
        writer.close(Ending.COMPLETE, SourceCounts.NONE);
        Manifest plain = salvage(writer.folder()).manifest();
        assertThat(plain.replay()).isEqualTo(info);
        assertThat(plain.counts().steps()).isEqualTo(2);

        zero(writer.folder(), 2, 2);
        SalvageReport report = salvage(writer.folder());
        Manifest made = report.manifest();
        assertThat(made.role()).isEqualTo(Role.REPLAYED);
        assertThat(made.counts().steps()).isEqualTo(1);
        assertThat(made.counts().lostSteps()).isEqualTo(1);
        assertThat(made.replay()).isNotNull();
        assertThat(made.replay().valid()).isFalse();
        assertThat(made.replay().invalid()).containsExactly("the capture was damaged: records are missing");
        assertThat(CaptureVerifier.verify(report.folder()).recordsByType())
                .containsEntry("unknown(222)", 1L)
                .containsEntry("RUN_SAMPLE", 1L)
                .containsEntry("NAME_DEFINED", 1L);
    }

    @Test
    void salvage_beingRecorded_isRefused() {
        try (CaptureWriter writer =
                CaptureWriter.create(work.resolve("store"), Captures.SEED, Captures.options(clock))) {
            refused(writer.folder(), work.resolve("out"), Category.FAILED, "is being recorded");
        }
    }

    @Test
    void salvage_intoTheCaptureOrOfAStore_isRefused() throws IOException {
        Path capture = capture(Ending.COMPLETE, SourceCounts.NONE);
        refused(capture, capture, Category.INPUT, "lies in the capture");
        refused(capture, capture.resolve("a/b"), Category.INPUT, "lies in the capture");
        Path link = Files.createSymbolicLink(work.resolve("link"), capture);
        refused(capture, link.resolve("x"), Category.INPUT, "lies in the capture");
        refused(work.resolve("store"), work.resolve("out"), Category.INPUT, "name the one to salvage");
        assertThat(work.resolve("out")).doesNotExist();
    }

    @Test
    void salvage_diskFullHalfway_leavesNothing() {
        Path capture = capture(Ending.COMPLETE, SourceCounts.NONE);
        AtomicLong asked = new AtomicLong();
        FreeSpace shrinking = folder -> asked.incrementAndGet() > 1 ? 0 : Long.MAX_VALUE;
        WriterOptions options = Captures.options(clock).withFreeSpace(shrinking);
        assertThatThrownBy(() -> CaptureSalvager.salvage(capture, work.resolve("out"), "test", options))
                .isInstanceOf(CaptureException.class)
                .hasMessageContaining("the disk is full")
                .hasMessageContaining("nothing of it is left there");
        assertThat(work.resolve("out")).doesNotExist();
    }

    @Test
    void salvage_logRefuses_leavesNothing() {
        Path capture = capture(Ending.COMPLETE, SourceCounts.NONE);
        CaptureWriter.LogFactory logs = folder -> new RefusingSink(ChronicleLog.create(folder, clock::now));
        assertThatThrownBy(() ->
                        CaptureSalvager.salvage(capture, work.resolve("out"), "test", Captures.options(clock), logs))
                .isInstanceOf(CaptureException.class)
                .hasMessageContaining("No space left on device");
        assertThat(work.resolve("out")).doesNotExist();
    }

    private void refused(Path capture, Path out, Category category, String why) {
        assertThatThrownBy(() -> CaptureSalvager.salvage(capture, out, "test", Captures.options(clock)))
                .isInstanceOfSatisfying(
                        CaptureException.class, e -> assertThat(e.category()).isEqualTo(category))
                .hasMessageContaining(why);
    }

    private BodyPart whole(int index, int length) {
        BodyPart any = random.body(7, length);
        return new BodyPart(
                7,
                8,
                any.atNanos(),
                any.firstByteNanos(),
                any.direction(),
                any.part(),
                index,
                BodyState.WHOLE,
                false,
                length,
                any.content());
    }

    /** The events of all exchanges but those whose record is gone. */
    private List<CaptureEvent> expected(long... gone) {
        List<Long> ids = Arrays.stream(gone).boxed().toList();
        return written.stream()
                .filter(event -> event instanceof ExchangeEvent exchange && !ids.contains(exchange.exchangeId()))
                .toList();
    }

    private static List<Gap> gaps(List<CaptureEvent> events) {
        return events.stream()
                .filter(event -> event.kind() == EventKind.GAP)
                .map(Gap.class::cast)
                .toList();
    }

    private static List<Long> walls(Path folder) {
        List<Long> walls = new ArrayList<>();
        new LogReader(event -> {}, record -> walls.add(record.wallNanos)).read(folder);
        return walls;
    }

    private static String logName(Path capture) throws IOException {
        return "log/" + Captures.logFile(capture).getFileName();
    }

    private static long offset(Path capture, int record) throws IOException {
        return Captures.recordOffsets(Captures.logFile(capture)).get(record) - 4L;
    }

    private static void zero(Path capture, int first, int last) throws IOException {
        long from = offset(capture, first);
        Captures.overwrite(Captures.logFile(capture), from, new byte[(int) (offset(capture, last + 1) - from)]);
    }

    /** Takes the first record. */
    private static final class RefusingSink implements LogSink {
        private final LogSink log;
        private int appended;

        RefusingSink(LogSink log) {
            this.log = log;
        }

        @Override
        public void claim(int bytes) throws IOException {
            if (appended > 0) {
                throw new IOException("No space left on device");
            }
        }

        @Override
        public void append(byte[] array, int offset, int length) throws Exception {
            log.append(array, offset, length);
            appended++;
        }

        @Override
        public boolean holds(byte[] array, int offset, int length) {
            return false;
        }

        @Override
        public void sync() throws Exception {
            log.sync();
        }

        @Override
        public void abandon() throws IOException {
            log.abandon();
        }

        @Override
        public void close() {
            log.close();
        }
    }
}

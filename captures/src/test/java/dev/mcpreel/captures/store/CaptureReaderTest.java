package dev.mcpreel.captures.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.exchange.EventKind;
import dev.mcpreel.captures.store.CaptureException.Category;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CaptureReaderTest {
    @TempDir
    Path store;

    private final FakeClock clock = new FakeClock(0);
    private final Random names = new Random(3);

    @Test
    void open_store_takesTheNewestComplete() {
        Path first = run(Ending.COMPLETE);
        Path stopped = run(Ending.STOPPED);
        Path interrupted = run(Ending.OPEN);
        assertThat(CaptureStore.runs(store)).containsExactly(interrupted, stopped, first);
        assertThat(CaptureStore.newestComplete(store)).contains(stopped);
        CaptureReader reader = CaptureReader.open(store);
        assertThat(reader.folder()).isEqualTo(stopped);
        assertThat(reader.chosenFromStore()).isTrue();
        assertThat(CaptureReader.open(first).chosenFromStore()).isFalse();
        assertThat(CaptureReader.open(first).folder()).isEqualTo(first);
    }

    @Test
    void open_storeWithNothingComplete_takesTheNewest() {
        run(Ending.OPEN);
        Path newest = run(Ending.OPEN);
        assertThat(CaptureReader.open(store).folder()).isEqualTo(newest);
        assertThat(CaptureReader.open(store).interrupted()).isTrue();
    }

    @Test
    void newerSkipped_runsWithoutAnEnd_newestFirst() throws IOException {
        run(Ending.OPEN);
        Path whole = run(Ending.COMPLETE);
        Path died = run(Ending.OPEN);
        clock.advanceMillis(10);
        try (CaptureWriter writer = CaptureWriter.create(
                store, Captures.SEED, Captures.options(clock).withRandom(names))) {
            CaptureReader reader = CaptureReader.open(store);
            assertThat(reader.folder()).isEqualTo(whole);
            assertThat(reader.newerSkipped()).containsExactly(writer.folder(), died);
            assertThat(CaptureVerifier.verify(store).newerSkipped()).isEqualTo(reader.newerSkipped());
        }
        assertThat(CaptureReader.open(whole).newerSkipped()).isEmpty();
        Path newest = run(Ending.COMPLETE);
        assertThat(CaptureReader.open(store).folder()).isEqualTo(newest);
        assertThat(CaptureReader.open(store).newerSkipped()).isEmpty();
    }

    @Test
    void open_storeWithADamagedManifest_takesTheNextComplete() throws IOException {
        Path whole = run(Ending.COMPLETE);
        Path damaged = run(Ending.COMPLETE);
        Files.writeString(damaged.resolve("manifest.json"), "{\"format\":");
        assertThat(CaptureReader.open(store).folder()).isEqualTo(whole);
    }

    @Test
    void open_whatIsNoCapture_namesThePathAndTheCure() throws IOException {
        assertFails(() -> CaptureReader.open(store.resolve("missing")), Category.INPUT, "missing does not exist: name");
        assertFails(
                () -> CaptureReader.open(store),
                Category.INPUT,
                store + " is empty: make a capture with `mcp-reel record --upstream URL --out " + store + "`");
        Path file = Files.createFile(store.resolve("file.txt"));
        assertFails(() -> CaptureReader.open(file), Category.INPUT, "file.txt is a file; a capture is a folder");
        assertFails(() -> CaptureReader.open(store), Category.INPUT, store + " holds no capture: name");
    }

    @Test
    void open_newerFormat_asksToUpdate() throws IOException {
        Path run = run(Ending.COMPLETE);
        Path manifest = run.resolve("manifest.json");
        Files.writeString(manifest, Files.readString(manifest).replaceFirst("\"format\"\\s*:\\s*1", "\"format\":2"));
        String message = "was written by a newer mcp-reel (format 2); this one reads up to 1: update mcp-reel";
        assertFails(() -> CaptureReader.open(run), Category.INPUT, run + " " + message);
        assertFails(() -> CaptureVerifier.verify(run), Category.INPUT, message);
    }

    @Test
    void open_manifestUnreadable_isDamagedButVerifies() throws IOException {
        Path run = run(Ending.COMPLETE);
        Path manifest = run.resolve("manifest.json");
        String whole = Files.readString(manifest);
        for (String broken : List.of("", "[]", "{}", "{\"format\":1}", whole.substring(0, whole.length() / 2))) {
            Files.writeString(manifest, broken);
            assertFails(() -> CaptureReader.open(run), Category.DAMAGED, "mcp-reel verify");
        }
        Files.delete(manifest);
        assertFails(() -> CaptureReader.open(run), Category.DAMAGED, "it is missing");
        VerifyReport report = CaptureVerifier.verify(run);
        assertThat(report.ok()).isFalse();
        assertThat(report.manifest()).isNull();
        assertThat(report.manifestProblem()).isEqualTo("manifest.json cannot be read: it is missing");
        assertThat(report.sequence()).isEqualTo(VerifyReport.Sequence.GAPLESS);
        assertThat(report.log().intact()).isTrue();
        assertThat(report.log().records()).isEqualTo(2);
    }

    @Test
    void open_manifestWithUnknownFields_isRead() throws IOException {
        Path run = run(Ending.COMPLETE);
        Manifest before = CaptureReader.open(run).manifest();
        Path manifest = run.resolve("manifest.json");
        Files.writeString(manifest, Files.readString(manifest).replaceFirst("\\{", "{\"later\":{\"x\":[1]},"));
        assertThat(CaptureReader.open(run).manifest()).isEqualTo(before);
    }

    @Test
    void manifest_writtenOverAnother_leavesNoTemporaryFile() throws IOException {
        Path run = run(Ending.COMPLETE);
        Files.writeString(run.resolve("manifest.json.tmp"), "left by a writer that died");
        Manifest manifest = CaptureReader.open(run).manifest();
        ManifestFile.write(run, manifest.ended("later", Ending.STOPPED, Counts.NONE));
        assertThat(ManifestFile.read(run).endedAt()).isEqualTo("later");
        assertThat(run.resolve("manifest.json.tmp")).doesNotExist();
    }

    @Test
    void read_whileAWriterIsAtWork_seesWhatIsThereInOrder() throws InterruptedException {
        AtomicLong acknowledged = new AtomicLong(-1);
        AtomicBoolean stop = new AtomicBoolean();
        WriterLimits fast = new WriterLimits(1 << 20, 1_000_000, 1 << 16, 16 << 10, 50_000_000, 60_000_000_000L, 0);
        WriterOptions options = WriterOptions.defaults().withLimits(fast).withListener(acknowledged::set);
        CaptureWriter writer = CaptureWriter.create(store, Captures.SEED, options);
        Thread busy = new Thread(() -> {
            CaptureAppender appender = writer.newAppender();
            RandomEvents random = new RandomEvents(4);
            for (int id = 1; !stop.get(); id++) {
                random.exchange(id, id % 50 == 0 ? 90_000 : 100).forEach(appender::append);
            }
            appender.flush();
        });
        busy.start();
        long seen = 0;
        for (int i = 0; i < 10 || seen < 2_000; i++) {
            long before = acknowledged.get();
            List<EventKind> kinds = new ArrayList<>();
            CaptureReader reader = CaptureReader.open(store);
            ReadSummary summary = reader.read(event -> kinds.add(event.kind()));
            assertThat(reader.live()).isTrue();
            assertThat(summary.intact()).as(summary.toString()).isTrue();
            assertThat(summary.records()).isGreaterThan(before).isGreaterThanOrEqualTo(seen);
            seen = summary.records();
            assertThat(kinds.get(0)).isEqualTo(EventKind.CLOCK_ANCHOR);
        }
        stop.set(true);
        busy.join();
        writer.close(Ending.COMPLETE, SourceCounts.NONE);
        assertThat(CaptureVerifier.verify(store).ok()).isTrue();
    }

    @Test
    void lock_lookedAtByAReader_isStillHeld() throws IOException {
        try (CaptureWriter writer = CaptureWriter.create(store, Captures.SEED, Captures.options(clock))) {
            assertThat(CaptureReader.open(writer.folder()).live()).isTrue();
            assertThat(CaptureReader.open(writer.folder()).live()).isTrue();
            assertThat(FolderLock.isHeld(
                            writer.folder().resolve("../" + writer.folder().getFileName())))
                    .isTrue();
        }
        assertThat(FolderLock.isHeld(CaptureStore.runs(store).get(0))).isFalse();
    }

    private Path run(Ending ending) {
        clock.advanceMillis(10);
        CaptureWriter writer = CaptureWriter.create(
                store, Captures.SEED, Captures.options(clock).withRandom(names));
        CaptureEvent event = new RandomEvents(1).of(EventKind.RUN_SAMPLE, 1);
        writer.newAppender().append(event);
        if (ending == Ending.OPEN) {
            writer.close();
        } else {
            writer.close(ending, SourceCounts.NONE);
        }
        return writer.folder();
    }

    private static void assertFails(ThrowingCallable call, Category category, String message) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(CaptureException.class, e -> {
                    assertThat(e.category()).isEqualTo(category);
                    assertThat(e.getMessage()).doesNotContain("\n");
                })
                .hasMessageContaining(message);
    }
}

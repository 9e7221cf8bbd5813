package dev.mcpreel.captures.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.exchange.CaptureEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A capture that is being read is not cut under its reader. */
@Timeout(60)
class CutWhileReadTest {
    @TempDir
    Path folder;

    private final FakeClock clock = new FakeClock(0);
    private final RolledCaptures captures = new RolledCaptures(clock);

    @Test
    void cut_whileReadInThisProcess_waitsForTheReader_andTakesAnotherMeanwhile() throws IOException {
        Path store = Files.createDirectory(folder.resolve("store"));
        Path read = captures.write(store, Role.RECORDED, 20, 8_000);
        Path other = captures.write(store, Role.RECORDED, 20, 8_000);
        List<CaptureEvent> whole = RolledCaptures.events(read);
        List<Path> files = LogWalker.files(read);
        Keeper keeper = keeper(store);

        List<CaptureEvent> seen = new ArrayList<>();
        CaptureReader.open(read).read(event -> {
            if (seen.isEmpty()) {
                // A second reader comes and goes: the first is not to lose its lock by that.
                assertThat(RolledCaptures.events(read)).isEqualTo(whole);
                assertThat(CaptureVerifier.verify(read).ok()).isTrue();
                keeper.round();
            }
            seen.add(event);
        });

        assertThat(seen).isEqualTo(whole);
        assertThat(LogWalker.files(read)).isEqualTo(files);
        assertThat(other).doesNotExist();
        assertThat(keeper.status().overBytes()).isPositive();
        keeper.round();
        assertThat(read).doesNotExist();
        assertThat(keeper.status().overBytes()).isZero();
    }

    @Test
    void number_whileTheOldestIsRead_waitsForTheReader_andTakesNoOther() throws IOException {
        Path store = Files.createDirectory(folder.resolve("store"));
        Path oldest = captures.write(store, Role.RECORDED, 1, 100);
        Path newer = captures.write(store, Role.RECORDED, 1, 100);
        Retention two = RolledCaptures.rolling(Long.MAX_VALUE, Long.MAX_VALUE, 2);
        Keeper keeper = new Keeper(store, two, clock::now, Files::deleteIfExists);
        CaptureReader.open(oldest)
                .read(event ->
                        assertThat(keeper.round()).as("something is left").isTrue());
        assertThat(CaptureStore.runs(store)).containsExactly(newer, oldest);
        assertThat(keeper.round()).isFalse();
        assertThat(CaptureStore.runs(store)).containsExactly(newer);
    }

    @Test
    void cut_whileReadSlowlyByAnotherProcess_waitsForTheReader() throws IOException, InterruptedException {
        Path store = Files.createDirectory(folder.resolve("store"));
        Path read = captures.write(store, Role.RECORDED, 20, 8_000);
        List<CaptureEvent> whole = RolledCaptures.events(read);
        List<Path> files = LogWalker.files(read);
        Path goOn = folder.resolve("go-on");
        Keeper keeper = keeper(store);

        try (ChildJvm child = ChildJvm.start(SlowReader.class, List.of(), read.toString(), goOn.toString())) {
            assertThat(child.line()).isEqualTo("reading");
            keeper.round();
            assertThat(LogWalker.files(read)).isEqualTo(files);
            Files.createFile(goOn);
            assertThat(child.line()).isEqualTo("read " + whole.size() + " true");
        }
        keeper.round();
        assertThat(read).doesNotExist();
    }

    @Test
    void read_whileItIsCut_waitsAndThenReadsTheRest() throws Exception {
        Path read = captures.write(folder, Role.RECORDED, 20, 8_000);
        long all = RolledCaptures.events(read).size();
        CompletableFuture<Integer> later = new CompletableFuture<>();
        try (Cut cut = Cut.begin(read, null, new FileProbe(), Cut.fromDisk())) {
            assertThat(cut).isNotNull();
            assertThat(Cut.begin(read, null, new FileProbe(), Cut.fromDisk()))
                    .as("one at a time")
                    .isNull();
            CaptureReader reader = CaptureReader.open(read);
            Thread thread = new Thread(() -> later.complete(events(reader)));
            thread.start();
            Awaitility.await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
            cut.removeNext();
            assertThat(later).isNotDone();
        }
        long removed = Removed.before(ManifestFile.read(read)).records();
        assertThat(removed).isPositive();
        assertThat(later.get(10, TimeUnit.SECONDS)).isBetween((int) (all - removed) - 4, (int) (all - removed));
        assertThat(CaptureVerifier.verify(read).ok()).isTrue();
    }

    @Test
    void cut_whileAnotherWrites_isRefused_andLocksNothing() throws IOException {
        try (CaptureWriter writer = CaptureWriter.create(folder, Captures.SEED, captures.options())) {
            assertThat(Cut.begin(writer.folder(), null, new FileProbe(), Cut.fromDisk()))
                    .isNull();
            assertThat(CaptureVerifier.verify(writer.folder()).live()).isTrue();
        }
        Path run = CaptureStore.runs(folder).get(0);
        try (Cut cut = Cut.begin(run, null, new FileProbe(), Cut.fromDisk())) {
            assertThat(cut).as("its writer has gone").isNotNull();
        }
    }

    @Test
    void reader_openedBeforeTheCut_readsTheRestAndKnowsOfIt() throws IOException {
        Path read = captures.write(folder, Role.RECORDED, 20, 8_000);
        CaptureReader reader = CaptureReader.open(read);
        try (Cut cut = Cut.begin(read, null, new FileProbe(), Cut.fromDisk())) {
            assertThat(cut).isNotNull();
            cut.removeNext();
        }
        ReadSummary summary = reader.read(event -> {});
        assertThat(summary.intact()).as(summary.toString()).isTrue();
        assertThat(reader.manifest().removed()).isNotNull();
    }

    @Test
    void reading_inTheWritersProcess_leavesTheWriterItsLock() throws IOException {
        try (CaptureWriter writer = CaptureWriter.create(folder, Captures.SEED, captures.options())) {
            RolledCaptures.events(writer.folder());
            assertThat(CaptureVerifier.verify(writer.folder()).live()).isTrue();
            assertThat(FolderLock.isHeld(writer.folder())).isTrue();
            try (ChildJvm child =
                    ChildJvm.start(Looker.class, List.of(), writer.folder().toString())) {
                assertThat(child.line()).isEqualTo("live true");
            }
        }
        Path run = CaptureStore.runs(folder).get(0);
        try (ChildJvm child = ChildJvm.start(Looker.class, List.of(), run.toString())) {
            assertThat(child.line()).isEqualTo("live false");
        }
    }

    @Test
    void read_withoutALockFile_orWhereItMayNotBeTouched_readsAll() throws IOException {
        Path read = captures.write(folder, Role.RECORDED, 3, 100);
        List<CaptureEvent> whole = RolledCaptures.events(read);
        Path lock = read.resolve(LockFile.NAME);
        Files.setPosixFilePermissions(lock, PosixFilePermissions.fromString("r--------"));
        assertThat(RolledCaptures.events(read)).isEqualTo(whole);
        Files.delete(lock);
        assertThat(RolledCaptures.events(read)).isEqualTo(whole);
        assertThat(lock).as("reading writes nothing").doesNotExist();
    }

    private Keeper keeper(Path store) {
        Retention nothing = RolledCaptures.rolling(1, Long.MAX_VALUE, Integer.MAX_VALUE);
        return new Keeper(store, nothing, clock::now, Files::deleteIfExists);
    }

    private static int events(CaptureReader reader) {
        int[] events = {0};
        reader.read(event -> events[0]++);
        return events[0];
    }

    /** Arguments: a capture, and a file that lets it go on. */
    static final class SlowReader {
        private SlowReader() {}

        public static void main(String[] arguments) {
            int[] events = {0};
            ReadSummary summary = CaptureReader.open(Path.of(arguments[0])).read(event -> {
                if (events[0]++ == 0) {
                    System.out.println("reading");
                    while (!Files.exists(Path.of(arguments[1]))) {
                        LockSupport.parkNanos(1_000_000);
                    }
                }
            });
            System.out.println("read " + events[0] + " " + summary.intact());
        }
    }

    static final class Looker {
        private Looker() {}

        public static void main(String[] arguments) {
            System.out.println(
                    "live " + CaptureReader.open(Path.of(arguments[0])).live());
        }
    }
}

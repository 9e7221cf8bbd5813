package dev.mcpreel.captures.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.exchange.EventKind;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands around the records is broken, or is something else altogether. */
@Timeout(20)
@DisabledOnOs(OS.WINDOWS)
class BrokenFolderTest {
    @TempDir
    Path work;

    private Path capture;
    private Path file;

    @BeforeEach
    void write() throws IOException {
        RandomEvents random = new RandomEvents(8);
        List<CaptureEvent> events = new ArrayList<>();
        for (int i = 1; i <= 20; i++) {
            events.add(random.of(EventKind.STEP, i));
        }
        capture = Captures.write(work.resolve("store"), events);
        file = Captures.logFile(capture);
    }

    @Test
    void logFile_thatIsNoFile_isNamedAndTheRestRead() throws Exception {
        Path log = file.getParent();
        Files.createDirectory(log.resolve("20990101-00F.cq4"));
        Path loop = log.resolve("20990101-01F.cq4");
        Files.createSymbolicLink(loop, loop);
        Files.createSymbolicLink(log.resolve("20990101-02F.cq4"), work.resolve("nowhere"));
        Path pipe = log.resolve("20990101-03F.cq4");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        VerifyReport report = CaptureVerifier.verify(capture);
        assertThat(report.log().records()).isEqualTo(21);
        assertThat(report.ok()).isFalse();
        assertThat(report.log().damaged())
                .extracting(DamagedRegion::why)
                .containsExactly(
                        "it is no file",
                        "Too many levels of symbolic links or unable to access attributes of symbolic link",
                        "it is a link that leads nowhere",
                        "it is no file");
        assertThat(salvaged().counts().records()).isEqualTo(21);
    }

    @Test
    void log_thatIsNoFolder_isNamed() throws IOException {
        Files.writeString(capture.resolve("log-2"), "x");
        Files.createSymbolicLink(capture.resolve("log-3"), capture.resolve("log-3"));
        Files.createDirectory(capture.resolve("log-old"));
        Files.copy(file, capture.resolve("log-old/20261121-10F.cq4"));
        VerifyReport report = CaptureVerifier.verify(capture);
        assertThat(report.log().records()).isEqualTo(21);
        assertThat(report.log().outOfOrder()).isZero();
        assertThat(report.log().damaged()).extracting(DamagedRegion::file).containsExactly("log-2", "log-3");
    }

    @Test
    void log_emptyOrGone_isVerifiedAndCannotBeSalvaged() throws IOException {
        Folders.deleteAll(file.getParent());
        for (boolean isThere : new boolean[] {false, true}) {
            if (isThere) {
                Files.createDirectory(file.getParent());
            }
            VerifyReport report = CaptureVerifier.verify(capture);
            assertThat(report.ok()).isFalse();
            assertThat(report.log().records()).isZero();
            assertThat(report.recordsMissing()).isEqualTo(21);
            assertThatThrownBy(this::salvaged)
                    .isInstanceOf(CaptureException.class)
                    .hasMessageContaining("nothing to salvage");
        }
    }

    @Test
    void metadataAndLockFile_areNeverNeeded() throws IOException {
        byte[] junk = new byte[3_000];
        new SplittableRandom(1).nextBytes(junk);
        for (String name : List.of("log/metadata.cq4t", "capture.lock")) {
            Path path = capture.resolve(name);
            Files.write(path, junk);
            assertThat(CaptureVerifier.verify(capture).ok()).as(name).isTrue();
            Files.delete(path);
            assertThat(CaptureVerifier.verify(capture).ok()).as(name).isTrue();
            Files.createDirectory(path);
            assertThat(CaptureVerifier.verify(capture).ok()).as(name).isTrue();
        }
        assertThat(salvaged().counts().records()).isEqualTo(21);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "null",
                "[]",
                "{\"format\":1}",
                "{\"format\":0}",
                "{\"format\":1,\"upstreams\":[],\"redaction\":[]}",
                "{\"format\":1,\"upstreams\":[null],\"redaction\":[]}",
                "\0\0\0\0",
                "{\"format\":1e999}"
            })
    void manifest_garbage_isToldAndTheLogRead(String garbage) throws IOException {
        Files.writeString(capture.resolve("manifest.json"), garbage);
        manifestIsUnreadable();
    }

    @Test
    void manifest_cutAnywhere_isToldAndTheLogRead() throws IOException {
        Path manifest = capture.resolve("manifest.json");
        String whole = Files.readString(manifest).stripTrailing();
        for (int length = 0; length < whole.length(); length += 7) {
            Files.writeString(manifest, whole.substring(0, length));
            assertThat(CaptureVerifier.verify(capture).manifest()).isNull();
        }
        manifestIsUnreadable();
    }

    @Test
    void manifest_thatIsNoFile_isToldAndTheLogRead() throws Exception {
        Path manifest = capture.resolve("manifest.json");
        Files.delete(manifest);
        manifestIsUnreadable();
        Files.createDirectory(manifest);
        manifestIsUnreadable();
        Files.delete(manifest);
        Files.createSymbolicLink(manifest, manifest);
        manifestIsUnreadable();
        Files.delete(manifest);
        assertThat(new ProcessBuilder("mkfifo", manifest.toString()).start().waitFor())
                .isZero();
        manifestIsUnreadable();
        Files.delete(manifest);
        try (RandomAccessFile huge = new RandomAccessFile(manifest.toFile(), "rw")) {
            huge.setLength(8L << 30);
        }
        manifestIsUnreadable();
    }

    private void manifestIsUnreadable() {
        VerifyReport report = CaptureVerifier.verify(capture);
        assertThat(report.ok()).isFalse();
        assertThat(report.manifest()).isNull();
        assertThat(report.manifestProblem()).startsWith("manifest.json cannot be read: ");
        assertThat(report.log().records()).isEqualTo(21);
        assertThat(report.recordsWritten()).isEqualTo(21);
        assertThat(salvaged().counts().records()).isEqualTo(21);
        assertThat(salvaged().role()).isEqualTo(Role.REPLAYED);
    }

    private Manifest salvaged() {
        return CaptureSalvager.salvage(capture, work.resolve("out"), "test", WriterOptions.defaults(), PlainLog::create)
                .manifest();
    }
}

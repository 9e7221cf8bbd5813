package dev.mcpreel.cli.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mcpreel.captures.exchange.BodyPart;
import dev.mcpreel.captures.exchange.BodyState;
import dev.mcpreel.captures.exchange.Bytes;
import dev.mcpreel.captures.exchange.Direction;
import dev.mcpreel.captures.exchange.PartKind;
import dev.mcpreel.captures.store.CaptureAppender;
import dev.mcpreel.captures.store.CaptureException;
import dev.mcpreel.captures.store.CaptureSalvager;
import dev.mcpreel.captures.store.CaptureVerifier;
import dev.mcpreel.captures.store.CaptureWriter;
import dev.mcpreel.captures.store.Ending;
import dev.mcpreel.captures.store.ManifestSeed;
import dev.mcpreel.captures.store.Role;
import dev.mcpreel.captures.store.SalvageReport;
import dev.mcpreel.captures.store.SourceCounts;
import dev.mcpreel.captures.store.WriterOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Salvage between real disks: from one that cannot be written to, to one that is too small. */
@Tag("faults")
@Timeout(120)
class SalvageDiskTest {
    private static final int MEBIBYTES = 60;

    @TempDir
    private Path work;

    @BeforeEach
    void needsADisk() throws Exception {
        DiskUnderTest.assumePossible();
    }

    @Test
    void salvage_readOnlyDisk_toADiskThatIsFullAndThenIsNot() throws Exception {
        try (DiskUnderTest from = DiskUnderTest.ext4(Files.createDirectory(work.resolve("from")), 250);
                DiskUnderTest to = DiskUnderTest.tmpfs(Files.createDirectory(work.resolve("to")), 200)) {
            Path capture = write(from.folder().resolve("store"));
            from.readOnly();
            to.fill(MEBIBYTES + 40);
            Path store = to.folder().resolve("store");
            assertThatThrownBy(() -> CaptureSalvager.salvage(capture, store, "test", WriterOptions.defaults()))
                    .isInstanceOf(CaptureException.class)
                    .hasMessageContaining("the disk is full");
            assertThat(store).doesNotExist();
            to.free();
            SalvageReport report = CaptureSalvager.salvage(capture, store, "test", WriterOptions.defaults());
            assertThat(report.source().ok()).isTrue();
            assertThat(CaptureVerifier.verify(report.folder()).ok()).isTrue();
            assertThat(report.manifest().counts())
                    .isEqualTo(report.source().manifest().counts());
        }
    }

    private static Path write(Path store) {
        CaptureWriter writer = CaptureWriter.create(
                store,
                new ManifestSeed(Role.RECORDED, "test", "", List.of(), List.of(), null),
                WriterOptions.defaults());
        CaptureAppender appender = writer.newAppender();
        for (int id = 1; id <= MEBIBYTES; id++) {
            appender.append(new BodyPart(
                    id,
                    1,
                    id,
                    id,
                    Direction.RESPONSE,
                    PartKind.BODY,
                    0,
                    BodyState.WHOLE,
                    false,
                    1 << 20,
                    Bytes.owned(new byte[1 << 20])));
        }
        writer.close(Ending.COMPLETE, SourceCounts.NONE);
        return writer.folder();
    }
}

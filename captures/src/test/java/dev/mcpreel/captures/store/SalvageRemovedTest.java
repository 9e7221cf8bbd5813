package dev.mcpreel.captures.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.exchange.ExchangeEnd;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What retention removed on purpose is no damage to a salvage. */
@Timeout(60)
class SalvageRemovedTest {
    @TempDir
    Path work;

    private final FakeClock clock = new FakeClock(0);
    private final FileProbe probe = new FileProbe();
    private final RolledCaptures captures = new RolledCaptures(clock);

    @Test
    void salvage_beginningRemoved_addsUpAndVerifies() throws IOException {
        Path cut = cut();
        List<CaptureEvent> left = RolledCaptures.events(cut);
        SalvageReport report = salvage(cut);

        assertThat(report.source().recordsMissing()).isZero();
        verified(report);
        assertThat(RolledCaptures.events(report.folder())).isEqualTo(left);
        assertThat(report.manifest().counts()).isEqualTo(ManifestFile.read(cut).counts());
    }

    @Test
    void salvage_beginningRemovedAndAHole_losesTheHoleOnly() throws IOException {
        Path cut = cut();
        List<Path> files = LogWalker.files(cut);
        Path damaged = files.get(files.size() / 2);
        try (RandomAccessFile file = new RandomAccessFile(damaged.toFile(), "rw")) {
            file.seek((probe.usedBytes(damaged) - FileProbe.CLAIMED_BYTES) / 2);
            file.write(new byte[20_000]);
        }
        SalvageReport report = salvage(cut);

        verified(report);
        Counts counts = report.manifest().counts();
        Removed removed = Removed.before(ManifestFile.read(cut));
        long ends = RolledCaptures.events(report.folder()).stream()
                .filter(ExchangeEnd.class::isInstance)
                .count();
        assertThat(counts.seen()).isEqualTo(ManifestFile.read(cut).counts().seen());
        assertThat(counts.lostExchanges()).isBetween(1L, 5L);
        assertThat(counts.recorded() - removed.whole()).isLessThanOrEqualTo(ends + 1);
    }

    @Test
    void capture_withoutItsBeginningAndItsManifest_isStillFound() throws IOException {
        Path cut = cut();
        List<CaptureEvent> left = RolledCaptures.events(cut);
        Files.delete(cut.resolve(ManifestFile.NAME));
        assertThat(cut.resolve(RunFolder.LOG)).doesNotExist();

        assertThat(CaptureStore.runs(work.resolve("store"))).containsExactly(cut);
        assertThat(CaptureVerifier.verify(cut).log().records()).isPositive();
        SalvageReport report = salvage(cut);
        assertThat(CaptureVerifier.verify(report.folder()).ok()).isTrue();
        assertThat(RolledCaptures.events(report.folder())).containsAll(left.subList(1, left.size()));
    }

    private Path cut() throws IOException {
        Path store = work.resolve("store");
        Path run = captures.write(store, Role.RECORDED, 40, 8_000);
        long half = 0;
        for (Path file : LogWalker.files(run)) {
            half += probe.usedBytes(file) / 2;
        }
        Retention retention =
                RolledCaptures.rolling(half + RolledCaptures.ROLL_BYTES, Long.MAX_VALUE, Integer.MAX_VALUE);
        new Keeper(store, retention, () -> FakeClock.WALL_START + clock.now(), Files::deleteIfExists).round();
        assertThat(Removed.before(ManifestFile.read(run)).records()).isPositive();
        return run;
    }

    private SalvageReport salvage(Path capture) {
        return CaptureSalvager.salvage(
                capture, work.resolve("out"), "test", Captures.options(clock).withRandom(new Random(9)));
    }

    private static void verified(SalvageReport report) {
        VerifyReport verified = CaptureVerifier.verify(report.folder());
        assertThat(verified.ok()).as(verified.toString()).isTrue();
        Counts counts = report.manifest().counts();
        assertThat(counts.seen()).isEqualTo(counts.recorded() + counts.lostExchanges());
    }
}

package dev.mcpreel.captures.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.exchange.EventKind;
import dev.mcpreel.captures.exchange.LossReason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every format that was ever written is read for ever, to the last value. */
@Timeout(30)
class GoldenCaptureTest {
    @TempDir
    Path store;

    @BeforeEach
    void unpack() throws IOException {
        unpack("v1", store);
    }

    @Test
    void read_version1_givesTheSameEventsForEver() throws IOException {
        List<CaptureEvent> events = new ArrayList<>();
        ReadSummary summary = CaptureReader.open(store).read(events::add);
        String expected = new String(resource("events.txt").readAllBytes(), StandardCharsets.UTF_8);
        assertThat(events.stream().map(EventText::of))
                .containsExactlyElementsOf(expected.lines().toList());
        assertThat(summary.unknownRecords()).isEqualTo(1);
        assertThat(summary.intact()).isTrue();
        assertThat(events.stream().map(CaptureEvent::kind))
                .containsAll(EnumSet.range(EventKind.REQUEST_HEAD, EventKind.RUN_SAMPLE));
    }

    @Test
    void verify_version1_isOkAndHasEveryTypeOfRecord() {
        VerifyReport report = CaptureVerifier.verify(store);
        assertThat(report.ok()).as(report.toString()).isTrue();
        assertThat(report.recordsByType().keySet())
                .contains("unknown(200)")
                .containsAll(Stream.of(RecordType.values())
                        .filter(type -> type.code <= RecordType.RUN_SAMPLE.code)
                        .map(RecordType::name)
                        .toList());
    }

    @Test
    void manifest_version1_isReadWhole() {
        Manifest manifest = CaptureReader.open(store).manifest();
        assertThat(manifest.format()).isEqualTo(1);
        assertThat(manifest.role()).isEqualTo(Role.REPLAYED);
        assertThat(manifest.startedAt()).isEqualTo("2026-11-21T10:15:30Z");
        assertThat(manifest.ending()).isEqualTo(Ending.STOPPED);
        assertThat(manifest.counts().filtered()).containsEntry("not mcp", 2L);
        assertThat(manifest.replay()).isNotNull();
        assertThat(manifest.replay().invalid()).containsExactly("lateness p99 was 31 ms");
        assertThat(manifest.replay().speed()).isEqualTo(2.0);
    }

    @Test
    void relayOverSeveralUpstreams_version1_isReadWhole() throws IOException {
        Path relayed = store.resolve("relayed");
        unpack("v1-relay", relayed);
        List<CaptureEvent> events = new ArrayList<>();
        CaptureReader reader = CaptureReader.open(relayed);
        assertThat(reader.read(events::add).intact()).isTrue();
        String expected = new String(resource("v1-relay", "events.txt").readAllBytes(), StandardCharsets.UTF_8);
        assertThat(events.stream().map(EventText::of))
                .containsExactlyElementsOf(expected.lines().toList());
        assertThat(events.stream().map(CaptureEvent::kind)).contains(EventKind.UPSTREAM_FAILED, EventKind.TRAILERS);
        assertThat(reader.manifest().relay())
                .isEqualTo(new RelayInfo("preserve", "session", "https://mcp.example.com", true));
        assertThat(CaptureVerifier.verify(relayed).ok()).isTrue();
    }

    @Test
    void countsAndFilters_version1_areReadWhole() throws IOException {
        Path counted = store.resolve("counted");
        unpack("v1-counts", counted);
        List<CaptureEvent> events = new ArrayList<>();
        CaptureReader reader = CaptureReader.open(counted);
        assertThat(reader.read(events::add).intact()).isTrue();
        String expected = new String(resource("v1-counts", "events.txt").readAllBytes(), StandardCharsets.UTF_8);
        assertThat(events.stream().map(EventText::of))
                .containsExactlyElementsOf(expected.lines().toList());
        assertThat(events.stream().map(CaptureEvent::kind)).contains(EventKind.COUNTS);
        assertThat(reader.manifest().filter()).containsExactly("only path:/mcp*", "except tool:žluť");
        VerifyReport report = CaptureVerifier.verify(counted);
        assertThat(report.ok()).isTrue();
        assertThat(report.accounting())
                .isEqualTo(new Accounting(
                        Accounting.Source.COUNTS,
                        FakeClock.WALL_START + 11_000_000_000L,
                        12,
                        3,
                        new TreeMap<>(Map.of("only path:/mcp*", 4L, "except tool:žluť", 1L)),
                        Map.of(LossReason.LANE_FULL, 2L),
                        2,
                        1,
                        0,
                        0));
    }

    @Test
    void manifest_withoutFilter_isReadAsNone() {
        assertThat(CaptureReader.open(store).manifest().filter()).isEmpty();
    }

    private static void unpack(String golden, Path into) throws IOException {
        try (InputStream in = resource(golden, "capture.zip");
                ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = into.resolve(entry.getName());
                Files.createDirectories(file.getParent());
                Files.copy(zip, file);
            }
        }
    }

    private static InputStream resource(String name) {
        return resource("v1", name);
    }

    private static InputStream resource(String golden, String name) {
        InputStream in = GoldenCaptureTest.class.getResourceAsStream("/golden/" + golden + "/" + name);
        assertThat(in).as(name).isNotNull();
        return in;
    }
}

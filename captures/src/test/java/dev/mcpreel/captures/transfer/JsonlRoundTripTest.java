package dev.mcpreel.captures.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.exchange.EventKind;
import dev.mcpreel.captures.exchange.LossReason;
import dev.mcpreel.captures.redact.Redaction;
import dev.mcpreel.captures.redact.RedactionPolicy;
import dev.mcpreel.captures.redact.SecretHash;
import dev.mcpreel.captures.store.CaptureReader;
import dev.mcpreel.captures.store.CaptureVerifier;
import dev.mcpreel.captures.store.Ending;
import dev.mcpreel.captures.store.Manifest;
import dev.mcpreel.captures.store.SourceCounts;
import dev.mcpreel.captures.testkit.CollectedSessions;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** JSON Lines out and in give the same capture: every event, and so every exchange, request and session. */
@Timeout(120)
class JsonlRoundTripTest {
    @TempDir
    Path dir;

    static List<String> goldenCaptures() throws Exception {
        List<String> names = new ArrayList<>();
        for (String family : List.of("golden", "sessions")) {
            var resource = JsonlRoundTripTest.class.getResource("/" + family);
            if (resource != null) {
                try (Stream<Path> folders = Files.list(new File(resource.toURI()).toPath())) {
                    folders.filter(folder -> Files.exists(folder.resolve("capture.zip")))
                            .forEach(folder -> names.add(family + "/" + folder.getFileName()));
                }
            }
        }
        return names;
    }

    @ParameterizedTest
    @MethodSource("goldenCaptures")
    void import_goldenCapture_givesItBack(String name) throws IOException {
        Path capture = TestCaptures.golden(name, dir.resolve("golden"));
        // The oldest ones hold session ids in clear, as no recorder writes them any more.
        Redaction redaction = new Redaction(RedactionPolicy.standard().without("mcp-session-id"), SecretHash.random());
        Path file = dir.resolve("export.jsonl");
        Files.writeString(file, TestCaptures.jsonl(capture));
        Path made = CaptureImport.run(file, dir.resolve("made"), FileKind.JSONL, TestCaptures.options(redaction))
                .folder();
        assertSame(capture, made);
    }

    @Test
    void goldenCaptures_areThere() throws Exception {
        assertThat(goldenCaptures()).contains("golden/v1", "golden/v1-counts", "golden/v1-relay");
    }

    @Test
    void import_randomTraffic_givesItBack() throws IOException {
        for (long seed = 1; seed <= 60; seed++) {
            Random random = new Random(seed);
            Ending how = List.of(Ending.COMPLETE, Ending.STOPPED, Ending.OPEN).get(random.nextInt(3));
            SourceCounts counts =
                    new SourceCounts(-1, Map.of("except path:/health", 5L), Map.of(LossReason.LANE_FULL, 3L), 2);
            Path capture = TestCaptures.write(
                    dir.resolve("store" + seed), new RandomTraffic(seed).events(), random, how, counts);
            Path made = roundTrip(capture);
            assertSameEvents("seed " + seed, capture, made);
            assertSame(capture, made);
        }
    }

    @Test
    void import_endedCapture_countsWhatItCounted() throws IOException {
        SourceCounts counts = new SourceCounts(-1, Map.of("x", 5L), Map.of(LossReason.LANE_FULL, 3L), 0);
        Path capture = TestCaptures.write(
                dir.resolve("store"), new RandomTraffic(3).events(), new Random(3), Ending.COMPLETE, counts);
        Manifest old = TestCaptures.manifest(capture);
        Manifest made = TestCaptures.manifest(roundTrip(capture));
        assertThat(made.counts().filtered()).isEqualTo(old.counts().filtered());
        assertThat(made.counts().lost()).isEqualTo(old.counts().lost());
        assertThat(made.counts().recorded()).isEqualTo(old.counts().recorded());
        assertThat(made.counts().seen()).isEqualTo(old.counts().seen());
        assertThat(made.endedAt()).isEqualTo(old.endedAt());
        assertThat(made.startedAt()).isEqualTo(old.startedAt());
        assertThat(made.imported()).isNotNull();
        assertThat(made.imported().capture()).isEqualTo(old.id());
        assertThat(made.imported().format()).isEqualTo("jsonl");
    }

    @Test
    void import_longOpenExchange_keepsTheOrderOfTheLog() throws IOException {
        List<CaptureEvent> events = LongTraffic.events(6_000);
        Path capture = TestCaptures.write(dir.resolve("store"), events);
        Path made = roundTrip(capture);
        assertSameEvents("", capture, made);
        assertThat(TestCaptures.jsonl(capture).lines().filter(line -> line.contains("\"exchange\":1,\"connection\"")))
                .hasSizeGreaterThan(1);
    }

    private Path roundTrip(Path capture) throws IOException {
        ImportReport report = TestCaptures.importText(dir, "export.jsonl", TestCaptures.jsonl(capture));
        assertThat(CaptureVerifier.verify(report.folder()).log().intact()).isTrue();
        return report.folder();
    }

    private static void assertSameEvents(String description, Path capture, Path made) {
        List<CaptureEvent> before = TestCaptures.events(capture);
        List<CaptureEvent> after = TestCaptures.events(made);
        // One by one, because thousands of them in a message help nobody.
        for (int i = 0; i < Math.min(before.size(), after.size()); i++) {
            assertThat(after.get(i)).as(description + ", event " + i).isEqualTo(before.get(i));
        }
        assertThat(after).as(description).hasSameSizeAs(before);
    }

    private static void assertSame(Path capture, Path made) {
        CollectedSessions before = TestCaptures.sessions(capture);
        CollectedSessions after = TestCaptures.sessions(made);
        assertThat(after.exchanges()).isEqualTo(before.exchanges());
        assertThat(after.requests()).isEqualTo(before.requests());
        assertThat(after.sessions()).isEqualTo(before.sessions());
        assertThat(TestCaptures.events(made).stream().map(CaptureEvent::kind))
                .contains(EventKind.CLOCK_ANCHOR)
                .containsExactlyElementsOf(TestCaptures.events(capture).stream()
                        .map(CaptureEvent::kind)
                        .toList());
        Manifest old = TestCaptures.manifest(capture);
        Manifest manifest = TestCaptures.manifest(made);
        assertThat(manifest.role()).isEqualTo(old.role());
        assertThat(manifest.ending()).isEqualTo(old.ending());
        assertThat(manifest.anchor()).isEqualTo(old.anchor());
        assertThat(manifest.upstreams()).isEqualTo(old.upstreams());
        assertThat(manifest.relay()).isEqualTo(old.relay());
        assertThat(manifest.replay()).isEqualTo(old.replay());
        assertThat(manifest.redaction()).containsAll(old.redaction());
        assertThat(CaptureReader.open(made).interrupted())
                .isEqualTo(CaptureReader.open(capture).interrupted());
    }
}

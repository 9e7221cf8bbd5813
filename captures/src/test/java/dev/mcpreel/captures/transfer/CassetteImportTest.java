package dev.mcpreel.captures.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mcpreel.captures.exchange.Outcome;
import dev.mcpreel.captures.session.AgentSession;
import dev.mcpreel.captures.session.ExchangeKind;
import dev.mcpreel.captures.session.RequestTrace;
import dev.mcpreel.captures.store.CaptureException;
import dev.mcpreel.captures.store.CaptureException.Category;
import dev.mcpreel.captures.store.CaptureVerifier;
import dev.mcpreel.captures.testkit.CollectedSessions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Cassettes that mcp-recorder 0.5.0 and mcp-cassette 0.4.0 recorded, and broken ones. */
@Timeout(60)
class CassetteImportTest {
    private static final long GAP = 250_000_000L;

    @TempDir
    Path dir;

    @Test
    void import_mcpRecorder_givesTheCallsWithTheirLatencies() throws IOException {
        ImportReport report = importCassette("mcp-recorder-http.json", 0);
        assertThat(report.kind()).isEqualTo(FileKind.MCP_RECORDER);
        CollectedSessions found = assertSession(report);
        assertThat(found.calls())
                .extracting(RequestTrace::outcome)
                .containsExactly(Outcome.OK, Outcome.TOOL_ERROR, Outcome.OK);
        // As its file has them, in ms.
        assertThat(found.calls()).extracting(RequestTrace::durationNanos).containsExactlyElementsOf(latencies(report));
        assertThat(found.calls().get(1).startNanos())
                .isEqualTo(found.calls().get(0).doneNanos());
        assertThat(found.exchanges()).extracting(exchange -> exchange.kind()).endsWith(ExchangeKind.DELETE);
        assertThat(report.manifest().upstreams()).containsExactly("http://127.0.0.1:18931");
        assertThat(report.notes()).anyMatch(note -> note.contains("--gap makes some up"));
        assertThat(report.manifest().imported()).isNotNull();
        assertThat(report.manifest().imported().notes()).isEqualTo(report.notes());
    }

    @Test
    void import_mcpRecorderWithAGap_thinksBeforeEachCall() throws IOException {
        ImportReport report = importCassette("mcp-recorder-http.json", GAP);
        List<RequestTrace> calls = TestCaptures.sessions(report.folder()).calls();
        assertThat(calls.get(1).startNanos() - calls.get(0).doneNanos()).isEqualTo(GAP);
        assertThat(calls.get(2).startNanos() - calls.get(1).doneNanos()).isEqualTo(GAP);
        assertThat(report.notes()).anyMatch(note -> note.contains("as --gap says"));
    }

    @Test
    void import_mcpCassetteOverHttp_givesTheCallsWithTheirTimes() throws IOException {
        ImportReport report = importCassette("mcp-cassette-http.json", 0);
        assertThat(report.kind()).isEqualTo(FileKind.MCP_CASSETTE);
        CollectedSessions found = assertSession(report);
        assertThat(found.calls())
                .extracting(RequestTrace::outcome)
                .containsExactly(Outcome.OK, Outcome.TOOL_ERROR, Outcome.OK);
        // The client waited 30 ms between its calls.
        assertThat(found.calls().get(1).startNanos() - found.calls().get(0).doneNanos())
                .isBetween(25_000_000L, 2_000_000_000L);
        assertThat(report.notes()).anyMatch(note -> note.startsWith("HTTP heads are made up"));
    }

    @Test
    void import_mcpCassetteOverStdio_hasWhatTheServerAskedAndTheAnswer() throws IOException {
        ImportReport report = importCassette("mcp-cassette-stdio.json", 0);
        CollectedSessions found = assertSession(report);
        assertThat(found.calls())
                .extracting(RequestTrace::outcome)
                .containsExactly(Outcome.OK, Outcome.TOOL_ERROR, Outcome.OK);
        assertThat(found.exchanges().stream()
                        .filter(exchange -> exchange.kind() == ExchangeKind.STREAM)
                        .flatMap(exchange -> exchange.messages().stream()))
                .anyMatch(message ->
                        message.message().node().path("method").asString("").equals("sampling/createMessage"));
        assertThat(report.notes())
                .anyMatch(note -> note.contains("over stdio"))
                .anyMatch(note -> note.contains("1 messages of the server"));
    }

    @Test
    void import_mcpCassetteOfEarlierVersions_isReadAsWell() throws IOException {
        for (int version = 1; version <= 2; version++) {
            String text =
                    text("mcp-cassette-stdio.json").replace("\"format_version\": 3", "\"format_version\": " + version);
            assertSession(TestCaptures.importText(dir, "v" + version + ".json", text));
        }
    }

    @Test
    void import_requestWithoutAnswer_isInterrupted() throws IOException {
        String text = text("mcp-cassette-stdio.json");
        // The last answer is gone.
        String cut = text.substring(0, text.lastIndexOf(',', text.lastIndexOf("\"seq\""))) + "]}";
        ImportReport report = TestCaptures.importText(dir, "cut.json", cut);
        assertThat(TestCaptures.sessions(report.folder()).calls())
                .extracting(RequestTrace::outcome)
                .endsWith(Outcome.INTERRUPTED);
    }

    @Test
    void import_badCassette_namesThePlaceAndLeavesNothing() throws IOException {
        String recorder = text("mcp-recorder-http.json");
        String cassette = text("mcp-cassette-http.json");
        refused("another version", recorder.replaceFirst("\"version\": \"1.0\"", "\"version\": \"2.0\""));
        refused("interactions[1]", recorder.replace("\"type\": \"notification\"", "\"type\": \"what\""));
        refused("interactions[0]", recorder.replaceFirst("\"latency_ms\": \\d+", "\"latency_ms\": \"x\""));
        refused("another version", cassette.replace("\"format_version\": 3", "\"format_version\": 4"));
        refused("messages[0]", cassette.replace("\"sender\": \"client\"", "\"sender\": \"nobody\""));
        refused("nothing to import", "{\"format_version\": 2, \"messages\": []}");
        refused("no array", "{\"version\": \"1.0\", \"interactions\": {\"a\": 1}}");
    }

    private void refused(String what, String text) {
        assertThatThrownBy(() -> TestCaptures.importText(dir, "bad.json", text))
                .isInstanceOfSatisfying(
                        CaptureException.class, e -> assertThat(e.category()).isEqualTo(Category.DAMAGED))
                .hasMessageContaining("bad.json")
                .hasMessageContaining(what);
        assertThat(dir.resolve("imported")).doesNotExist();
    }

    /** What the client of the recordings did, in every one of them. */
    private static CollectedSessions assertSession(ImportReport report) {
        CollectedSessions found = TestCaptures.sessions(report.folder());
        assertThat(found.calls()).extracting(RequestTrace::tool).containsExactly("echo", "fail", "ask");
        assertThat(found.requests())
                .extracting(RequestTrace::method)
                .containsExactly("initialize", "tools/list", "tools/call", "tools/call", "tools/call");
        assertThat(found.sessions())
                .hasSize(1)
                .first()
                .extracting(AgentSession::client)
                .isEqualTo("cassette-client 1.0");
        assertThat(found.calls()
                        .get(0)
                        .request()
                        .node()
                        .path("params")
                        .path("arguments")
                        .path("text")
                        .stringValue())
                .isEqualTo("hello žluť");
        assertThat(CaptureVerifier.verify(report.folder()).ok()).isTrue();
        return found;
    }

    private List<Long> latencies(ImportReport report) throws IOException {
        assertThat(report.notes()).isNotEmpty();
        return text("mcp-recorder-http.json")
                .lines()
                .filter(line -> line.contains("\"latency_ms\""))
                .map(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1_000_000)
                .toList()
                .subList(3, 6);
    }

    private ImportReport importCassette(String name, long gapNanos) throws IOException {
        Path file = Files.writeString(dir.resolve(name), text(name));
        ImportOptions plain = TestCaptures.options();
        ImportOptions options = new ImportOptions(plain.redaction(), plain.product(), gapNanos, plain.writer());
        return CaptureImport.run(file, dir.resolve("imported"), null, options);
    }

    private static String text(String name) throws IOException {
        try (InputStream in = CassetteImportTest.class.getResourceAsStream("/transfer/cassettes/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

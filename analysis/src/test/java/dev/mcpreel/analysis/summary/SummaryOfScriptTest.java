package dev.mcpreel.analysis.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.mcpreel.analysis.calls.CaptureAnalysis;
import dev.mcpreel.analysis.testkit.Manifests;
import dev.mcpreel.captures.exchange.Outcome;
import dev.mcpreel.captures.session.SessionModel;
import dev.mcpreel.captures.session.SessionOptions;
import dev.mcpreel.captures.store.CaptureAppender;
import dev.mcpreel.captures.store.CaptureReader;
import dev.mcpreel.captures.store.CaptureWriter;
import dev.mcpreel.captures.store.Clocks;
import dev.mcpreel.captures.store.Counts;
import dev.mcpreel.captures.store.Ending;
import dev.mcpreel.captures.store.ManifestSeed;
import dev.mcpreel.captures.store.ReadSummary;
import dev.mcpreel.captures.store.Role;
import dev.mcpreel.captures.store.SourceCounts;
import dev.mcpreel.captures.store.WriterOptions;
import dev.mcpreel.captures.testkit.CaptureScript;
import dev.mcpreel.captures.testkit.ScriptedAgent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The analysis behind the real session model. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class SummaryOfScriptTest {
    private static Summary summary(CaptureScript script) {
        CaptureAnalysis analysis = new CaptureAnalysis(Role.RECORDED);
        SessionModel model = new SessionModel(SessionOptions.defaults(), analysis);
        script.feed(event -> {
            analysis.accept(event);
            model.accept(event);
        });
        model.finish();
        return Summary.of(Manifests.recorded(Ending.COMPLETE, Counts.NONE), analysis);
    }

    private static CaptureScript twoAgents() {
        CaptureScript script = new CaptureScript();
        ScriptedAgent ann = script.agent("ann").initialize();
        ann.stream().end(2000);
        ann.think(93).call("search_orders").json(20);
        ann.think(80).call("monthly_report").progress(50).sse(200);
        ann.think(100).call("search_orders").rpcError(10, -32603, "no");
        ann.delete();
        ScriptedAgent bob = script.agent("bob").startingAt(1000).initialize();
        bob.think(93).call("flaky_lookup").toolError(30);
        bob.think(70).call("search_orders").http(40, 503, "no healthy upstream");
        bob.think(60).call("monthly_report").cut(600);
        return script;
    }

    @Test
    void of_captureOnDisk_sameAsOfItsEvents(@TempDir Path store) {
        CaptureScript script = twoAgents();
        record(script, store);

        Summary summary = summary(CaptureReader.open(store));

        Summary direct = summary(script);
        assertThat(summary.metrics()).isEqualTo(direct.metrics());
        assertThat(summary.tools()).isEqualTo(direct.tools());
        assertThat(summary.outcomes()).isEqualTo(direct.outcomes());
        assertThat(summary.sessions()).isEqualTo(direct.sessions());
        assertThat(summary.caveats()).isEmpty();
        assertThat(summary.capture().counts().recorded()).isEqualTo(12);
        assertThat(counter(summary, "http_reqs")).isEqualTo(12);
    }

    @Test
    void of_captureWhoseLogWasEmptied_saysThatAllIsMissing(@TempDir Path store) throws IOException {
        Path run = record(twoAgents(), store);
        try (Stream<Path> files = Files.list(run.resolve("log"))) {
            for (Path file : files.toList()) {
                Files.write(file, new byte[0]);
            }
        }
        CaptureReader reader = CaptureReader.open(run);
        long written = reader.manifest().counts().records();

        assertThat(summary(reader).caveats())
                .startsWith("Damaged log: " + written + " of " + written
                        + " records are missing; what was there is in no number below.");

        try (Stream<Path> files = Files.list(run.resolve("log"))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(run.resolve("log"));
        assertThat(summary(CaptureReader.open(run)).caveats())
                .contains("Nothing to count: no exchange and no step could be read.");
    }

    private static Path record(CaptureScript script, Path store) {
        ManifestSeed seed =
                new ManifestSeed(Role.RECORDED, "test", "127.0.0.1:1", List.of("http://a"), List.of(), null);
        // The clock anchors in the log must be of the script's time.
        Clocks clocks = new Clocks(() -> CaptureScript.at(0), () -> 0);
        try (CaptureWriter writer =
                CaptureWriter.create(store, seed, WriterOptions.defaults().withClocks(clocks))) {
            try (CaptureAppender appender = writer.newAppender()) {
                script.feed(appender::append);
            }
            writer.close(Ending.COMPLETE, SourceCounts.NONE);
            return writer.folder();
        }
    }

    private static Summary summary(CaptureReader reader) {
        CaptureAnalysis analysis = new CaptureAnalysis(reader.manifest().role());
        SessionModel model = new SessionModel(SessionOptions.defaults(), analysis);
        ReadSummary read = reader.read(event -> {
            analysis.accept(event);
            model.accept(event);
        });
        model.finish();

        return Summary.of(reader.manifest(), analysis, read);
    }

    @Test
    void of_twoAgents_countsEverythingOnce() {
        Summary summary = summary(twoAgents());

        assertThat(summary.caveats()).isEmpty();
        assertThat(counter(summary, "mcp_calls")).isEqualTo(6);
        assertThat(counter(summary, "mcp_requests")).isEqualTo(8);
        assertThat(counter(summary, "mcp_timeouts")).isEqualTo(1);
        assertThat(counter(summary, "mcp_streams_cut")).isEqualTo(1);
        assertThat(counter(summary, "iterations")).isEqualTo(2);
        // 2 initialize, 2 initialized, 6 calls, 1 stream, 1 DELETE
        assertThat(counter(summary, "http_reqs")).isEqualTo(12);
        assertThat(summary.metrics().get("mcp_http_per_call")).isEqualTo(new Metric.Gauge(2, 2, 2));
        assertThat(summary.metrics().get("http_req_failed")).isEqualTo(new Metric.Rate(2, 10));
        assertThat(summary.metrics().get("mcp_success")).isEqualTo(new Metric.Rate(2, 4));
        // 20, 200, 10, 30, 40, 600
        Metric.Trend calls =
                (Metric.Trend) Objects.requireNonNull(summary.metrics().get("mcp_call_duration"));
        assertThat(calls.count()).isEqualTo(6);
        assertThat(calls.avg()).isEqualTo(150);
        assertThat(calls.med()).isCloseTo(35, within(0.035));
        assertThat(summary.tools())
                .extracting(ToolRow::tool, ToolRow::calls, ToolRow::errors)
                .containsExactly(
                        tuple("search_orders", 3L, 2L), tuple("monthly_report", 2L, 1L), tuple("flaky_lookup", 1L, 1L));
        assertThat(summary.outcomes())
                .extracting(OutcomeRow::outcome, OutcomeRow::calls, OutcomeRow::requests)
                .containsExactly(
                        tuple(Outcome.OK, 2L, 4L),
                        tuple(Outcome.TOOL_ERROR, 1L, 1L),
                        tuple(Outcome.RPC_ERROR, 1L, 1L),
                        tuple(Outcome.GATEWAY_TIMEOUT, 1L, 1L),
                        tuple(Outcome.STREAM_CUT, 1L, 1L));
        assertThat(summary.sessions().byKey()).isEqualTo(Map.of("session_id", 2L));
        assertThat(summary.sessions().calls()).isEqualTo(new SessionNumbers.CallsPerSession(3, 3, 3));
    }

    @Test
    void of_serverThatForgetsASession_countsTheSessionOnce() {
        CaptureScript script = new CaptureScript();
        ScriptedAgent ann = script.agent("ann").initialize();
        ann.think(10).call("search_orders").http(3, 404, "Session not found");
        ann.think(10).call("search_orders").http(3, 404, "Session not found");

        Summary summary = summary(script);

        assertThat(counter(summary, "mcp_sessions_lost")).isEqualTo(1);
        assertThat(summary.outcomes())
                .filteredOn(row -> row.outcome() == Outcome.SESSION_LOST)
                .extracting(OutcomeRow::calls)
                .containsExactly(2L);
    }

    @Test
    void of_recordingCutShort_keepsWhatWasOpen() {
        CaptureScript script = new CaptureScript();
        script.agent("ann").initialize().think(10).call("search_orders").neverEnded(100);

        Summary summary = summary(script);

        assertThat(counter(summary, "mcp_calls")).isEqualTo(1);
        assertThat(summary.metrics()).doesNotContainKeys("mcp_success", "mcp_call_duration");
        assertThat(summary.metrics().get("http_req_failed")).isEqualTo(new Metric.Rate(0, 3));
        assertThat(counter(summary, "iterations")).isEqualTo(1);
    }

    private static long counter(Summary summary, String name) {
        return ((Metric.Counter) Objects.requireNonNull(summary.metrics().get(name), name)).count();
    }
}

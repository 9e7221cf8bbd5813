package dev.mcpreel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.exchange.EndCause;
import dev.mcpreel.captures.exchange.EndedBy;
import dev.mcpreel.captures.exchange.ExchangeEnd;
import dev.mcpreel.captures.exchange.Gap;
import dev.mcpreel.captures.exchange.Headers;
import dev.mcpreel.captures.exchange.LossReason;
import dev.mcpreel.captures.exchange.RequestHead;
import dev.mcpreel.captures.session.SessionOptions;
import dev.mcpreel.captures.store.CaptureAppender;
import dev.mcpreel.captures.store.CaptureWriter;
import dev.mcpreel.captures.store.Ending;
import dev.mcpreel.captures.store.ManifestSeed;
import dev.mcpreel.captures.store.Role;
import dev.mcpreel.captures.store.SourceCounts;
import dev.mcpreel.captures.store.WriterOptions;
import dev.mcpreel.captures.wire.Json;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A capture that lost anything says so before anything else, whoever reads it. */
@Timeout(60)
class LostCaptureTest {
    private static final SourceCounts LOSSES = new SourceCounts(
            940, Map.of("except tool:echo", 926L), Map.of(LossReason.LANE_FULL, 8L, LossReason.RECORDER_FAULT, 4L), 3);

    @TempDir
    private Path folder;

    @Test
    void ended_everyReader_warnsFirst() {
        String run = capture(true, LOSSES);
        for (CommandRun read : List.of(
                CommandRun.of("sessions", run),
                CommandRun.of("report", run),
                CommandRun.of("verify", run),
                CommandRun.of("salvage", run, "--out", folder + "/s"),
                CommandRun.of("replay", run, "--target", "http://127.0.0.1:1/mcp", "--out", folder + "/r"))) {
            assertThat(read.err().lines().limit(2))
                    .containsExactly(
                            "warning: this capture lost 12 of 940 exchanges (8 to a full lane, 4 to faults of the recorder)"
                                    + " and 3 step records; what follows lacks them, or parts of them",
                            "note: 926 of 940 exchanges were left out on purpose (except tool:echo)");
        }
        assertThat(CommandRun.of(80, "report", run).out().lines().skip(1))
                .first()
                .asString()
                .startsWith("! Lost: 12 exchanges are missing or incomplete here");
        CommandRun verify = CommandRun.of("verify", run);
        assertThat(verify.code()).isZero();
        assertThat(verify.out())
                .contains("accounting  seen 940 = recorded 2 + filtered 926 (except tool:echo 926)"
                        + " + lost 12 (lane_full 8, recorder_fault 4)\n");
    }

    @Test
    void interrupted_everyReader_warnsFromTheLog() {
        String run = capture(false, LOSSES);
        for (CommandRun read :
                List.of(CommandRun.of("sessions", run), CommandRun.of("report", run), CommandRun.of("verify", run))) {
            assertThat(read.err())
                    .containsPattern(
                            "(?m)^warning: this capture lost 12 of 940 exchanges \\(8 to a full lane, 4 to faults of the"
                                    + " recorder\\) by \\d\\d:\\d\\d:\\d\\d UTC and 3 step records; what follows");
            assertThat(read.err()).containsPattern("(?m)^note: 926 of 940 exchanges ");
        }
        CommandRun report = CommandRun.of("report", run, "--json", "-");
        JsonNode json = Json.parse(report.out()).orElseThrow();
        assertThat(json.at("/run/lost/exchanges").longValue()).isEqualTo(12);
        assertThat(json.at("/run/lost/steps").longValue()).isEqualTo(3);
        assertThat(json.at("/run/filtered/except tool:echo").longValue()).isEqualTo(926);
        CommandRun verify = CommandRun.of("verify", run, "--json");
        JsonNode sum = Json.parse(verify.out()).orElseThrow().path("accounting");
        assertThat(sum.path("adds_up").booleanValue()).isTrue();
        assertThat(sum.path("source").stringValue()).isEqualTo("counts");
        assertThat(sum.path("as_of").stringValue()).startsWith("20");
        assertThat(sum.at("/lost/lane_full").longValue()).isEqualTo(8);
        assertThat(sum.path("open").longValue()).isZero();
        assertThat(CommandRun.of("verify", run).out())
                .contains(" + lost 12 (lane_full 8, recorder_fault 4) + open 0\n            as of ")
                .contains(", the last counts in the log; behind them 0 exchanges more recorded\n");
    }

    @Test
    void interruptedWithoutCounts_warnsFromTheGaps() {
        String run = capture(false, null);
        CommandRun sessions = CommandRun.of("sessions", run);
        assertThat(sessions.err())
                .contains("warning: this capture lost at least 5 exchanges (to a full disk); what follows lacks them");
        assertThat(CommandRun.of("verify", run).out())
                .contains("accounting  seen 7 = recorded 2 + filtered 0 + lost 5 (disk_full 5) + open 0\n")
                .contains("of what stands in the log: what was filtered is not known, and losses may be more");
    }

    @Test
    void endedBetweenOpeningAndReading_warnsAllTheSame() {
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        PrintStream err = new PrintStream(told, true, StandardCharsets.UTF_8);
        CaptureWriter writer = writer();
        writer.countedBy(() -> LOSSES);
        OpenCapture open = OpenCapture.open(writer.folder(), new Terminal(err, err, false, false, 100));
        writer.close(Ending.COMPLETE, LOSSES);
        open.summary(SessionOptions.defaults(), new Terminal(err, err, false, false, 100));
        assertThat(told.toString(StandardCharsets.UTF_8))
                .containsOnlyOnce("warning: this capture lost 12 of 940 exchanges ");
    }

    @Test
    void nothingLost_nothingIsSaid() {
        String run = capture(true, new SourceCounts(2, Map.of(), Map.of(), 0));
        assertThat(CommandRun.of("sessions", run).err()).isEmpty();
        assertThat(CommandRun.of("verify", run).err()).isEmpty();
    }

    @Test
    void doesNotAddUp_isSaid() {
        String run = capture(true, new SourceCounts(7, Map.of(), Map.of(), 0));
        CommandRun verify = CommandRun.of("verify", run);
        assertThat(verify.code()).isEqualTo(ExitCode.FAILED.code());
        assertThat(verify.out())
                .contains("accounting  seen 7, but recorded 2 + filtered 0 + lost 0 are 2: DOES NOT ADD UP\n")
                .contains("DISAGREES");
    }

    /** Two exchanges whole; of an interrupted one without a source only a gap tells of losses. */
    private String capture(boolean ended, @Nullable SourceCounts source) {
        CaptureWriter writer = writer();
        CaptureAppender appender = writer.newAppender();
        for (int id = 1; id <= 2; id++) {
            appender.append(new RequestHead(id, 1, id, "a:1", "GET", "/", "HTTP/1.1", Headers.EMPTY));
            appender.append(new ExchangeEnd(id, 1, id, EndCause.COMPLETE, EndedBy.UPSTREAM, id, id, 0, 0, ""));
        }
        if (source == null) {
            appender.append(new Gap(9, LossReason.DISK_FULL, -1, 5, 20, 100));
        } else {
            writer.countedBy(() -> source);
        }
        appender.flush();
        if (ended && source != null) {
            writer.close(Ending.COMPLETE, source);
        } else {
            writer.close();
        }
        return writer.folder().toString();
    }

    private CaptureWriter writer() {
        return CaptureWriter.create(
                folder.resolve("store"),
                new ManifestSeed(Role.RECORDED, "test", "", List.of("http://127.0.0.1:9"), List.of(), null),
                WriterOptions.defaults());
    }
}

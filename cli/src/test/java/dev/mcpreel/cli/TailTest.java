package dev.mcpreel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.exchange.Gap;
import dev.mcpreel.captures.exchange.LossReason;
import dev.mcpreel.captures.store.Ending;
import dev.mcpreel.captures.store.SourceCounts;
import dev.mcpreel.captures.testkit.CaptureScript;
import dev.mcpreel.captures.testkit.ScriptedAgent;
import dev.mcpreel.captures.testkit.ScriptedCapture;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code tail} of what has ended: what is shown, and what is said of bad input. */
@Timeout(60)
class TailTest {
    @TempDir
    private Path folder;

    private Path capture;

    @BeforeEach
    void write() {
        CaptureScript script = new CaptureScript();
        ScriptedAgent ann = script.agent("ann").initialize();
        ann.call("search").json(10);
        ann.call("report").json(3_000);
        ann.call("search").http(20, 503, "no");
        script.agent("bob").startingAt(50).initialize().call("search").json(10).delete();
        List<CaptureEvent> events = new ArrayList<>(script.events());
        events.add(new Gap(CaptureScript.at(9_000), LossReason.LANE_FULL, 0, 2, 9, 100));
        capture = ScriptedCapture.write(folder.resolve("store"), events, Ending.COMPLETE, SourceCounts.NONE);
    }

    private List<String> tail(String... options) {
        CommandRun run = CommandRun.of(
                80,
                Stream.concat(Stream.of("tail", capture.toString()), Stream.of(options))
                        .toArray(String[]::new));
        assertThat(run.code()).as(run.err()).isZero();
        // Without times.
        return run.out()
                .lines()
                .map(line -> line.substring(14)
                        .replaceFirst("^(s\\d+) +(\\S+) +(\\w+) +[\\d.]+m?s.*", "$1 $2 $3")
                        .replaceFirst(", [\\d.]+m?s$", "")
                        .replaceAll(" +", " ")
                        .strip())
                .toList();
    }

    @Test
    void all_isEverythingInOrder() {
        assertThat(tail("--all"))
                .containsExactly(
                        "s1 begins ann 1.0",
                        "s1 initialize ok",
                        "s1 search ok",
                        "s2 begins bob 1.0",
                        "s2 initialize ok",
                        "s2 search ok",
                        "s1 report ok",
                        "s1 search gateway_timeout",
                        "LOST 2 exchanges, 9 events (lane full)",
                        "s1 ends 3 calls, 1 error",
                        "s2 ends 1 call, 0 errors");
    }

    @Test
    void lines_areTheLast() {
        assertThat(tail("--lines", "1")).containsExactly("s2 ends 1 call, 0 errors");
        assertThat(tail("--lines", "0")).isEmpty();
        assertThat(tail()).hasSize(10);
    }

    @Test
    void filters_pickRequests_andLossesAreToldAllTheSame() {
        String lost = "LOST 2 exchanges, 9 events (lane full)";
        assertThat(tail("--tool", "se*"))
                .containsExactly("s1 search ok", "s2 search ok", "s1 search gateway_timeout", lost);
        assertThat(tail("--outcome", "error")).containsExactly("s1 search gateway_timeout", lost);
        assertThat(tail("--outcome", "gateway_timeout")).containsExactly("s1 search gateway_timeout", lost);
        assertThat(tail("--longer-than", "1s")).containsExactly("s1 report ok", lost);
        assertThat(tail("--agent", "bob"))
                .containsExactly(
                        "s2 begins bob 1.0", "s2 initialize ok", "s2 search ok", lost, "s2 ends 1 call, 0 errors");
        assertThat(tail("--tool", "search", "--agent", "nn 1"))
                .containsExactly("s1 search ok", "s1 search gateway_timeout", lost);
    }

    @Test
    void readerGone_endsQuietly() {
        PrintStream broken = new PrintStream(
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw new IOException("Broken pipe");
                    }
                },
                true,
                StandardCharsets.UTF_8);
        Terminal terminal = new Terminal(broken, CommandRun.silent().err(), false, false, 80);
        assertThat(Main.run(terminal, "tail", capture.toString(), "--all")).isZero();
    }

    @Test
    void whatCannotBe_isSaidInOneLine() throws IOException {
        Path store = folder.resolve("store");
        refused("nothing in " + store + " is being recorded", store.toString());
        refused("missing is no folder", folder.resolve("missing").toString());
        refused("missing is no folder", folder.resolve("missing").toString(), "--follow-runs");
        refused("--follow-runs needs the folder of captures", capture.toString(), "--follow-runs");
        refused("--lines -1", capture.toString(), "--lines", "-1");
        refused("--longer-than soon is no duration", capture.toString(), "--longer-than", "soon");
        refused("--outcome slow is no outcome", capture.toString(), "--outcome", "slow");
        Files.createDirectory(folder.resolve("empty"));
        refused(
                "is being recorded: start `mcp-reel record",
                folder.resolve("empty").toString());
    }

    private static void refused(String part, String... arguments) {
        CommandRun run = CommandRun.of(
                Stream.concat(Stream.of("tail"), Stream.of(arguments)).toArray(String[]::new));
        assertThat(run.code()).as(run.err()).isEqualTo(2);
        assertThat(run.err().lines()).hasSize(1);
        assertThat(run.complaint()).contains(part);
    }
}

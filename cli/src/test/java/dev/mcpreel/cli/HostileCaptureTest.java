package dev.mcpreel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.analysis.report.TerminalText;
import dev.mcpreel.captures.store.CaptureAppender;
import dev.mcpreel.captures.store.CaptureWriter;
import dev.mcpreel.captures.store.Ending;
import dev.mcpreel.captures.store.ManifestSeed;
import dev.mcpreel.captures.store.Role;
import dev.mcpreel.captures.store.SourceCounts;
import dev.mcpreel.captures.store.WriterOptions;
import dev.mcpreel.captures.testkit.HostileStrings;
import dev.mcpreel.captures.wire.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A capture full of hostile texts, read by every command that reads captures. */
@Timeout(120)
class HostileCaptureTest {
    @TempDir
    private static Path folder;

    private static String capture = "";

    @BeforeAll
    static void write() {
        List<String> all = HostileStrings.all();
        CaptureWriter writer = CaptureWriter.create(
                folder.resolve("store"),
                new ManifestSeed(Role.RECORDED, String.join(" ", all), String.join(" ", all), all, all, null),
                WriterOptions.defaults());
        CaptureAppender appender = writer.newAppender();
        HostileStrings.capture().feed(appender::append);
        appender.flush();
        writer.close(
                Ending.COMPLETE,
                new SourceCounts(11L * all.size() + 3, Map.of("except tool:\u001b[31m", 3L), Map.of(), 0));
        capture = writer.folder().toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sessions", "report", "verify"})
    void text_isSafeForATerminal(String command) {
        for (int width : new int[] {60, 80, 100, 180}) {
            safe(CommandRun.of(width, command, capture));
        }
    }

    @Test
    void json_isSafeForATerminalAndReadable() {
        for (CommandRun run : List.of(
                CommandRun.of("sessions", capture, "--json"),
                CommandRun.of("report", capture, "--json", "-"),
                CommandRun.of("verify", capture, "--json"))) {
            safe(run);
            assertThat(Json.parse(run.out())).isPresent();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 80, 100, 180})
    void looks_atEverySession_areSafeAndKeepToTheWidth(int width) {
        List<String> ids = Json.parse(
                        CommandRun.of("sessions", capture, "--json").out())
                .orElseThrow()
                .valueStream()
                .map(session -> session.path("id").stringValue())
                .toList();
        assertThat(ids).hasSizeGreaterThanOrEqualTo(HostileStrings.all().size());
        fits(width, CommandRun.of(width, "sessions", capture));
        fits(width, CommandRun.of(width, "stats", capture, "--top", "20"));
        fits(width, CommandRun.of(width, "tail", capture, "--all"));
        safe(CommandRun.of(width, "tail", capture, "--all", "--full"));
        // Each session costs a pass over the capture: the widths share them.
        for (int i = width / 20; i < ids.size(); i += 31) {
            fits(width, CommandRun.of(width, "show", capture, ids.get(i)));
            fits(width, CommandRun.of(width, "show", capture, ids.get(i), "--full"));
            CommandRun json = CommandRun.of(width, "show", capture, ids.get(i), "--json");
            safe(json);
            assertThat(Json.parse(json.out())).isPresent();
        }
    }

    @Test
    void jsonOfStatsAndTail_isSafeAndReadable() {
        CommandRun stats = CommandRun.of("stats", capture, "--json");
        safe(stats);
        assertThat(Json.parse(stats.out())).isPresent();
        for (String[] more : new String[][] {{}, {"--full"}}) {
            CommandRun tail = CommandRun.of(with(more, "tail", capture, "--all", "--json"));
            safe(tail);
            assertThat(tail.out().lines()).allMatch(line -> Json.parse(line).isPresent());
        }
    }

    @Test
    void filtersAndUnknownNames_ofHostileTexts_areSafe() {
        for (String text : HostileStrings.all()) {
            if (text.contains("\0")) {
                continue; // No shell can pass it on.
            }
            for (CommandRun run : List.of(
                    CommandRun.of("sessions", capture, "--agent=" + text, "--tool=" + text),
                    CommandRun.of("sessions", capture, "--outcome=" + text),
                    CommandRun.of("show", capture, "none" + text),
                    CommandRun.of("sessions", capture, "--agent-key=" + text),
                    CommandRun.of("export", capture, "--format=" + text),
                    CommandRun.of("tail", capture, "--all", "--agent=" + text),
                    CommandRun.of("stats", capture + text))) {
                HostileStrings.assertTerminalSafe(run.out());
                HostileStrings.assertTerminalSafe(run.err());
                assertThat(run.err() + run.out()).isNotEmpty();
            }
        }
    }

    @Test
    void fileNames_withEscapes_areSafe() throws IOException {
        Path odd = Files.createDirectories(folder.resolve("odd\u001b[31m"));
        Path file = odd.resolve("out\u001b]0;x\u0007.jsonl");
        List<CommandRun> runs = List.of(
                CommandRun.of("export", capture, "--out", file.toString()),
                CommandRun.of(
                        "import",
                        file.toString(),
                        "--out",
                        odd.resolve("store\u0007").toString()),
                CommandRun.of(
                        "cut",
                        capture,
                        "--session",
                        "s1",
                        "--out",
                        odd.resolve("cut\u0007").toString()),
                CommandRun.of("sessions", odd.resolve("cut\u0007").toString()),
                CommandRun.of("stats", odd.resolve("store\u0007").toString()),
                CommandRun.of("show", odd.resolve("cut\u0007").toString(), "s1"),
                CommandRun.of("tail", odd.resolve("cut\u0007").toString()),
                CommandRun.of("verify", odd.resolve("cut\u0007").toString()),
                CommandRun.of("show", odd.resolve("cut\u0007").toString(), "s99"),
                CommandRun.of("export", odd.resolve("none\u0007").toString()),
                CommandRun.of("import", odd.resolve("none\u0007").toString(), "--out", odd + "/x"));
        for (CommandRun run : runs) {
            HostileStrings.assertTerminalSafe(run.out());
            HostileStrings.assertTerminalSafe(run.err());
        }
        assertThat(runs).extracting(CommandRun::code).containsExactly(0, 0, 0, 0, 0, 0, 2, 0, 2, 2, 2);
    }

    @Test
    void exports_areSafe_andTheScriptIsJavaScript() throws Exception {
        for (String format : List.of("jsonl", "har", "k6")) {
            safe(CommandRun.of("export", capture, "--format", format));
        }
        Path script = folder.resolve("script.mjs");
        assertThat(CommandRun.of("export", capture, "--format", "k6", "--out", script.toString())
                        .code())
                .isZero();
        Process node;
        try {
            node = new ProcessBuilder("node", "--check", script.toString())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            Assumptions.abort("no node on this machine");
            return;
        }
        String said = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(node.waitFor()).as(said).isZero();
    }

    @Test
    void cut_everythingAndOne_isSafe() {
        safe(CommandRun.of("cut", capture, "--out", folder.resolve("cut-all").toString()));
        safe(CommandRun.of("cut", capture, "--out", folder.resolve("cut-one").toString(), "--session", "s7"));
    }

    private static void fits(int width, CommandRun run) {
        safe(run);
        assertThat(run.out().lines()).allMatch(line -> TerminalText.cells(line) <= width);
    }

    private static String[] with(String[] more, String... first) {
        return Stream.concat(Arrays.stream(first), Arrays.stream(more)).toArray(String[]::new);
    }

    @Test
    void jsonFile_ofHalvesOfCharacters_isWritten() throws IOException {
        Path file = folder.resolve("report.json");
        CommandRun run = CommandRun.of("report", capture, "--json", file.toString());
        assertThat(run.code()).isZero();
        assertThat(Json.parse(Files.readAllBytes(file))).isPresent();
    }

    @Test
    void salvageAndPlan_areSafeForATerminal() {
        safe(CommandRun.of(
                "salvage", capture, "--out", folder.resolve("salvaged").toString()));
        for (String tools : List.of("safe", "all")) {
            safe(CommandRun.of(
                    "replay",
                    capture,
                    "--target",
                    "http://127.0.0.1:1/mcp",
                    "--dry-run",
                    "--tools",
                    tools,
                    "--out",
                    folder + "/replays"));
        }
    }

    private static void safe(CommandRun run) {
        HostileStrings.assertTerminalSafe(run.out());
        HostileStrings.assertTerminalSafe(run.err());
        assertThat(run.out()).as(run.err()).isNotEmpty();
    }
}

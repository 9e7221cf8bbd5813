package dev.mcpreel.cli;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
                Ending.COMPLETE, new SourceCounts(11L * all.size(), Map.of("except tool:\u001b[31m", 3L), Map.of(), 0));
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

package dev.mcpreel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.store.CaptureStore;
import dev.mcpreel.captures.store.CaptureWriter;
import dev.mcpreel.captures.store.Ending;
import dev.mcpreel.captures.store.ManifestSeed;
import dev.mcpreel.captures.store.Role;
import dev.mcpreel.captures.store.SourceCounts;
import dev.mcpreel.captures.store.WriterOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Wrong input is told in one line that names the option or file, and exits with the right code. */
@Timeout(120)
class BadInputTest {
    @TempDir
    private Path folder;

    @Test
    void record_wrongUpstream_namesTheOption() {
        for (String wrong :
                List.of("nonsense", "https://h:1", "http://", "ftp://h:2", "http://h:99999", "http://h:1/mcp")) {
            refused(2, "--upstream", "record", "--upstream", wrong, "--out", folder.toString());
        }
    }

    @Test
    void record_missingOptions_namesThem() {
        refused(2, "--upstream", "record", "--out", folder.toString());
        refused(2, "--out", "record", "--upstream", "http://127.0.0.1:1");
    }

    @Test
    void record_wrongDrain_namesTheOption() {
        for (String wrong : List.of("10", "-1s", "soon", "", "1w", "9000000h")) {
            refused(2, "--drain", "record", "--upstream", "http://127.0.0.1:1", "--out", "x", "--drain", wrong);
        }
    }

    @Test
    void record_portInUse_namesTheOptionAndLeavesNothing() throws IOException {
        recordOnATakenPort();
        assertThat(folder.resolve("store"))
                .satisfiesAnyOf(
                        store -> assertThat(store).doesNotExist(),
                        store -> assertThat(store).isEmptyDirectory());
    }

    private void recordOnATakenPort(String... more) throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + taken.getLocalPort();
            String out = folder.resolve("store").toString();
            List<String> arguments = new ArrayList<>(
                    List.of("record", "--upstream", "http://127.0.0.1:1", "--listen", address, "--out", out));
            arguments.addAll(List.of(more));
            refused(1, "--listen", arguments.toArray(String[]::new));
        }
    }

    @Test
    void record_portInUse_removesNothing() throws IOException {
        List<Path> before = List.of(emptyCapture(), emptyCapture(), emptyCapture());
        recordOnATakenPort("--retain", "1");
        assertThat(CaptureStore.runs(folder.resolve("store"))).containsExactlyInAnyOrderElementsOf(before);
    }

    @Test
    void record_outIsAFile_namesIt() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        refused(
                2,
                "file",
                "record",
                "--upstream",
                "http://127.0.0.1:1",
                "--listen",
                "127.0.0.1:0",
                "--out",
                file.toString());
    }

    @Test
    void anyReader_captureMissingOrEmpty_namesThePath() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        Path missing = folder.resolve("missing");
        for (String command : List.of("report", "sessions", "stats", "verify")) {
            refused(2, "missing", command, missing.toString());
            refused(2, "empty", command, empty.toString());
        }
        refused(2, "missing", "show", missing.toString(), "s1");
        refused(2, "missing", "replay", missing.toString(), "--target", "http://127.0.0.1:1/mcp", "--out", "x");
    }

    @Test
    void sessions_wrongOptions_nameThem() {
        String run = emptyCapture().toString();
        refused(2, "--agent-key", "sessions", run, "--agent-key", "nonsense");
        refused(2, "--agent-key", "sessions", run, "--agent-key", "header");
        refused(2, "--session-gap", "sessions", run, "--session-gap", "0s");
        refused(2, "--burst", "sessions", run, "--burst", "1");
        refused(2, "--outcome", "sessions", run, "--outcome", "bad");
        refused(2, "--longer-than", "sessions", run, "--longer-than", "5");
        refused(2, "--limit", "sessions", run, "--limit", "0");
        refused(2, "--sort", "sessions", run, "--sort", "tool");
        refused(2, "--top", "stats", run, "--top", "0");
        refused(2, "--agent-key", "stats", run, "--agent-key", "nonsense");
        refused(2, "--agent-key", "show", run, "s1", "--agent-key", "nonsense");
    }

    @Test
    void show_unknownSession_saysHowManyThereAre() {
        String run = emptyCapture().toString();
        refused(2, "SESSION", "show", run);
        refused(2, "SESSION s1: there is no agent session in ", "show", run, "s1");
        refused(2, "SESSION abc: there is no agent session in ", "show", run, "abc");
    }

    @Test
    void report_newerFormat_saysToUpdate() throws IOException {
        Path run = emptyCapture();
        Path manifest = run.resolve("manifest.json");
        Files.writeString(manifest, Files.readString(manifest).replaceFirst("\"format\"\\s*:\\s*1", "\"format\": 2"));
        refused(2, "format 2", "report", run.toString());
    }

    @Test
    void report_damagedManifest_pointsToVerify() throws IOException {
        Path run = emptyCapture();
        Files.writeString(run.resolve("manifest.json"), "{ \"format\": ");
        CommandRun report = refused(1, "manifest.json", "report", run.toString());
        assertThat(report.complaint()).contains("mcp-reel verify");
        assertThat(CommandRun.of("verify", run.toString()).code()).isEqualTo(1);
    }

    @Test
    void replay_nothingToPlay_saysSo() {
        Path run = emptyCapture();
        refused(2, "", "replay", run.toString(), "--target", "http://127.0.0.1:1/mcp", "--out", folder + "/r");
    }

    @Test
    void replay_wrongOptions_nameThem() {
        Path run = emptyCapture();
        String target = "http://127.0.0.1:1/mcp";
        refused(2, "--target", "replay", run.toString(), "--target", "nope", "--out", "x");
        refused(2, "--copies", "replay", run.toString(), "--target", target, "--out", "x", "--copies", "0");
        refused(2, "--copies", "replay", run.toString(), "--target", target, "--out", "x", "--copies", "ten");
        refused(2, "--speed", "replay", run.toString(), "--target", target, "--out", "x", "--speed", "0");
        refused(2, "--duration", "replay", run.toString(), "--target", target, "--out", "x", "--agents", "3");
        refused(
                2,
                "--call-timeout",
                "replay",
                run.toString(),
                "--target",
                target,
                "--out",
                "x",
                "--call-timeout",
                "60");
    }

    @Test
    void report_jsonToAMissingFolder_namesTheOption() {
        refused(2, "--json", "report", emptyCapture().toString(), "--json", folder + "/no/such/file.json");
    }

    @Test
    void anyCommand_unknownOption_pointsToHelp() {
        refused(2, "--help", "report", "--nonsense");
        refused(2, "mcp-reel demo");
        refused(2, "unknown command 'bogus'", "bogus");
        assertThat(CommandRun.of("help").code()).isZero();
    }

    @Test
    void demo_keepIsAFile_saysSoBeforeAnythingRuns() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        refused(2, "--keep", "demo", "--keep", file.toString());
    }

    @Test
    void anyCommand_debug_showsTheStackTrace() {
        CommandRun run =
                CommandRun.of("report", "--debug", folder.resolve("missing").toString());
        assertThat(run.err()).contains("\tat dev.mcpreel.");
        assertThat(run.complaint()).startsWith("mcp-reel: ");
    }

    private Path emptyCapture() {
        try (CaptureWriter writer = CaptureWriter.create(
                folder.resolve("store"),
                new ManifestSeed(Role.RECORDED, "test", "", List.of("http://127.0.0.1:9"), List.of(), null),
                WriterOptions.defaults())) {
            writer.close(Ending.COMPLETE, SourceCounts.NONE);
            return writer.folder();
        }
    }

    private static CommandRun refused(int code, String named, String... arguments) {
        CommandRun run = CommandRun.of(arguments);
        assertThat(run.code())
                .as(String.join(" ", arguments) + "\n" + run.err())
                .isEqualTo(code);
        assertThat(run.err()
                        .strip()
                        .lines()
                        .filter(line -> !line.startsWith("warning: ") && !line.startsWith("reading ")))
                .as(run.err())
                .hasSize(1);
        assertThat(run.complaint()).startsWith("mcp-reel: ").contains(named).doesNotContain("Exception");
        assertThat(run.out()).isEmpty();
        return run;
    }
}

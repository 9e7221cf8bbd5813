package dev.mcpreel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code export} and {@code import} as people type them. */
@Timeout(120)
class TransferCommandsTest {
    private static final String CASSETTE = """
            {
              "version": "1.0",
              "metadata": {"recorded_at": "2026-02-17T20:25:23Z", "server_url": "http://127.0.0.1:8000"},
              "interactions": [
                {"type": "jsonrpc_request", "latency_ms": 7, "response_status": 200, "request": {"jsonrpc": "2.0", "id": 0,
                 "method": "initialize", "params": {"protocolVersion": "2025-11-25", "clientInfo": {"name": "evil\\u009b31m", "version": "1"}}},
                 "response": {"jsonrpc": "2.0", "id": 0, "result": {"protocolVersion": "2025-11-25"}}},
                {"type": "jsonrpc_request", "latency_ms": 30, "response_status": 200, "request": {"jsonrpc": "2.0", "id": 1,
                 "method": "tools/call", "params": {"name": "add\\u001b[31m\\u009b", "arguments": {"api_key": "sk-very-secret-0123456789"}}},
                 "response": {"jsonrpc": "2.0", "id": 1, "result": {"content": []}}}
              ]
            }
            """;

    @TempDir
    private Path folder;

    private Path store;

    @BeforeEach
    void importCassette() throws IOException {
        Path file = Files.writeString(folder.resolve("cassette.json"), CASSETTE);
        store = folder.resolve("store");
        CommandRun run = CommandRun.of("import", file.toString(), "--out", store.toString());
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).startsWith("imported 2 exchanges of mcp-recorder as " + store);
        assertThat(run.err()).contains("note: HTTP heads, the session id").contains("note: no time passes");
    }

    @Test
    void sessions_ofAnImportedCapture_tellWhatWasMadeUp() {
        CommandRun run = CommandRun.of("sessions", store.toString());
        assertThat(run.code()).isZero();
        assertThat(run.err()).contains("warning: this capture was imported from cassette.json (mcp-recorder): ");
        assertThat(CommandRun.of("verify", store.toString()).code()).isZero();
    }

    @Test
    void export_everyFormat_printsNoControlCharacterAndNoSecret() {
        for (String format : List.of("jsonl", "har", "k6")) {
            CommandRun run = CommandRun.of("export", store.toString(), "--format", format);
            assertThat(run.code()).as(run.err()).isZero();
            assertThat(run.out()).contains("add").doesNotContain("sk-very-secret");
            assertThat((run.out() + run.err()).chars().filter(c -> c != '\n' && (c < 0x20 || (c >= 0x7f && c < 0xa0))))
                    .as(format)
                    .isEmpty();
            assertThat(run.err()).contains("exported 1 session, 1 call");
        }
    }

    @Test
    void export_thenImport_givesTheSameLines() {
        Path file = folder.resolve("out.jsonl");
        CommandRun exported = CommandRun.of("export", store.toString(), "--out", file.toString());
        assertThat(exported.code()).as(exported.err()).isZero();
        assertThat(exported.err()).contains("exported 1 session, 1 call to " + file);
        Path again = folder.resolve("again");
        assertThat(CommandRun.of("import", file.toString(), "--out", again.toString())
                        .code())
                .isZero();
        assertThat(told(again)).isEqualTo(told(store)).isNotEmpty();
    }

    @Test
    void import_har_givesTheSameCalls() {
        Path file = folder.resolve("out.har");
        assertThat(CommandRun.of("export", store.toString(), "--format", "har", "--out", file.toString())
                        .code())
                .isZero();
        Path again = folder.resolve("again");
        CommandRun run = CommandRun.of("import", file.toString(), "--out", again.toString());
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).startsWith("imported 2 exchanges of har");
        assertThat(told(again)).isEqualTo(told(store)).isNotEmpty();
    }

    @Test
    void export_toAFile_isForItsOwnerAndReplacesAnOlderOne() throws IOException {
        Path file = Files.writeString(folder.resolve("out.jsonl"), "old");
        assertThat(CommandRun.of("export", store.toString(), "--out", file.toString())
                        .code())
                .isZero();
        assertThat(file).content().startsWith("{\"kind\":\"capture\"");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(hidden()).isEmpty();
    }

    @Test
    void export_wrongOptions_areUsageErrors() throws IOException {
        String capture = store.toString();
        refused(2, "--format", "export", capture, "--format", "xml");
        refused(2, "--no-http", "export", capture, "--format", "har", "--no-http");
        refused(2, "--sessions", "export", capture, "--sessions", "3");
        refused(2, "--sessions", "export", capture, "--format", "k6", "--sessions", "0");
        refused(2, "--out", "export", capture, "--out", folder.toString());
        refused(
                2,
                "--out",
                "export",
                capture,
                "--out",
                folder.resolve("no/such/file").toString());
        refused(2, "nowhere", "export", folder.resolve("nowhere").toString());
        assertThat(hidden()).isEmpty();
    }

    @Test
    void import_wrongInput_isOneLineAndLeavesNothing() throws IOException {
        Path out = folder.resolve("made");
        Path garbage = Files.writeString(folder.resolve("garbage.har"), "{\"log\":{\"entries\":[7]}}");
        refused(1, "garbage.har, entries[0]", "import", garbage.toString(), "--out", out.toString());
        refused(2, "nowhere", "import", folder.resolve("nowhere").toString(), "--out", out.toString());
        refused(2, "is a folder", "import", folder.toString(), "--out", out.toString());
        refused(2, "--format", "import", garbage.toString(), "--out", out.toString(), "--format", "pcap");
        refused(2, "--gap", "import", garbage.toString(), "--out", out.toString(), "--gap", "soon");
        refused(2, "--out", "import", garbage.toString());
        refused(1, "kind", "import", garbage.toString(), "--out", out.toString(), "--format", "jsonl");
        assertThat(out).doesNotExist();
    }

    /** What the sessions did, without the folder's name and what was made up. */
    private static String told(Path store) {
        return CommandRun.of("sessions", store.toString()).out();
    }

    private List<Path> hidden() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith("."))
                    .toList();
        }
    }

    private static void refused(int code, String what, String... arguments) {
        CommandRun run = CommandRun.of(arguments);
        assertThat(run.code()).as(run.err()).isEqualTo(code);
        assertThat(run.complaint()).startsWith("mcp-reel: ").contains(what);
        assertThat(run.out()).isEmpty();
    }
}

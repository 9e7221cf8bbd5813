package dev.mcpreel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mcpreel.captures.store.WriterOptions;
import dev.mcpreel.captures.tap.RecorderOptions;
import dev.mcpreel.proxy.ProxyConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A replay asks for what the capture holds only as hashes, and plays once it is told. */
@Timeout(90)
class SecretsFileTest {
    private static final String MASK = "redacted:" + "1".repeat(24);

    @TempDir
    private Path folder;

    @Test
    void dryRun_listsWhatIsNeeded_andTheFilledListPlays() throws Exception {
        Path captures = folder.resolve("captures");
        record(captures, "token-of-production", "key-of-production");

        CommandRun dry = CommandRun.of(80, "replay", captures.toString(), "--dry-run", "--tools", "all");
        assertThat(dry.code()).as(dry.err()).isZero();
        assertThat(dry.out())
                .contains("# header Authorization, 1 session\nredacted:")
                .contains("# open /params/arguments/api_key, 1 step not played without it\nredacted:");
        assertThat(dry.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));

        try (GuardedServer staging = new GuardedServer("token-of-staging", "key-of-staging")) {
            Path secrets = filled(dry.out(), "token-of-staging", "key-of-staging");
            Path replays = folder.resolve("replays");
            CommandRun replay = CommandRun.of(
                    "replay",
                    captures.toString(),
                    "--target",
                    staging.endpoint() + "?api_key=query-of-staging",
                    "--out",
                    replays.toString(),
                    "--tools",
                    "all",
                    "--secrets",
                    secrets.toString());
            assertThat(replay.code()).as(replay.err()).isIn(0, ExitCode.INVALID_RUN.code());
            assertThat(replay.err()).doesNotContain("-of-staging").doesNotContain("as a hash only");
            assertThat(staging.opened()).containsExactly("key-of-staging");
            assertThat(raw(replays)).doesNotContain("-of-staging");
            assertThat(raw(captures)).doesNotContain("-of-production");
            CommandRun report = CommandRun.of("report", replays.toString(), "--json", "-");
            assertThat(report.out()).contains(staging.endpoint() + "?api_key=redacted:");
        }
    }

    @Test
    void replay_withoutSecrets_saysWhatItGoesWithout() throws Exception {
        Path captures = folder.resolve("captures");
        record(captures, "token-of-production", "");
        try (GuardedServer staging = new GuardedServer("token-of-staging", "")) {
            CommandRun replay = CommandRun.of(
                    "replay",
                    captures.toString(),
                    "--target",
                    staging.endpoint().toString(),
                    "--out",
                    folder.resolve("replays").toString(),
                    "--tools",
                    "all");
            assertThat(replay.err())
                    .contains("warning: 1 value the recorded agents sent is in the capture as a hash only and not sent "
                            + "(header Authorization)");
        }
    }

    @Test
    void read_takesValuesFromTheEnvironment_andSkipsWhatIsEmpty() throws IOException {
        Path file = write("# header Authorization", "", MASK + "= ${env:PATH}", "redacted:" + "2".repeat(24) + "=");
        assertThat(SecretsFile.read(file, CommandRun.silent()).values()).containsExactly(System.getenv("PATH"));
    }

    @Test
    void read_wrongLine_namesFileAndLineAndNoValue() throws IOException {
        assertThatThrownBy(() -> SecretsFile.read(write("#", "hush"), CommandRun.silent()))
                .hasMessageContaining("--secrets ")
                .hasMessageContaining(" line 2: write redacted:HASH=VALUE")
                .hasMessageNotContaining("hush");
        assertThatThrownBy(() -> SecretsFile.read(write(MASK + "=${env:NO_SUCH_NAME}"), CommandRun.silent()))
                .hasMessageContaining("line 1: the environment has no NO_SUCH_NAME");
        assertThatThrownBy(() -> SecretsFile.read(folder.resolve("none"), CommandRun.silent()))
                .hasMessageContaining("there is no such file");
    }

    private void record(Path captures, String token, String key) throws Exception {
        try (GuardedServer production = new GuardedServer(token, key);
                Recording recording = Recording.start(
                        ProxyConfig.of("127.0.0.1:0", production.origin()),
                        captures,
                        RecorderOptions.DEFAULT,
                        WriterOptions.defaults())) {
            HttpClient client = HttpClient.newHttpClient();
            URI mcp = URI.create(Addresses.origin(recording.address()) + "/mcp");
            String session = "";
            for (String message : GuardedServer.work(key)) {
                HttpRequest.Builder request = HttpRequest.newBuilder(mcp)
                        .header("Content-Type", "application/json")
                        .header("Authorization", "Bearer " + token)
                        .POST(HttpRequest.BodyPublishers.ofString(message));
                if (!session.isEmpty()) {
                    request.header("Mcp-Session-Id", session);
                }
                HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
                assertThat(answer.statusCode()).isIn(200, 202);
                session = answer.headers().firstValue("Mcp-Session-Id").orElse(session);
            }
            recording.stop(Duration.ofSeconds(5));
        }
    }

    private Path filled(String list, String... values) throws IOException {
        StringBuilder text = new StringBuilder();
        int next = 0;
        for (String line : list.lines().toList()) {
            text.append(line)
                    .append(line.startsWith("redacted:") ? values[next++] : "")
                    .append('\n');
        }
        return write(text.toString());
    }

    private Path write(String... lines) throws IOException {
        Path file = Files.write(folder.resolve("secrets"), List.of(lines));
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private static String raw(Path store) throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(store)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }
}

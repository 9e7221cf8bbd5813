package dev.mcpreel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.wire.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** One capture and one {@code --agent-key} give the same sessions with the same calls in every command. */
@Timeout(120)
class SameSessionsEverywhereTest {
    private static final Pattern PLANNED = Pattern.compile("\\((\\d+) sessions? x 1 copy\\)(.*): \\d+ step");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "session-per-call-named, header:X-Conversation-Id, 30m, 2",
        "session-per-call-named, auto, 30m, 2",
        "session-per-call-named, auto, 100ms, 6",
        "pooled-traces, trace, 30m, 2",
        "pooled-traces, client, 30m, 1",
        "pooled-conversations, meta:vscode.conversationId, 30m, 3",
        "pooled-conversations, address, 30m, 1",
    })
    void sessions_byOneKey_areTheSameInEveryCommand(String row, String key, String gap, int sessions)
            throws IOException {
        Path capture = unpacked(row);
        String[] how = {"--agent-key", key, "--session-gap", gap};

        Map<String, Long> expected = new TreeMap<>();
        for (JsonNode session :
                Json.parse(out("sessions", capture, how, "--json")).orElseThrow()) {
            expected.put(session.path("id").asString(), session.path("calls").asLong());
        }
        long calls = expected.values().stream().mapToLong(Long::longValue).sum();
        int calling = (int) expected.values().stream().filter(its -> its > 0).count();
        assertThat(expected).as("of sessions").hasSize(sessions);

        assertThat(lines(out("export", capture, how, "--no-http"), "kind", "session"))
                .as("of export")
                .isEqualTo(expected);
        Map<String, Long> told = new TreeMap<>(expected);
        Map<String, Long> tail = lines(out("tail", capture, how, "--all", "--json"), "type", "session_end");
        // It tells of a session with its first request.
        told.keySet().removeIf(id -> expected.get(id) == 0 && !tail.containsKey(id));
        assertThat(tail).as("of tail").isEqualTo(told);
        JsonNode report = Json.parse(out("report", capture, how, "--json", "-")).orElseThrow();
        assertThat(report.path("sessions").path("count").asLong())
                .as("of report")
                .isEqualTo(sessions);
        JsonNode stats = Json.parse(out("stats", capture, how, "--json")).orElseThrow();
        assertThat(stats.path("sessions").asLong()).as("of stats").isEqualTo(sessions);
        assertThat(stats.path("calls").asLong()).as("of stats").isEqualTo(calls);
        for (Map.Entry<String, Long> session : expected.entrySet()) {
            JsonNode shown = Json.parse(out("show", capture, how, session.getKey(), "--json"))
                    .orElseThrow();
            assertThat(shown.path("session").path("calls").asLong())
                    .as("of show " + session.getKey())
                    .isEqualTo(session.getValue());
            Path store = folder.resolve(session.getKey());
            String cut = out("cut", capture, how, "--out", store.toString(), "--session", session.getKey());
            assertThat(cut).contains("1 session, ");
        }
        String k6 = out("export", capture, how, "--format", "k6");
        assertThat(k6.lines().filter(line -> line.matches("  s\\d+: \\{")))
                .as("of k6")
                .hasSize(calling);
        CommandRun plan = run("replay", capture, how, "--dry-run", "--tools", "all");
        Matcher planned = PLANNED.matcher(plan.err());
        assertThat(planned.find()).as(plan.err()).isTrue();
        assertThat(planned.group(1)).as("of replay").isEqualTo(Integer.toString(sessions));
        assertThat(planned.group(2)).isEqualTo(key.equals("auto") ? "" : ", agents told apart by " + key);
    }

    private static Map<String, Long> lines(String jsonLines, String kind, String wanted) {
        Map<String, Long> calls = new TreeMap<>();
        jsonLines
                .lines()
                .map(line -> Json.parse(line).orElseThrow())
                .filter(line -> line.path(kind).asString("").equals(wanted))
                .forEach(line -> calls.put(
                        line.path("session").asString(), line.path("calls").asLong()));
        return calls;
    }

    private static String out(String command, Path capture, String[] how, String... more) {
        return run(command, capture, how, more).out();
    }

    private static CommandRun run(String command, Path capture, String[] how, String... more) {
        String[] arguments = new String[2 + how.length + more.length];
        arguments[0] = command;
        arguments[1] = capture.toString();
        System.arraycopy(more, 0, arguments, 2, more.length);
        System.arraycopy(how, 0, arguments, 2 + more.length, how.length);
        CommandRun run = CommandRun.of(arguments);
        assertThat(run.code()).as(command + ": " + run.err()).isZero();
        return run;
    }

    private Path unpacked(String row) throws IOException {
        Path into = Files.createDirectories(folder.resolve("capture"));
        Path packed = Path.of("..", "captures", "src", "test", "resources", "sessions", row, "capture.zip");
        try (InputStream in = Files.newInputStream(packed);
                ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = into.resolve(entry.getName());
                Files.createDirectories(file.getParent());
                Files.copy(zip, file);
            }
        }
        try (Stream<Path> runs = Files.list(into)) {
            return runs.findFirst().orElseThrow();
        }
    }
}

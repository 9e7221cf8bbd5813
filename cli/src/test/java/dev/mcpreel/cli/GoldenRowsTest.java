package dev.mcpreel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.analysis.report.TerminalText;
import dev.mcpreel.captures.testkit.HostileStrings;
import dev.mcpreel.captures.wire.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Every command that looks at captures, on what real clients did. */
@Timeout(60)
class GoldenRowsTest {
    private static final Path ROWS = Path.of("..", "captures", "src", "test", "resources", "sessions");
    private static final int WIDTH = 100;
    private static final Pattern NEGATIVE = Pattern.compile("(?<![\\w.#:+/-])-\\d+(\\.\\d+)?(ns|µs|ms|s|m\\d+s)\\b");
    private static final Pattern DATE = Pattern.compile("\\b(\\d{4})-\\d{2}-\\d{2}T\\d{2}:\\d{2}");

    @TempDir
    private Path folder;

    static Stream<String> rows() throws IOException {
        try (Stream<Path> folders = Files.list(ROWS)) {
            return folders
                    .filter(Files::isDirectory)
                    .map(row -> row.getFileName().toString())
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void looks_ofEachRow_areReadableAndAgree(String row) throws IOException {
        String capture = unpacked(row);
        String[] key = key(row);
        JsonNode sessions = json(run(key, "sessions", capture, "--json"));
        assertThat(sessions).isNotEmpty();
        text(run(key, "sessions", capture));
        long calls = 0;
        long errors = 0;
        for (JsonNode session : sessions) {
            String id = session.path("id").stringValue();
            text(run(key, "show", capture, id));
            text(run(key, "show", capture, id, "--full"));
            JsonNode shown = json(run(key, "show", capture, id, "--json"));
            assertThat(shown.path("session")).isEqualTo(session);
            assertThat(callRows(shown)).isEqualTo(session.path("calls").longValue());
            assertThat(sum(session.path("tools"), "count"))
                    .isEqualTo(session.path("calls").longValue());
            calls += session.path("calls").longValue();
            errors += session.path("errors").longValue();
        }
        text(run(key, "stats", capture));
        JsonNode stats = json(run(key, "stats", capture, "--json"));
        assertThat(stats.path("calls").longValue()).isEqualTo(calls);
        assertThat(stats.path("errors").longValue()).isEqualTo(errors);
        assertThat(stats.path("sessions").longValue()).isEqualTo(sessions.size());
        assertThat(sum(stats.path("calls_over_time").path("counts"), "")).isEqualTo(calls);
        tailed(capture, key.length == 0 ? sessions.size() : -1);
        told(row, sessions);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void copies_ofEachRow_tellTheSame(String row) throws IOException {
        String capture = unpacked(row);
        String[] none = new String[0];
        JsonNode sessions = json(run(none, "sessions", capture, "--json"));
        for (String format : List.of("jsonl", "har")) {
            String file = folder.resolve("out." + format).toString();
            run(none, "export", capture, "--format", format, "--out", file);
            String again = folder.resolve("again-" + format).toString();
            run(none, "import", file, "--out", again);
            run(none, "verify", again);
            JsonNode imported = json(run(none, "sessions", again, "--json"));
            if (format.equals("jsonl")) {
                assertThat(imported).isEqualTo(sessions);
            } else {
                assertThat(sum(imported, "calls")).isEqualTo(sum(sessions, "calls"));
                assertThat(sum(imported, "errors")).isEqualTo(sum(sessions, "errors"));
            }
        }
        assertThat(callLines(Files.readString(folder.resolve("out.jsonl")))).isEqualTo(sum(sessions, "calls"));
        CommandRun script = run(none, "export", capture, "--format", "k6");
        assertThat(script.out()).contains("export const options", "export function agent()");

        cut(capture, sessions);
        cut(capture, sessions, "--session", "s1");
    }

    private void cut(String capture, JsonNode sessions, String... options) {
        String out = folder.resolve("cut-" + options.length).toString();
        List<String> arguments = new ArrayList<>(List.of(capture, "--out", out));
        arguments.addAll(Arrays.asList(options));
        run(arguments.toArray(String[]::new), "cut");
        run(new String[0], "verify", out);
        JsonNode kept = json(run(new String[0], "sessions", out, "--json"));
        if (options.length == 0) {
            assertThat(sum(kept, "calls")).isEqualTo(sum(sessions, "calls"));
            assertThat(kept).hasSameSizeAs(sessions);
        } else {
            assertThat(kept).hasSize(1);
            assertThat(kept.get(0).path("calls")).isEqualTo(sessions.get(0).path("calls"));
        }
    }

    private static void tailed(String capture, int sessions) {
        CommandRun run = run(new String[0], "tail", capture, "--all");
        text(run);
        if (sessions >= 0) {
            assertThat(run.out().lines().filter(line -> line.contains("  begins")))
                    .hasSize(sessions);
            assertThat(run.out().lines().filter(line -> line.contains("  ends")))
                    .hasSize(sessions);
        }
        CommandRun json = run(new String[0], "tail", capture, "--all", "--json");
        assertThat(json.out().lines())
                .isNotEmpty()
                .allMatch(line -> Json.parse(line).isPresent());
    }

    /** What is written by hand of the row says which calls went well. */
    private static void told(String row, JsonNode sessions) throws IOException {
        String expected = Files.readString(ROWS.resolve(row).resolve("expected.txt"));
        long ok = expected.lines()
                .filter(line -> line.matches("\\s+call \\S+ ok\\b.*"))
                .mapToLong(line -> line.split(" \\|\\| ", -1).length)
                .sum();
        long shown = 0;
        for (JsonNode session : sessions) {
            shown += session.path("outcomes").path("ok").asLong(0);
            assertThat(session.path("outcomes").propertyNames())
                    .doesNotContain("deadline", "interrupted", "stream_cut", "reset", "invalid");
        }
        assertThat(shown).as(expected).isGreaterThanOrEqualTo(ok);
    }

    private static long callRows(JsonNode shown) {
        return shown.path("sections")
                .valueStream()
                .flatMap(section -> section.path("rows").valueStream())
                .filter(each -> each.path("kind").stringValue().equals("call"))
                .count();
    }

    private static long callLines(String lines) {
        return lines.lines()
                .map(line -> Json.parse(line).orElseThrow())
                .filter(line -> line.path("kind").asString("").equals("call"))
                .count();
    }

    private static long sum(JsonNode array, String member) {
        return array.valueStream()
                .mapToLong(each ->
                        member.isEmpty() ? each.longValue() : each.path(member).longValue())
                .sum();
    }

    private static CommandRun run(String[] more, String command, String... arguments) {
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(Arrays.asList(arguments));
        all.addAll(Arrays.asList(more));
        CommandRun run = CommandRun.of(WIDTH, all.toArray(String[]::new));
        assertThat(run.code()).as("%s: %s", all, run.err()).isZero();
        HostileStrings.assertTerminalSafe(run.out());
        HostileStrings.assertTerminalSafe(run.err());
        return run;
    }

    private static void text(CommandRun run) {
        assertThat(run.out()).isNotEmpty();
        assertThat(run.out().lines()).allMatch(line -> TerminalText.cells(line) <= WIDTH);
        assertThat(NEGATIVE.matcher(run.out()).find()).as(run.out()).isFalse();
        Matcher date = DATE.matcher(run.out());
        while (date.find()) {
            assertThat(Integer.parseInt(date.group(1))).isGreaterThanOrEqualTo(2020);
        }
    }

    private static JsonNode json(CommandRun run) {
        JsonNode node = Json.parse(run.out()).orElseThrow();
        times(node, "");
        return node;
    }

    private static void times(JsonNode node, String name) {
        if (name.endsWith("_ms") && node.isNumber()) {
            assertThat(node.doubleValue()).as(name).isNotNegative();
        } else if (name.equals("start") && node.isString()) {
            assertThat(Instant.parse(node.stringValue())).isAfter(Instant.parse("2020-01-01T00:00:00Z"));
        } else if (name.equals("asked") || name.equals("answered")) {
            return;
        }
        node.forEachEntry((member, value) -> times(value, member));
        if (node.isArray()) {
            node.forEach(each -> times(each, name));
        }
    }

    private static String[] key(String row) throws IOException {
        return Files.readAllLines(ROWS.resolve(row).resolve("expected.txt")).stream()
                .filter(line -> line.startsWith("agent-key "))
                .findFirst()
                .map(line -> new String[] {"--agent-key", line.substring("agent-key ".length())})
                .orElse(new String[0]);
    }

    private String unpacked(String row) throws IOException {
        Path into = folder.resolve(row);
        String run = "";
        try (InputStream in = Files.newInputStream(ROWS.resolve(row).resolve("capture.zip"));
                ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = into.resolve(entry.getName());
                Files.createDirectories(file.getParent());
                Files.copy(zip, file);
                run = Path.of(entry.getName()).getName(0).toString();
            }
        }
        return into.resolve(run).toString();
    }
}

package dev.mcpreel.captures.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.exchange.RequestHead;
import dev.mcpreel.captures.store.CaptureReader;
import dev.mcpreel.captures.store.CaptureVerifier;
import dev.mcpreel.captures.store.VerifyReport;
import dev.mcpreel.captures.testkit.CollectedSessions;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Real clients on real servers, recorded once by {@code cli/src/test/golden/record.sh}, and what happened in them written
 * by hand.
 */
@Timeout(60)
class RealClientsTest {
    private static final long MAX_PACKED_BYTES = 20 * 1024;

    @TempDir
    Path store;

    static Stream<String> rows() throws IOException {
        try (Stream<Path> folders = Files.list(folder())) {
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
    void model_ofRealClients_tellsWhatTheyDid(String row) throws IOException {
        Expectation expectation = expectation(row);
        CollectedSessions heard = new CollectedSessions();
        SessionModel model = new SessionModel(
                SessionOptions.defaults().keepingExchanges().withAgentKey(AgentKey.parse(expectation.agentKey())),
                heard);
        CaptureReader.open(unpacked(row)).read(model);
        model.finish();

        List<String> expected = expectation.lines();
        List<String> actual = ModelLines.actual(heard.sessions());
        for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
            assertThat(actual.get(i)).as("%s", actual).matches(matcherOf(expected.get(i)));
        }
        assertThat(actual).hasSameSizeAs(expected);
    }

    /** {@code progress 3+} is three or more. */
    private static String matcherOf(String line) {
        Matcher atLeast = Pattern.compile("progress (\\d+)\\+").matcher(line);
        StringBuilder regex = new StringBuilder();
        int from = 0;
        while (atLeast.find()) {
            regex.append(Pattern.quote(line.substring(from, atLeast.start())))
                    .append("progress [")
                    .append(atLeast.group(1))
                    .append("-9]\\d*");
            from = atLeast.end();
        }
        return regex.append(Pattern.quote(line.substring(from))).toString();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void capture_ofEachRow_isWholeSmallAndFromNowhere(String row) throws IOException {
        Path capture = unpacked(row);
        VerifyReport report = CaptureVerifier.verify(capture);
        assertThat(report.ok()).as(report.toString()).isTrue();
        assertThat(Files.size(folder().resolve(row).resolve("capture.zip"))).isLessThanOrEqualTo(MAX_PACKED_BYTES);

        List<CaptureEvent> events = new ArrayList<>();
        CaptureReader.open(capture).read(events::add);
        List<RequestHead> heads = events.stream()
                .filter(RequestHead.class::isInstance)
                .map(RequestHead.class::cast)
                .toList();
        assertThat(heads).isNotEmpty();
        assertThat(heads).extracting(RequestHead::peer).allMatch(peer -> peer.startsWith("127.0.0.1:"));
        assertThat(heads)
                .extracting(head -> head.headers().first("Host"))
                .allMatch(host -> host != null && host.matches("(127\\.0\\.0\\.1|localhost):\\d+"));
    }

    @Test
    void expectations_together_haveEverythingTheGrammarHas() throws IOException {
        StringBuilder told = new StringBuilder();
        for (String row : rows().toList()) {
            told.append(Files.readString(folder().resolve(row).resolve("expected.txt")));
        }
        assertThat(told)
                .contains(": streamable,", ": legacy-sse,", ": nameless,", ": modern,")
                .contains("ended by DELETE", "ended by its stream", "refused", "left open")
                .contains("by session", "by trace", "by inference", "agent-key")
                .contains("by meta:vscode.conversationId", "by header:X-Conversation-Id")
                .contains("progress 3", "progress 1+", "resumed 1", "asked roots/list", "asked sampling/createMessage")
                .contains("legs tools/call tools/call", "legs tools/call tasks/get+ tasks/result");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "transport 2: modern, client \"a 1\", revision 2026-07-28, left open, http 1 POST",
                "transport 1: quic, client \"a 1\", revision 2026-07-28, left open, http 1 POST",
                "agent 1: by session, transports 1",
                "  call echo ok",
                "agent-key",
            })
    void parse_lineThatIsNoExpectation_isRefused(String line) {
        assertThatThrownBy(() -> Expectation.parse("# a comment\n" + line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("line 2 is no expectation here: " + line);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"call echo", "call echo ok,progress 3", "call echo ok || ", "asked", "call echo ok, slowly"})
    void parse_itemThatIsNone_isRefused(String item) {
        String before = """
                transport 1: modern, client "a 1", revision 2026-07-28, left open, http 1 POST
                agent 1: by inference, transports 1
                """;
        assertThatThrownBy(() -> Expectation.parse(before + "  " + item))
                .hasMessage("line 3 is no expectation here:   " + item);
    }

    private static Expectation expectation(String row) throws IOException {
        return Expectation.parse(Files.readString(folder().resolve(row).resolve("expected.txt")));
    }

    private static Path folder() {
        try {
            return Path.of(Objects.requireNonNull(RealClientsTest.class.getResource("/sessions"))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private Path unpacked(String row) throws IOException {
        Path into = store.resolve(row);
        try (InputStream in = Files.newInputStream(folder().resolve(row).resolve("capture.zip"));
                ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = into.resolve(entry.getName());
                Files.createDirectories(file.getParent());
                Files.copy(zip, file);
            }
        }
        return into;
    }
}

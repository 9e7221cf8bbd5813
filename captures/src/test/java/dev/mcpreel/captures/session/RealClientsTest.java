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
import java.util.Map;
import java.util.Objects;
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

    private static final String IN_META = "a client that says its name in _meta has none";
    private static final String LEGACY_SSE = "answers on the stream of another exchange are not found";
    private static final String LEGS = "legs are calls of their own";
    private static final String CLOSED = "a response closed in the modern era is a deadline, not a cancellation";
    private static final String ANSWERED_ALL_THE_SAME = "an answer after the cancellation counts in its place";
    private static final String ENDED_ON_CANCELLATION =
            "a cancellation is known when its exchange is over, and by then the response it ended counts as cut";
    private static final String POOLED = "a transport session is one agent";
    private static final String PER_CALL = "an agent is one transport session";

    /** Rows the model gets wrong today, and what is wrong. A row comes off this list when it is right, not before. */
    private static final Map<String, String> NOT_YET = Map.ofEntries(
            Map.entry("go-modern", IN_META + "; " + LEGS + "; " + ANSWERED_ALL_THE_SAME),
            Map.entry("go-sessions", ENDED_ON_CANCELLATION),
            Map.entry("java-sse", LEGACY_SSE),
            Map.entry("pooled-conversations", POOLED),
            Map.entry("pooled-traces", IN_META + "; " + POOLED),
            Map.entry("python-legacy", ANSWERED_ALL_THE_SAME),
            Map.entry("python-modern", IN_META + "; " + LEGS + "; " + CLOSED),
            Map.entry("session-per-call", PER_CALL),
            Map.entry("session-per-call-named", PER_CALL),
            Map.entry("ts1-sse", LEGACY_SSE),
            Map.entry("ts1-tasks", LEGS),
            Map.entry("ts2-auto-server2", IN_META + "; " + CLOSED),
            Map.entry("ts2-input-required", IN_META + "; " + LEGS),
            Map.entry("ts2-listen", IN_META),
            Map.entry("ts2-pinned-everything", IN_META),
            Map.entry("ts2-pinned-server2", IN_META + "; " + CLOSED));

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
        CollectedSessions heard = new CollectedSessions();
        SessionModel model = new SessionModel(SessionOptions.defaults().keepingExchanges(), heard);
        CaptureReader.open(unpacked(row)).read(model);
        model.finish();

        List<String> actual = ModelLines.actual(heard.sessions());
        List<String> expected = ModelLines.expected(expectation(row));
        if (NOT_YET.containsKey(row)) {
            assertThat(actual)
                    .as("%s is right now: take it off NOT_YET, where it stands for: %s", row, NOT_YET.get(row))
                    .isNotEqualTo(expected);
        } else {
            assertThat(actual).isEqualTo(expected);
        }
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
    void notYet_namesNothingThatIsNotThere() throws IOException {
        assertThat(rows()).containsAll(NOT_YET.keySet());
    }

    /** What no test reads yet is at least written, for every kind there is. */
    @Test
    void expectations_together_haveEverythingTheGrammarHas() throws IOException {
        List<String> told = new ArrayList<>();
        for (String row : rows().toList()) {
            told.addAll(ModelLines.notGivenYet(expectation(row)));
        }
        assertThat(told)
                .contains("kind streamable", "kind legacy-sse", "kind nameless", "kind modern")
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

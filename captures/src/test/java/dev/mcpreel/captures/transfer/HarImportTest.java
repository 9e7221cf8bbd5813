package dev.mcpreel.captures.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mcpreel.captures.exchange.BodyPart;
import dev.mcpreel.captures.exchange.BodyState;
import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.exchange.Direction;
import dev.mcpreel.captures.exchange.EndCause;
import dev.mcpreel.captures.exchange.ExchangeEnd;
import dev.mcpreel.captures.exchange.Outcome;
import dev.mcpreel.captures.exchange.RequestHead;
import dev.mcpreel.captures.session.AgentSession;
import dev.mcpreel.captures.session.RequestTrace;
import dev.mcpreel.captures.store.CaptureException;
import dev.mcpreel.captures.store.CaptureException.Category;
import dev.mcpreel.captures.store.CaptureVerifier;
import dev.mcpreel.captures.testkit.CollectedSessions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** HARs as Chrome, Firefox and mitmproxy write them, with what each leaves out. */
@Timeout(60)
class HarImportTest {
    private static final String ANSWER =
            "{\\\"jsonrpc\\\":\\\"2.0\\\",\\\"id\\\":%d,\\\"result\\\":{\\\"content\\\":[]}}";

    @TempDir
    Path dir;

    @Test
    void import_chrome_givesTheCallsWithTheirTimes() throws IOException {
        // Entries out of order, HTTP/2 pseudo fields, no Host, unknown timings as -1.
        String second = entry(
                "2026-11-20T10:00:02.500Z",
                post(2, "search"),
                "{\"status\":200,\"statusText\":\"\",\"httpVersion\":\"http/2.0\",\"headers\":[{\"name\":\"content-type\",\"value\":\"application/json\"}],\"cookies\":[],\"content\":{\"size\":10,\"mimeType\":\"application/json\",\"text\":\""
                        + ANSWER.formatted(2)
                        + "\"},\"redirectURL\":\"\",\"headersSize\":-1,\"bodySize\":-1,\"_transferSize\":200,\"_error\":null}",
                "{\"blocked\":5,\"dns\":-1,\"ssl\":-1,\"connect\":-1,\"send\":1,\"wait\":100,\"receive\":4,\"_blocked_queueing\":2}");
        String first = entry(
                "2026-11-20T12:00:00.000+02:00",
                post(1, "report"),
                "{\"status\":200,\"statusText\":\"\",\"httpVersion\":\"h2\",\"headers\":[{\"name\":\"content-type\",\"value\":\"text/event-stream\"}],\"cookies\":[],\"content\":{\"size\":10,\"mimeType\":\"text/event-stream\",\"text\":\"event: message\\ndata: "
                        + ANSWER.formatted(1) + "\\n\\n\"},\"redirectURL\":\"\",\"headersSize\":-1,\"bodySize\":-1}",
                "{\"blocked\":-1,\"dns\":2,\"ssl\":3,\"connect\":10,\"send\":0,\"wait\":500,\"receive\":20}");
        ImportReport report = TestCaptures.importText(dir, "chrome.har", har(second, first));
        CollectedSessions found = TestCaptures.sessions(report.folder());
        assertThat(found.calls()).extracting(RequestTrace::tool).containsExactly("report", "search");
        assertThat(found.calls()).extracting(RequestTrace::outcome).containsOnly(Outcome.OK);
        RequestTrace reportCall = found.calls().get(0);
        RequestTrace searchCall = found.calls().get(1);
        assertThat(reportCall.durationNanos()).isEqualTo(520_000_000L);
        assertThat(searchCall.durationNanos()).isEqualTo(105_000_000L);
        // 2.5 s apart; the first went out 12 ms after its entry began, the second 5 ms.
        assertThat(searchCall.startNanos() - reportCall.startNanos()).isEqualTo(2_493_000_000L);
        RequestHead head = heads(report.folder()).get(0);
        assertThat(head.headers().first(":authority")).isNull();
        assertThat(head.headers().first("Host")).isEqualTo("mcp.example.com");
        assertThat(head.target()).isEqualTo("/mcp?x=1");
        assertThat(found.sessions())
                .hasSize(1)
                .first()
                .extracting(AgentSession::startNanos)
                .isEqualTo(reportCall.startNanos());
        assertThat(report.notes()).anyMatch(note -> note.contains("event streams"));
        assertThat(report.manifest().upstreams()).containsExactly("https://mcp.example.com");
        assertThat(report.manifest().startedAt()).isEqualTo("2026-11-20T10:00:00Z");
        assertThat(CaptureVerifier.verify(report.folder()).ok()).isTrue();
    }

    @Test
    void import_chromeWithoutStreamContent_doesNotCallTheStreamCut() throws IOException {
        String entry = entry(
                "2026-11-20T10:00:00Z",
                post(1, "report"),
                "{\"status\":200,\"statusText\":\"\",\"httpVersion\":\"h2\",\"headers\":[{\"name\":\"content-type\",\"value\":\"text/event-stream\"}],\"cookies\":[],\"content\":{\"size\":0,\"mimeType\":\"text/event-stream\"},\"redirectURL\":\"\",\"headersSize\":-1,\"bodySize\":-1}",
                "{\"send\":0,\"wait\":50,\"receive\":20}");
        ImportReport report = TestCaptures.importText(dir, "chrome.har", har(entry));
        assertThat(TestCaptures.sessions(report.folder()).call().outcome()).isNotEqualTo(Outcome.STREAM_CUT);
        assertThat(parts(report.folder(), Direction.RESPONSE))
                .extracting(BodyPart::state)
                .containsExactly(BodyState.OMITTED);
        assertThat(report.notes()).anyMatch(note -> note.contains("1 bodies are not in the file"));
    }

    @Test
    void import_base64Content_isDecoded() throws IOException {
        String text = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"x\":\"ž\"}}";
        String entry = entry(
                "2026-11-20T10:00:00Z",
                post(1, "report"),
                "{\"status\":200,\"statusText\":\"OK\",\"httpVersion\":\"HTTP/1.1\",\"headers\":[],\"cookies\":[],\"content\":{\"size\":10,\"mimeType\":\"application/json\",\"encoding\":\"base64\",\"text\":\""
                        + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))
                        + "\"},\"redirectURL\":\"\",\"headersSize\":-1,\"bodySize\":-1}",
                "{\"send\":0,\"wait\":50,\"receive\":20}");
        Path made = TestCaptures.importText(dir, "firefox.har", har(entry)).folder();
        assertThat(parts(made, Direction.RESPONSE).get(0).content().utf8()).isEqualTo(text);
        assertThat(TestCaptures.sessions(made).call().outcome()).isEqualTo(Outcome.OK);
    }

    @Test
    void import_refusedConnectionAndForeignEntries_areTold() throws IOException {
        String refused = entry(
                "2026-11-20T10:00:00Z",
                post(1, "report"),
                "{\"status\":0,\"statusText\":\"\",\"httpVersion\":\"\",\"headers\":[],\"cookies\":[],\"content\":{\"size\":0,\"mimeType\":\"x-unknown\"},\"redirectURL\":\"\",\"headersSize\":-1,\"bodySize\":-1,\"_error\":\"net::ERR_CONNECTION_REFUSED\"}",
                "{\"blocked\":3,\"send\":0,\"wait\":0,\"receive\":1}");
        String data = refused.replaceFirst("https://[^\"]+", "data:text/plain,x");
        ImportReport report = TestCaptures.importText(dir, "chrome.har", har(refused, data));
        assertThat(TestCaptures.sessions(report.folder()).call().outcome()).isEqualTo(Outcome.CONNECT_FAILED);
        assertThat(TestCaptures.events(report.folder()).stream()
                        .filter(ExchangeEnd.class::isInstance)
                        .map(end -> ((ExchangeEnd) end).cause()))
                .containsExactly(EndCause.CONNECT_FAILED);
        assertThat(report.manifest().counts().filtered()).isEqualTo(Map.of("import: no http", 1L));
    }

    @Test
    void import_secrets_neverReachTheDisk() throws IOException {
        String entry = entry(
                        "2026-11-20T10:00:00Z",
                        post(1, "report"),
                        "{\"status\":200,\"statusText\":\"OK\",\"httpVersion\":\"HTTP/1.1\",\"headers\":[{\"name\":\"Set-Cookie\",\"value\":\"sid=cookie-secret-1234567; Path=/\"}],\"cookies\":[{\"name\":\"sid\",\"value\":\"cookie-secret-1234567\"}],\"content\":{\"size\":10,\"mimeType\":\"application/json\",\"text\":\"{\\\"access_token\\\":\\\"token-secret-1234567\\\"}\"},\"redirectURL\":\"\",\"headersSize\":-1,\"bodySize\":-1}",
                        "{\"send\":0,\"wait\":50,\"receive\":20}")
                .replace(
                        "\"headers\":[{\"name\":\":authority\"",
                        "\"headers\":[{\"name\":\"authorization\",\"value\":\"Bearer bearer-secret-1234567\"},{\"name\":\":authority\"");
        assertThat(entry).contains("bearer-secret");
        Path made = TestCaptures.importText(dir, "secret.har", har(entry)).folder();
        try (var files = Files.walk(made)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
                assertThat(bytes.contains("secret-1234567")).as(file.toString()).isFalse();
            }
        }
    }

    @Test
    void import_badHar_namesTheEntryAndLeavesNothing() {
        String good =
                entry("2026-11-20T10:00:00Z", post(1, "a"), "{\"status\":204,\"headers\":[],\"content\":{}}", "{}");
        refused("entries[1]", har(good, good.replace("2026-11-20T10:00:00Z", "yesterday")));
        refused("entries[1], request", har(good, good.replace("\"url\"", "\"ur\"")));
        refused("entries[0], response", har(good.replace("\"response\"", "\"respons\"")));
        refused(
                "entries[0], response, content",
                har(good.replace("\"content\":{}", "\"content\":{\"text\":\"!\",\"encoding\":\"base64\"}")));
        refused("entries[1]", har(good, "7"));
        refused("line 1", har(good).substring(0, 300));
        refused("log.entries", "{\"log\":{\"version\":\"1.2\"}}");
        refused("nothing to import", har());
        refused("none of the files", "{\"what\":1}");
        refused("no JSON", "hello");
    }

    private void refused(String what, String text) {
        assertThatThrownBy(() -> TestCaptures.importText(dir, "bad.har", text))
                .isInstanceOfSatisfying(
                        CaptureException.class, e -> assertThat(e.category()).isEqualTo(Category.DAMAGED))
                .hasMessageContaining("bad.har")
                .hasMessageContaining(what);
        assertThat(dir.resolve("imported")).doesNotExist();
    }

    private static String har(String... entries) {
        return "{\"log\":{\"version\":\"1.2\",\"creator\":{\"name\":\"WebInspector\",\"version\":\"537.36\"},\"pages\":[],\"entries\":["
                + String.join(",", entries) + "]}}";
    }

    private static String entry(String started, String request, String response, String timings) {
        return "{\"_connectionId\":\"9\",\"_initiator\":{\"type\":\"script\"},\"_priority\":\"High\",\"cache\":{},\"connection\":\"443\",\"request\":"
                + request + ",\"response\":" + response
                + ",\"serverIPAddress\":\"[2001:db8::1]\",\"startedDateTime\":\""
                + started + "\",\"time\":1,\"timings\":" + timings + "}";
    }

    private static String post(int id, String tool) {
        String body = "{\\\"jsonrpc\\\":\\\"2.0\\\",\\\"id\\\":" + id
                + ",\\\"method\\\":\\\"tools/call\\\",\\\"params\\\":{\\\"name\\\":\\\"" + tool
                + "\\\",\\\"arguments\\\":{}}}";
        return "{\"method\":\"POST\",\"url\":\"https://mcp.example.com/mcp?x=1\",\"httpVersion\":\"http/2.0\",\"headers\":[{\"name\":\":authority\",\"value\":\"mcp.example.com\"},{\"name\":\"content-type\",\"value\":\"application/json\"}],\"queryString\":[{\"name\":\"x\",\"value\":\"1\"}],\"cookies\":[],\"headersSize\":-1,\"bodySize\":80,\"postData\":{\"mimeType\":\"application/json\",\"text\":\""
                + body + "\"}}";
    }

    private static List<RequestHead> heads(Path capture) {
        return TestCaptures.events(capture).stream()
                .filter(RequestHead.class::isInstance)
                .map(RequestHead.class::cast)
                .toList();
    }

    private static List<BodyPart> parts(Path capture, Direction direction) {
        return TestCaptures.events(capture).stream()
                .filter((CaptureEvent event) -> event instanceof BodyPart part && part.direction() == direction)
                .map(BodyPart.class::cast)
                .toList();
    }
}

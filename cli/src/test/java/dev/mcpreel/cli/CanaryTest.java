package dev.mcpreel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.exchange.BodyPart;
import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.exchange.RequestHead;
import dev.mcpreel.captures.exchange.ResponseHead;
import dev.mcpreel.captures.exchange.Trailers;
import dev.mcpreel.captures.store.CaptureReader;
import dev.mcpreel.captures.store.CaptureStore;
import dev.mcpreel.captures.store.Manifest;
import dev.mcpreel.captures.store.WriterOptions;
import dev.mcpreel.captures.tap.RecorderOptions;
import dev.mcpreel.captures.tap.TrafficFilter;
import dev.mcpreel.captures.wire.Json;
import dev.mcpreel.proxy.ProxyConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Plants a secret of its own in every place that a message has, sends the messages through a real recording, and greps every
 * file of the capture for each of them.
 */
@Timeout(120)
class CanaryTest {
    private static final String MARK = "nothing-secret-about-this";
    private static final String JSON = "Content-Type: application/json\r\n";

    @TempDir
    private Path store;

    @TempDir
    private Path saved;

    private final Canaries canaries = new Canaries(20261126);
    private final StringBuilder sent = new StringBuilder();
    private final StringBuilder answered = new StringBuilder();

    @Test
    void record_secretsEverywhere_noneReachesTheDisk() throws Exception {
        String session = canaries.plant("Mcp-Session-Id");
        String leftOut = "/token/" + canaries.plant("path of a filter rule");
        TrafficFilter filter = TrafficFilter.of(List.of(), List.of("path:" + leftOut + "*"));
        Manifest manifest;
        try (RawUpstream upstream = new RawUpstream();
                Recording recording = Recording.start(
                        ProxyConfig.of("127.0.0.1:0", upstream.origin()),
                        store,
                        RecorderOptions.DEFAULT.withFilter(filter),
                        WriterOptions.defaults())) {
            InetSocketAddress proxy = recording.address();
            heads(upstream, proxy, session);
            bodies(upstream, proxy);
            oddities(upstream, proxy);
            streams(upstream, proxy, session);
            knownOnes(upstream, proxy, session);
            legacyStream(upstream, proxy, canaries.plant("endpoint, session of ids"));
            legacyStream(upstream, proxy, uuid().replace('5', '6'));
            refusedAndCut(upstream, proxy);
            upstream.answer(ok(JSON, "{}"));
            post(proxy, leftOut + "?x", JSON, "{}");
            manifest = recording.stop(Duration.ofSeconds(5));
        }

        assertThat(canaries.missingIn(sent + " " + answered))
                .as("in no message as it is: cut by framing, or compressed")
                .containsExactly(
                        "JSON, over the edges of chunks",
                        "gzip, access_token",
                        "gzip, refresh_token",
                        "gzip that no header tells",
                        "gzip on a second line",
                        "gzip, event data");
        assertThat(canaries.leaks(store)).isEmpty();
        assertThat(Canaries.files(store)).noneMatch(file -> Canaries.text(file).contains(uuid().replace('5', '6')));
        assertThat(manifest.counts().lostExchanges()).isZero();
        assertThat(manifest.counts().filtered()).hasSize(1);
        assertThat(Canaries.files(store).stream()
                        .anyMatch(file -> Canaries.text(file).contains(MARK)))
                .as("the files are what is searched, and readable as they are")
                .isTrue();
        equalityOutlivesRedaction();
        jsonStaysJson();
        assertThat(CommandRun.of("salvage", CaptureStore.runs(store).get(0).toString(), "--out", saved.toString())
                        .code())
                .isZero();
        assertThat(canaries.leaks(saved)).isEmpty();
    }

    private void jsonStaysJson() {
        List<String> broken = new ArrayList<>();
        CaptureReader.open(store).read(event -> {
            if (event instanceof BodyPart part
                    && part.isWhole()
                    && part.content().utf8().startsWith("{")) {
                // One is sent cut off.
                if (part.content().utf8().endsWith("}")
                        && Json.parse(part.content().utf8()).isEmpty()) {
                    broken.add(part.content().utf8());
                }
            }
        });
        assertThat(broken).isEmpty();
    }

    private void heads(RawUpstream upstream, InetSocketAddress proxy, String session) throws IOException {
        upstream.answer("HTTP/1.1 302 Found\r\nSet-Cookie: id=" + canaries.plant("Set-Cookie")
                + "; Path=/; HttpOnly\r\nLocation: /cb/token/" + canaries.plant("Location, segment") + "?code="
                + canaries.plant("Location, code") + "\r\nMcp-Session-Id: " + session
                + "\r\nWWW-Authenticate: Bearer realm=\"x\", token=\"" + canaries.plant("WWW-Authenticate")
                + "\"\r\nX-Upstream-Secret: " + canaries.plant("response header by name")
                + "\r\nTransfer-Encoding: chunked\r\nTrailer: X-Api-Key\r\n\r\n2\r\nok\r\n0\r\nX-Api-Key: "
                + canaries.plant("response trailer") + "\r\n\r\n");
        call(
                proxy,
                "POST /mcp/token/" + canaries.plant("target, segment behind token") + "/s/"
                        + canaries.plant("target, segment like a key") + "/" + uuid() + ";jsessionid="
                        + canaries.plant("target, path parameter") + "?access_token=" + canaries.plant("target, query")
                        + "&x%5Fapi%5Fkey=" + Canaries.percent(canaries.plant("target, percent-encoded"))
                        + "&next=https%3A%2F%2Fh%2F%3Ftoken%3D"
                        + canaries.plant("target, URL in a parameter") + " HTTP/1.1\r\n"
                        + "Authorization: Bearer " + canaries.plant("Authorization, Bearer") + "\r\n"
                        + "Proxy-Authorization: Basic " + base64("joe:" + canaries.plant("Proxy-Authorization, Basic"))
                        + "\r\n"
                        + "Cookie: a=" + canaries.plant("Cookie") + "; b=\"" + canaries.plant("Cookie, quoted")
                        + "\"\r\n"
                        + "Mcp-Session-Id: " + session + "\r\n"
                        + "X-Api-Key: " + canaries.plant("X-Api-Key") + "\r\n"
                        + "X-Goog-Iap-Jwt-Assertion: " + canaries.plant("X-Goog-Iap-Jwt-Assertion") + "\r\n"
                        + "X-Any: use token=" + canaries.plant("any header, in text") + "\r\n"
                        + "Referer: https://joe:" + canaries.plant("Referer, password") + "@h/?code="
                        + canaries.plant("Referer, code") + "\r\n"
                        + "Mcp-Param-Password: " + canaries.plant("Mcp-Param") + "\r\n"
                        + "Mcp-Param-Api-Key: =?base64?" + base64(canaries.plant("Mcp-Param, base64")) + "?=\r\n"
                        + "Mcp-Param-Note: =?base64?" + base64("token=" + canaries.plant("Mcp-Param, text in base64"))
                        + "?=\r\n"
                        + JSON + "Transfer-Encoding: chunked\r\nTrailer: X-Auth-Token\r\n\r\n"
                        + "2\r\n{}\r\n0\r\nX-Auth-Token: " + canaries.plant("request trailer") + "\r\n\r\n");
    }

    private void bodies(RawUpstream upstream, InetSocketAddress proxy) throws IOException {
        String split = canaries.plant("JSON, over the edges of chunks");
        upstream.answer(ok(
                JSON,
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"requestState\":\"" + canaries.plant("requestState")
                        + "\",\"structuredContent\":{\"credentials\":{\"a\":[\""
                        + canaries.plant("JSON, below credentials")
                        + "\"]}},\"content\":[{\"type\":\"text\",\"text\":\"{\\\"api_key\\\":\\\""
                        + canaries.plant("JSON in text") + "\\\",\\\"deep\\\":\\\"{\\\\\\\"pwd\\\\\\\":\\\\\\\""
                        + canaries.plant("JSON in text in text") + "\\\\\\\"}\\\"}\"}]}}"));
        call(
                proxy,
                "POST /mcp HTTP/1.1\r\n" + JSON + "Transfer-Encoding: chunked\r\n\r\n",
                chunk("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"arguments\":{\"note\":\""
                        + MARK
                        + "\",\"password\":\"" + canaries.plant("JSON, by name") + "\",\"pass\\u0077ord\":\""
                        + canaries.plant("JSON, by a name with escapes") + "\",\"log\":\"export GITHUB_TOKEN="
                        + canaries.plant("JSON, environment in text") + "\\nAuthorization: Bearer "
                        + canaries.plant("JSON, head in text") + "\",\"db\":\"postgres://joe:"
                        + canaries.plant("JSON, connection string") + "@db/x\",\"clientSecret\":\""
                        + split.substring(0, 9)),
                chunk(split.substring(9) + "\"}}}"),
                "0\r\n\r\n");

        upstream.answer(
                "HTTP/1.1 200 OK\r\n" + JSON + "Content-Encoding: gzip\r\nConnection: close\r\n\r\n",
                gzip("{\"access_token\":\"" + canaries.plant("gzip, access_token") + "\",\"refresh_token\":\""
                        + canaries.plant("gzip, refresh_token") + "\"}"));
        post(
                proxy,
                "/token",
                "Content-Type: application/x-www-form-urlencoded\r\n",
                "grant_type=authorization_code&code="
                        + canaries.plant("form, code") + "&client_secret="
                        + Canaries.percent(canaries.plant("form, client_secret"))
                        + "&user%5Bpassword%5D=" + canaries.plant("form, nested name") + "&code_verifier="
                        + canaries.plant("form, code_verifier"));
        upstream.answer(
                "HTTP/1.1 401 Unauthorized\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\nbad password: "
                        + canaries.plant("error body") + " (key sk-" + canaries.plant("key by its looks") + ")");
        post(
                proxy,
                "/mcp",
                "Content-Type: text/plain\r\n",
                "this is no JSON {\"secret\": \"" + canaries.plant("broken JSON"));
    }

    /** Codings that a head does not tell of, or tells in an odd way; batches; a target with an origin. */
    private void oddities(RawUpstream upstream, InetSocketAddress proxy) throws IOException {
        upstream.answer(ok(
                JSON,
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"content\":[{\"type\":\"text\",\"text\":"
                        + "\"{\\\"session_id\\\":4211,\\\"token\\\":\\\"" + canaries.plant("beside a number in text")
                        + "\\\"}\"}]}}"));
        post(proxy, "/mcp", JSON, "{\"otp\":123456,\"pwd\":\"" + canaries.plant("beside a number") + "\"}");

        upstream.answer(
                "HTTP/1.1 200 OK\r\n" + JSON + "Connection: close\r\n\r\n",
                gzip("{\"token\":\"" + canaries.plant("gzip that no header tells") + "\"}"));
        post(
                proxy,
                "/mcp",
                "Content-Encoding: br\r\nContent-Type: text/plain\r\n",
                canaries.plant("an unknown coding"));
        upstream.answer(
                "HTTP/1.1 200 OK\r\n" + JSON
                        + "Content-Encoding: identity\r\nContent-Encoding: gzip\r\nConnection: close\r\n\r\n",
                gzip("{\"token\":\"" + canaries.plant("gzip on a second line") + "\"}"));
        post(
                proxy,
                "/mcp",
                JSON,
                "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"a\",\"params\":{\"token\":\""
                        + canaries.plant("batch, first")
                        + "\"}},{\"jsonrpc\":\"2.0\",\"method\":\"b\",\"params\":{\"pwd\":\""
                        + canaries.plant("batch, second") + "\"}}]");
        upstream.answer(ok(JSON, "{}"));
        post(
                proxy,
                "http://joe:" + canaries.plant("absolute target, password") + "@h/mcp?token="
                        + canaries.plant("absolute target, query"),
                JSON,
                "{}");
    }

    private void streams(RawUpstream upstream, InetSocketAddress proxy, String session) throws IOException {
        String split = canaries.plant("event data, over the edges of reads");
        upstream.answer(
                "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n",
                "event: endpoint\ndata: /messages/" + canaries.plant("endpoint, segment") + "?sessionId=" + session
                        + "\n\n",
                "id: " + session + "_1\r\n: for " + session + "\r\ndata: {\"token\":\"" + canaries.plant("event data")
                        + "\",\r\n",
                "data: \"otp\":\"" + split.substring(0, 12),
                split.substring(12) + "\"}\r\n\r\n",
                "data: plain text, api key: " + canaries.plant("event data, text") + "\r\r",
                "data: {\"secret\":\"" + canaries.plant("half an event"));
        call(proxy, "GET /sse HTTP/1.1\r\nAccept: text/event-stream\r\nLast-Event-ID: " + session + "_0\r\n\r\n");

        upstream.answer(
                "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Encoding: gzip\r\nConnection: close\r\n\r\n",
                gzip("data: {\"token\":\"" + canaries.plant("gzip, event data") + "\"}\n\n"));
        call(proxy, "GET /sse HTTP/1.1\r\nAccept: text/event-stream\r\n\r\n");
    }

    /** What other connections say of secrets that were told before. */
    private void knownOnes(RawUpstream upstream, InetSocketAddress proxy, String session) throws IOException {
        String quoted = canaries.plant("known") + "\\\"/\\u00fc";
        upstream.answer(ok(JSON, "{\"result\":\"done " + session + "\"}"));
        post(proxy, "/mcp", JSON, "{\"password\":\"" + quoted + "\"}");
        upstream.answer(ok("X-Echo: got " + session + "\r\nContent-Type: text/html\r\n", "<p>" + session + "</p>"));
        post(
                proxy,
                "/mcp/" + session + "/x?q=" + Canaries.percent(session),
                "Content-Type: text/plain\r\n",
                "they said " + quoted.replace("\\\"", "\"").replace("\\u00fc", "\u00c3\u00bc") + " and " + quoted + ", "
                        + session);
    }

    /** A server of 2024-11-05 that makes its request ids of the session id which its endpoint event gave. */
    private void legacyStream(RawUpstream upstream, InetSocketAddress proxy, String session) throws IOException {
        String ask = "{\"jsonrpc\":\"2.0\",\"id\":\"%s\",\"method\":\"sampling/createMessage\",\"params\":{}}";
        upstream.answer(
                "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n",
                "event: endpoint\ndata: /message?sessionId=" + session + "\n\n",
                "id: 1." + session + "\ndata: " + ask.formatted(session + "-0") + "\n\n",
                "data: " + ask.formatted("req_" + session + ":1") + "\n\n");
        call(proxy, "GET /sse HTTP/1.1\r\nAccept: text/event-stream\r\n\r\n");
        for (String id : List.of(session + "-0", "req_" + session + ":1")) {
            upstream.answer(ok("", "accepted " + id + "/"));
            post(
                    proxy,
                    "/message?sessionId=" + session,
                    JSON,
                    "{\"jsonrpc\":\"2.0\",\"id\":\"" + id + "\",\"result\":{}}");
        }
    }

    private void refusedAndCut(RawUpstream upstream, InetSocketAddress proxy) throws IOException {
        call(
                proxy,
                "GET /x?api_key=" + canaries.plant("target of a refused request") + " HTTP/1.1\r\nX-Api-Key: "
                        + canaries.plant("header of a refused request")
                        + "\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n");
        call(proxy, "GET / " + canaries.plant("version that is none") + "\r\n\r\n");
        call(proxy, "secret=" + canaries.plant("no request at all") + "\r\n\r\n");
        String half = "POST /mcp HTTP/1.1\r\nHost: h\r\n" + JSON + "Content-Length: 5000\r\n\r\n{\"password\":\""
                + canaries.plant("half a message") + "\",\"token\":\"" + canaries.plant("half a message, at its end");
        sent.append(half);
        answered.append(RawUpstream.exchange(proxy, true, half));
        assertThat(upstream.received()).contains(MARK);
    }

    /** The same secret is the same hash in heads, URLs, event ids and texts. */
    private void equalityOutlivesRedaction() {
        List<CaptureEvent> events = new ArrayList<>();
        CaptureReader.open(store).read(events::add);
        StringBuilder texts = new StringBuilder();
        String mask = "";
        for (CaptureEvent event : events) {
            if (event instanceof RequestHead head) {
                texts.append(head.target()).append(head.headers()).append('\n');
                String value = head.headers().first("Mcp-Session-Id");
                mask = value == null ? mask : value;
            } else if (event instanceof ResponseHead head) {
                texts.append(head.headers()).append('\n');
            } else if (event instanceof Trailers trailers) {
                texts.append(trailers.headers()).append('\n');
            } else if (event instanceof BodyPart part) {
                texts.append(part.content().utf8()).append('\n');
            }
        }
        assertThat(mask).matches("redacted:[0-9a-f]{24}");
        for (String place : List.of(
                "sessionId=%s",
                "id: %s_1", ": for %s", "value=%s_0]", "done %s", "value=got %s]", "<p>%s</p>", "/mcp/%s/x?q=%s")) {
            assertThat(texts.toString()).contains(place.replace("%s", mask));
        }
        Map<String, Integer> count = new TreeMap<>();
        Matcher matcher = Pattern.compile("redacted:[0-9a-f]{24}").matcher(texts);
        while (matcher.find()) {
            count.merge(matcher.group(), 1, Integer::sum);
        }
        assertThat(count.size()).isGreaterThanOrEqualTo(canaries.count() - 4);
    }

    private String uuid() {
        return "550e8400-e29b-41d4-a716-446655440000";
    }

    private void post(InetSocketAddress proxy, String target, String headers, String body) throws IOException {
        call(
                proxy,
                "POST " + target + " HTTP/1.1\r\n" + headers + "Content-Length: " + body.length() + "\r\n\r\n" + body);
    }

    private void call(InetSocketAddress proxy, String first, String... rest) throws IOException {
        int line = first.indexOf("\r\n") + 2;
        String head = first.substring(0, line) + "Host: h\r\nConnection: close\r\n" + first.substring(line);
        List<String> pieces = new ArrayList<>(List.of(head));
        pieces.addAll(List.of(rest));
        pieces.forEach(sent::append);
        answered.append(RawUpstream.exchange(proxy, false, pieces.toArray(String[]::new)));
    }

    private static String ok(String headers, String body) {
        return "HTTP/1.1 200 OK\r\n" + headers + "Content-Length: " + body.length() + "\r\nConnection: close\r\n\r\n"
                + body;
    }

    private static String chunk(String data) {
        return Integer.toHexString(data.length()) + "\r\n" + data + "\r\n";
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String gzip(String text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return out.toString(StandardCharsets.ISO_8859_1);
    }
}

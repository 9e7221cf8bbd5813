package dev.mcpreel.captures.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.exchange.BodyPart;
import dev.mcpreel.captures.exchange.BodyState;
import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.exchange.Direction;
import dev.mcpreel.captures.exchange.EndCause;
import dev.mcpreel.captures.exchange.EndedBy;
import dev.mcpreel.captures.exchange.Outcome;
import dev.mcpreel.captures.redact.Redaction;
import dev.mcpreel.captures.store.CaptureReader;
import dev.mcpreel.captures.store.CaptureWriter;
import dev.mcpreel.captures.store.Ending;
import dev.mcpreel.captures.store.Manifest;
import dev.mcpreel.captures.store.ManifestSeed;
import dev.mcpreel.captures.store.Role;
import dev.mcpreel.captures.store.WriterOptions;
import dev.mcpreel.captures.tap.ExchangeTap;
import dev.mcpreel.captures.tap.Recorder;
import dev.mcpreel.captures.tap.RecorderOptions;
import dev.mcpreel.captures.testkit.CollectedSessions;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.DefaultEventLoop;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Hostile answers on their whole way: through the recorder and its redaction onto the disk, and from there into sessions. */
@Timeout(120)
class HostileRecordingTest {
    private static final int MEBIBYTE = 1024 * 1024;

    @TempDir
    private Path store;

    private final DefaultEventLoop loop = new DefaultEventLoop();

    @AfterEach
    void stopLoop() {
        Future<?> unused = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    @Test
    void gzipBombOfOneGibibyte_isInvalid_andOnlyItsHashIsKept() throws IOException {
        byte[] bomb = zerosInGzip(1024);
        assertThat(bomb.length).isBetween(MEBIBYTE / 2, 2 * MEBIBYTE);

        List<CaptureEvent> events = record(bomb, "Content-Type", "application/json", "Content-Encoding", "gzip");

        BodyPart answer = answers(events).get(0);
        assertThat(answer.length()).isEqualTo(bomb.length);
        assertThat(answer.state()).isEqualTo(BodyState.UNKNOWN_ENCODING);
        assertThat(answer.content().length()).isEqualTo(32);
        assertThat(outcome(events)).isEqualTo(Outcome.INVALID);
    }

    static Stream<Arguments> hostileAnswers() {
        byte[] badUtf8 = "{\"id\":1,\"result\":\"x?\"}".getBytes(StandardCharsets.US_ASCII);
        badUtf8[19] = (byte) 0xFF;
        String deep = "{\"id\":1,\"result\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}";
        String longId = "{\"result\":{},\"id\":\"" + "x".repeat(5 * MEBIBYTE) + "\"}";
        return Stream.of(
                Arguments.of("an id of 5 MiB", longId.getBytes(StandardCharsets.US_ASCII)),
                Arguments.of("10,000 deep", deep.getBytes(StandardCharsets.US_ASCII)),
                Arguments.of("invalid UTF-8", badUtf8),
                Arguments.of("half a message", "{\"id\":1,\"resu".getBytes(StandardCharsets.US_ASCII)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostileAnswers")
    void body_thatCannotBeRead_isInvalid(String name, byte[] body) {
        assertThat(outcome(record(body, "Content-Type", "application/json"))).isEqualTo(Outcome.INVALID);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostileAnswers")
    void event_thatCannotBeRead_isInvalid(String name, byte[] body) {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        stream.writeBytes("data: ".getBytes(StandardCharsets.US_ASCII));
        stream.writeBytes(body);
        stream.writeBytes("\n\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(outcome(record(stream.toByteArray(), "Content-Type", "text/event-stream")))
                .isEqualTo(Outcome.INVALID);
    }

    @Test
    void event_truncated_isInvalid() {
        byte[] half = "data: {\"id\":1,\"result\":{}}\n".getBytes(StandardCharsets.US_ASCII);
        assertThat(outcome(record(half, "Content-Type", "text/event-stream"))).isEqualTo(Outcome.INVALID);
    }

    private List<CaptureEvent> record(byte[] answer, String... headers) {
        Redaction redaction = Redaction.standard();
        CaptureWriter writer = CaptureWriter.create(
                store,
                new ManifestSeed(Role.RECORDED, "test", "", List.of("http://u"), redaction.describe(), null),
                WriterOptions.defaults());
        Recorder recorder = Recorder.start(writer, redaction, RecorderOptions.DEFAULT, System::nanoTime);
        ExchangeTap tap = recorder.begin(loop, recorder.newConnectionId(), "127.0.0.1:5");
        HttpRequest request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/mcp");
        request.headers().set("Content-Type", "application/json");
        tap.requestHead(request, 1);
        tap.requestBody(
                buffer(
                        "{\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"a\"}}"
                                .getBytes(StandardCharsets.US_ASCII),
                        0),
                2);
        tap.requestEnd(3);
        HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        for (int i = 0; i < headers.length; i += 2) {
            response.headers().set(headers[i], headers[i + 1]);
        }
        tap.responseHead(response, 4);
        for (int at = 0; at < answer.length; at += 8192) {
            tap.responseBody(buffer(answer, at), 5);
        }
        tap.responseEnd(6);
        tap.end(EndCause.COMPLETE, EndedBy.UPSTREAM, "", 7);
        Manifest manifest = recorder.close(Ending.COMPLETE);
        assertThat(manifest.counts().lost()).isEmpty();
        List<CaptureEvent> events = new ArrayList<>();
        CaptureReader.open(store).read(events::add);
        return events;
    }

    /** The tap copies what it keeps, so an unpooled buffer over the array will do. */
    private static ByteBuf buffer(byte[] bytes, int from) {
        return Unpooled.wrappedBuffer(bytes, from, Math.min(8192, bytes.length - from));
    }

    private static List<BodyPart> answers(List<CaptureEvent> events) {
        return events.stream()
                .filter(BodyPart.class::isInstance)
                .map(BodyPart.class::cast)
                .filter(part -> part.direction() == Direction.RESPONSE)
                .toList();
    }

    private static Outcome outcome(List<CaptureEvent> events) {
        CollectedSessions sessions = new CollectedSessions();
        SessionModel model = new SessionModel(SessionOptions.defaults(), sessions);
        events.forEach(model);
        model.finish();
        return sessions.call().outcome();
    }

    private static byte[] zerosInGzip(int mebibytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(MEBIBYTE);
        byte[] zeros = new byte[MEBIBYTE];
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            for (int i = 0; i < mebibytes; i++) {
                gzip.write(zeros);
            }
        }
        return out.toByteArray();
    }
}

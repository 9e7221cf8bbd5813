package dev.mcpreel.captures.tap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.exchange.BodyPart;
import dev.mcpreel.captures.exchange.BodyState;
import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.exchange.EndCause;
import dev.mcpreel.captures.exchange.EndedBy;
import dev.mcpreel.captures.exchange.EventKind;
import dev.mcpreel.captures.exchange.ExchangeEnd;
import dev.mcpreel.captures.exchange.Gap;
import dev.mcpreel.captures.exchange.LossReason;
import dev.mcpreel.captures.exchange.NameDefined;
import dev.mcpreel.captures.exchange.Outcome;
import dev.mcpreel.captures.exchange.RequestHead;
import dev.mcpreel.captures.exchange.StepKind;
import dev.mcpreel.captures.exchange.StepRecord;
import dev.mcpreel.captures.redact.Redaction;
import dev.mcpreel.captures.store.CaptureReader;
import dev.mcpreel.captures.store.CaptureWriter;
import dev.mcpreel.captures.store.Ending;
import dev.mcpreel.captures.store.Manifest;
import dev.mcpreel.captures.store.ManifestSeed;
import dev.mcpreel.captures.store.Role;
import dev.mcpreel.captures.store.WriterOptions;
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
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RecorderTest {
    @TempDir
    private Path store;

    private final DefaultEventLoop loop = new DefaultEventLoop();

    @AfterEach
    void stopLoop() {
        Future<?> unused = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    @Test
    void close_oneExchange_isOnDiskWholeAndRedacted() {
        Recorder recorder = recorder(RecorderOptions.DEFAULT);
        ExchangeTap tap = recorder.begin(loop, recorder.newConnectionId(), "127.0.0.1:5");
        exchange(tap, "{\"q\":1}", "data: {\"r\":2}\n\ndata: {\"r\":3}\n\n");

        Manifest manifest = recorder.close(Ending.COMPLETE);

        assertThat(manifest.counts().seen()).isEqualTo(1);
        assertThat(manifest.counts().recorded()).isEqualTo(1);
        List<CaptureEvent> events = read();
        RequestHead head = only(events, RequestHead.class).get(0);
        assertThat(head.headers().first("Authorization")).startsWith("Bearer redacted:");
        assertThat(head.exchangeId()).isEqualTo(tap.exchangeId());
        assertThat(only(events, BodyPart.class))
                .extracting(part -> part.content().utf8())
                .containsExactly("{\"q\":1}", "data: {\"r\":2}\n\n", "data: {\"r\":3}\n\n");
        ExchangeEnd end = only(events, ExchangeEnd.class).get(0);
        assertThat(end.requestBytes()).isEqualTo(7);
        assertThat(end.responseBytes()).isEqualTo(30);
        assertThat(end.requestEndNanos()).isEqualTo(3);
        assertThat(end.cause()).isEqualTo(EndCause.COMPLETE);
    }

    @Test
    void close_fullLane_losesTheRecordingAndCountsIt() {
        Recorder recorder = recorder(new RecorderOptions(64 * 1024, 1));
        exchange(recorder.begin(loop, 1, "a:1"), "x".repeat(200_000), "small");
        exchange(recorder.begin(loop, 1, "a:1"), "y", "small");

        Manifest manifest = recorder.close(Ending.COMPLETE);

        assertThat(manifest.counts().seen()).isEqualTo(2);
        assertThat(manifest.counts().recorded()).isEqualTo(1);
        assertThat(manifest.counts().lost()).containsEntry(LossReason.LANE_FULL, 1L);
        List<CaptureEvent> events = read();
        Gap gap = only(events, Gap.class).get(0);
        assertThat(gap.exchanges()).isEqualTo(1);
        assertThat(gap.bytes()).isEqualTo(200_000);
        assertThat(only(events, ExchangeEnd.class)).hasSize(2);
    }

    @Test
    void close_bodyAnnouncedAsTooLong_passesTheSmallestLaneUncopied() {
        Recorder recorder = recorder(new RecorderOptions(64 * 1024, 1));
        ExchangeTap tap = recorder.begin(loop, 1, "a:1");
        HttpRequest head = request();
        head.headers().set("Content-Length", 160 << 16);
        tap.requestHead(head, 1);
        String piece = "x".repeat(1 << 16);
        for (int i = 0; i < 160; i++) {
            body(piece, bytes -> tap.requestBody(bytes, 2));
        }
        tap.requestEnd(3);
        tap.end(EndCause.COMPLETE, EndedBy.UPSTREAM, "", 4);
        Manifest manifest = recorder.close(Ending.COMPLETE);

        assertThat(manifest.counts().lost()).isEmpty();
        BodyPart part = only(read(), BodyPart.class).get(0);
        assertThat(part.state()).isEqualTo(BodyState.TOO_LARGE);
        assertThat(part.length()).isEqualTo(160 << 16);
        assertThat(only(read(), ExchangeEnd.class).get(0).requestBytes()).isEqualTo(160 << 16);
    }

    @Test
    void close_bytesLostInTheMiddle_keepsNoHalfMessage() {
        Recorder recorder = recorder(new RecorderOptions(64 * 1024, 1));
        ExchangeTap tap = recorder.begin(loop, 1, "a:1");
        tap.requestHead(request(), 1);
        body("{\"secret\":", bytes -> tap.requestBody(bytes, 2));
        body("z".repeat(200_000), bytes -> tap.requestBody(bytes, 3));
        body("\"}", bytes -> tap.requestBody(bytes, 4));
        tap.requestEnd(5);
        tap.end(EndCause.CLOSED, EndedBy.CLIENT, "", 6);
        recorder.close(Ending.COMPLETE);

        BodyPart part = only(read(), BodyPart.class).get(0);
        assertThat(part.state()).isEqualTo(BodyState.LOST_IN_PART);
        assertThat(part.content().length()).isEqualTo(32);
    }

    @Test
    void step_afterName_standsBehindItsNameInTheLog() {
        Recorder recorder = recorder(RecorderOptions.DEFAULT);
        int tool = recorder.nameId("search");
        assertThat(recorder.nameId("search")).isEqualTo(tool);
        assertThat(recorder.nameId("")).isZero();
        recorder.step(step(tool));
        Manifest manifest = recorder.close(Ending.COMPLETE);

        List<EventKind> kinds = read().stream()
                .map(CaptureEvent::kind)
                .filter(kind -> kind == EventKind.NAME_DEFINED || kind == EventKind.STEP)
                .toList();
        assertThat(kinds).containsExactly(EventKind.NAME_DEFINED, EventKind.STEP);
        assertThat(only(read(), NameDefined.class).get(0).name()).isEqualTo("search");
        assertThat(only(read(), StepRecord.class).get(0)).isEqualTo(step(tool));
        assertThat(manifest.counts().steps()).isEqualTo(1);
        assertThat(recorder.lostSteps()).isZero();
    }

    @Test
    void subscribe_slowReader_losesAndDelaysNothing() throws InterruptedException {
        Recorder recorder = recorder(RecorderOptions.DEFAULT);
        CountDownLatch release = new CountDownLatch(1);
        List<CaptureEvent> heard = new ArrayList<>();
        LiveSubscription subscription = recorder.subscribe("slow", 1, event -> {
            await(release);
            heard.add(event);
        });
        for (int i = 0; i < 50; i++) {
            exchange(recorder.begin(loop, 1, "a:1"), "q", "r");
        }
        await().untilAsserted(() -> assertThat(subscription.lost()).isPositive());
        release.countDown();
        Manifest manifest = recorder.close(Ending.COMPLETE);

        assertThat(manifest.counts().recorded()).isEqualTo(50);
        assertThat(subscription.lost() + heard.size()).isEqualTo(50 * 5L);
    }

    private static org.awaitility.core.ConditionFactory await() {
        return org.awaitility.Awaitility.await().atMost(20, TimeUnit.SECONDS);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Recorder recorder(RecorderOptions options) {
        Redaction redaction = Redaction.standard();
        CaptureWriter writer = CaptureWriter.create(
                store,
                new ManifestSeed(Role.RECORDED, "test", "", List.of("http://u"), redaction.describe(), null),
                WriterOptions.defaults());
        return Recorder.start(writer, redaction, options, System::nanoTime);
    }

    private List<CaptureEvent> read() {
        List<CaptureEvent> events = new ArrayList<>();
        CaptureReader.open(store).read(events::add);
        return events;
    }

    private static <T> List<T> only(List<CaptureEvent> events, Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private static void exchange(ExchangeTap tap, String question, String answer) {
        tap.requestHead(request(), 1);
        body(question, bytes -> tap.requestBody(bytes, 2));
        tap.requestEnd(3);
        HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        response.headers().set("Content-Type", answer.startsWith("data") ? "text/event-stream" : "application/json");
        tap.responseHead(response, 4);
        body(answer, bytes -> tap.responseBody(bytes, 5));
        tap.responseEnd(6);
        tap.end(EndCause.COMPLETE, EndedBy.UPSTREAM, "", 7);
        tap.end(EndCause.RESET, EndedBy.CLIENT, "a second end is ignored", 8);
    }

    private static HttpRequest request() {
        HttpRequest request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/mcp");
        request.headers().set("Authorization", "Bearer top-secret");
        return request;
    }

    private static void body(String text, java.util.function.Consumer<ByteBuf> use) {
        ByteBuf bytes = Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
        use.accept(bytes);
        assertThat(bytes.readableBytes())
                .as("the tap must not read the relay's buffer")
                .isEqualTo(text.length());
        bytes.release();
    }

    private static StepRecord step(int tool) {
        return new StepRecord(
                90,
                4,
                2,
                1,
                0,
                3,
                StepKind.REQUEST,
                tool,
                tool,
                0,
                Outcome.OK,
                200,
                10,
                20,
                30,
                40,
                90,
                5_000,
                100,
                200);
    }
}

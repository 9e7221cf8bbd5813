package dev.mcpreel.captures.tap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.exchange.BodyPart;
import dev.mcpreel.captures.exchange.BodyState;
import dev.mcpreel.captures.exchange.Bytes;
import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.exchange.Direction;
import dev.mcpreel.captures.exchange.EndCause;
import dev.mcpreel.captures.exchange.EndedBy;
import dev.mcpreel.captures.exchange.ExchangeEnd;
import dev.mcpreel.captures.exchange.ExchangeEvent;
import dev.mcpreel.captures.exchange.Gap;
import dev.mcpreel.captures.exchange.Headers;
import dev.mcpreel.captures.exchange.LossReason;
import dev.mcpreel.captures.exchange.RequestHead;
import dev.mcpreel.captures.exchange.UpstreamPick;
import dev.mcpreel.captures.redact.Redaction;
import dev.mcpreel.captures.store.CaptureReader;
import dev.mcpreel.captures.store.CaptureWriter;
import dev.mcpreel.captures.store.Ending;
import dev.mcpreel.captures.store.Manifest;
import dev.mcpreel.captures.store.ManifestSeed;
import dev.mcpreel.captures.store.Role;
import dev.mcpreel.captures.store.SourceCounts;
import dev.mcpreel.captures.store.WriterOptions;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RecorderThreadTest {
    private static final int LANE_BYTES = 64 * 1024;

    @TempDir
    private Path store;

    private final Redaction redaction = Redaction.standard();
    private final Lane lane = new Lane(0, LANE_BYTES, 0);
    private final AssemblyBudget budget = new AssemblyBudget(1 << 20);

    @Test
    void run_lastChunkRefusedAndNoBodyEnd_isLostInPart() {
        LaneTap tap = begun(1);
        requestBody(tap, 1000);
        requestBody(tap, LANE_BYTES);
        tap.end(EndCause.RESET, EndedBy.CLIENT, "", 9);
        record();

        assertThat(only(BodyPart.class)).extracting(BodyPart::state).containsExactly(BodyState.LOST_IN_PART);
        assertThat(only(ExchangeEnd.class)).hasSize(1);
    }

    @Test
    void accept_bytesAndBodyEndLost_isLostInPart() {
        List<ExchangeEvent> events = new ArrayList<>();
        ExchangeAssembly assembly = new ExchangeAssembly(1, 1);
        RequestHead head = new RequestHead(1, 1, 1, "a:1", "POST", "/mcp", "HTTP/1.1", new Headers(List.of()));
        ExchangeEnd end = new ExchangeEnd(1, 1, 9, EndCause.COMPLETE, EndedBy.UPSTREAM, 8, 8, 30, 0, "");
        for (TapItem item : List.of(
                new TapItem.Whole(assembly, head, 0, false),
                new TapItem.Chunk(assembly, Direction.REQUEST, Bytes.utf8("only these"), 10, false, 2),
                new TapItem.Whole(assembly, end, 0, true))) {
            assembly.accept(item, redaction, budget, events::add);
        }

        BodyPart part = (BodyPart) events.get(1);
        assertThat(part.state()).isEqualTo(BodyState.LOST_IN_PART);
        assertThat(part.content().length()).isEqualTo(32);
        assertThat(budget.usedBytes()).isZero();
    }

    @Test
    void run_fullLane_stillTakesEndings() {
        LaneTap tap = begun(1);
        while (lane.lostEvents() == 0) {
            requestBody(tap, 1000);
        }
        tap.requestEnd(8);
        tap.end(EndCause.COMPLETE, EndedBy.UPSTREAM, "", 9);

        assertThat(lane.lostEvents()).isEqualTo(1);
        assertThat(lane.leftEnds()).isZero();
    }

    @Test
    void run_secretToldOnOneLoop_isFoundOnAnotherThatIsReadFirst() {
        LaneTap says = new LaneTap(lane, TrafficFilter.NONE, 2, 2, "a:2");
        says.requestHead(new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/mcp"), 10);
        ByteBuf body = Unpooled.wrappedBuffer("it said hunter-22".getBytes(StandardCharsets.US_ASCII));
        says.requestBody(body, 11);
        body.release();
        says.requestEnd(12);
        says.end(EndCause.COMPLETE, EndedBy.UPSTREAM, "", 13);
        Lane otherLoop = new Lane(1, LANE_BYTES, 0);
        LaneTap tells = new LaneTap(otherLoop, TrafficFilter.NONE, 1, 1, "a:1");
        HttpRequest head = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/mcp");
        head.headers().set("X-Api-Key", "hunter-22");
        tells.requestHead(head, 1);
        tells.end(EndCause.COMPLETE, EndedBy.UPSTREAM, "", 2);
        record(lane, otherLoop);

        assertThat(only(BodyPart.class))
                .extracting(part -> part.content().utf8())
                .containsExactly("it said " + redaction.hash().mask("hunter-22"));
    }

    @Test
    void run_endRefused_stillEndsTheExchangeAndFreesItsBytes() {
        List<LaneTap> taps = new ArrayList<>();
        for (int i = 1; i <= 200; i++) {
            taps.add(begun(i));
        }
        for (int i = 0; i < 60; i++) {
            requestBody(taps.get(0), 100);
        }
        taps.forEach(tap -> tap.end(EndCause.CLOSED, EndedBy.CLIENT, "", 9));
        assertThat(lane.leftEnds()).isPositive();
        Manifest manifest = record();

        assertThat(only(ExchangeEnd.class)).hasSize(200);
        assertThat(manifest.counts().recorded()).isEqualTo(200 - lane.lostExchanges());
        assertThat(budget.usedBytes()).isZero();
    }

    @Test
    void run_faultOnAnEvent_isCountedAndTheExchangeEndsIncomplete() {
        LaneTap tap = begun(1);
        requestBody(tap, 500);
        ExchangeAssembly assembly = last().assembly();
        assertThat(lane.offer(new TapItem.Whole(assembly, nothing(), 0, false))).isTrue();
        requestBody(tap, 700);
        tap.end(EndCause.COMPLETE, EndedBy.UPSTREAM, "said password: hunter2", 9);
        begun(2).end(EndCause.COMPLETE, EndedBy.UPSTREAM, "", 9);
        Manifest manifest = record();

        assertThat(manifest.counts().recorded()).isEqualTo(1);
        assertThat(manifest.counts().lost()).containsExactly(Map.entry(LossReason.RECORDER_FAULT, 1L));
        List<Gap> gaps = only(Gap.class);
        assertThat(gaps).hasSize(1);
        assertThat(gaps.get(0).reason()).isEqualTo(LossReason.RECORDER_FAULT);
        assertThat(gaps.get(0).exchanges()).isEqualTo(1);
        assertThat(gaps.get(0).events()).isEqualTo(2);
        assertThat(gaps.get(0).bytes()).isEqualTo(700);
        assertThat(only(ExchangeEnd.class)).extracting(ExchangeEnd::detail).containsExactly("", "");
        assertThat(budget.usedBytes()).isZero();
    }

    @Test
    void trouble_roundFails_isTellingUntilItWorksAgain() {
        AtomicBoolean broken = new AtomicBoolean(true);
        Recorder recorder = Recorder.start(writer(), redaction, RecorderOptions.DEFAULT, () -> {
            if (broken.get()) {
                throw new AssertionError("no clock");
            }
            return System.nanoTime();
        });
        Awaitility.await()
                .atMost(20, TimeUnit.SECONDS)
                .until(() -> recorder.status().trouble().contains("no clock"));
        broken.set(false);
        Awaitility.await()
                .atMost(20, TimeUnit.SECONDS)
                .until(() -> recorder.status().trouble().isEmpty());
        recorder.close();
    }

    @Test
    void end_furtherCalls_areIgnored() {
        LaneTap tap = begun(1);
        tap.end(EndCause.COMPLETE, EndedBy.UPSTREAM, "", 9);
        long depth = lane.depthBytes();
        tap.requestHead(new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/mcp"), 10);
        requestBody(tap, 100);
        tap.requestEnd(10);
        tap.upstreamConnected(UpstreamPick.only("u"), "a:2", false, 1, 10);
        tap.responseEnd(10);

        assertThat(lane.depthBytes()).isEqualTo(depth);
    }

    private LaneTap begun(long exchangeId) {
        LaneTap tap = new LaneTap(lane, TrafficFilter.NONE, exchangeId, 1, "a:1");
        tap.requestHead(new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/mcp"), 1);
        return tap;
    }

    private static void requestBody(LaneTap tap, int bytes) {
        ByteBuf buffer = Unpooled.wrappedBuffer(new byte[bytes]);
        tap.requestBody(buffer, 2);
        buffer.release();
    }

    /** The items offered so far, put back; the last of them. */
    private TapItem last() {
        List<TapItem> items = new ArrayList<>();
        TapItem item;
        while ((item = lane.poll()) != null) {
            items.add(item);
        }
        items.forEach(lane::offer);
        return items.get(items.size() - 1);
    }

    @SuppressWarnings("NullAway") // the fault under test: nothing else makes an event unreadable
    private static ExchangeEvent nothing() {
        return new RequestHead(1, 1, 1, "a:1", "POST", "/mcp", "HTTP/1.1", null);
    }

    private CaptureWriter writer() {
        return CaptureWriter.create(
                store,
                new ManifestSeed(Role.RECORDED, "test", "", List.of("http://u"), redaction.describe(), null),
                WriterOptions.defaults());
    }

    /** Records what the lane holds, on this thread. */
    private Manifest record() {
        return record(lane);
    }

    private Manifest record(Lane... lanes) {
        CaptureWriter writer = writer();
        LongSupplier clock = System::nanoTime;
        RecorderThread recorder = new RecorderThread(writer.newAppender(), redaction, null, List.of(), clock, budget);
        List.of(lanes).forEach(recorder::add);
        recorder.finish();
        recorder.run();
        long faulty = recorder.faultyExchanges();
        return writer.close(
                Ending.COMPLETE,
                new SourceCounts(-1, Map.of(), faulty == 0 ? Map.of() : Map.of(LossReason.RECORDER_FAULT, faulty), 0));
    }

    private <T> List<T> only(Class<T> type) {
        List<CaptureEvent> events = new ArrayList<>();
        CaptureReader.open(store).read(events::add);
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }
}

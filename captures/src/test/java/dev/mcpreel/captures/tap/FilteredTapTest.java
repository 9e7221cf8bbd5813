package dev.mcpreel.captures.tap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.exchange.Direction;
import dev.mcpreel.captures.exchange.EndCause;
import dev.mcpreel.captures.exchange.EndedBy;
import dev.mcpreel.captures.exchange.ExchangeEnd;
import dev.mcpreel.captures.exchange.ExchangeEvent;
import dev.mcpreel.captures.exchange.RequestHead;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a tap with a filter puts into its lane, and when. */
@Timeout(30)
class FilteredTapTest {
    private static final String ECHO = call("echo");
    private static final String SEARCH = call("search");

    private final TrafficFilter filter = TrafficFilter.of(List.of("path:/mcp*"), List.of("tool:echo"));
    private final Lane lane = new Lane(0, 1 << 20, filter.reasons().size());

    @Test
    void path_leftOut_reachesTheLaneWithNothing() {
        LaneTap tap = tap();
        tap.requestHead(request(HttpMethod.GET, "/health?x=/mcp"), 1);
        end(tap, "", "{}");
        assertThat(items()).isEmpty();
        assertThat(lane.filteredExchanges(0)).isEqualTo(1);
        assertThat(lane.seenExchanges()).isEqualTo(1);
        assertThat(lane.lostExchanges()).isZero();
    }

    @Test
    void call_leftOut_isForgottenWithItsAnswer() {
        LaneTap tap = tap();
        tap.requestHead(post(), 1);
        end(tap, ECHO, "{\"result\":{}}");
        assertThat(items()).isEmpty();
        assertThat(lane.filteredExchanges(1)).isEqualTo(1);
        assertRoomIsFree();
    }

    @Test
    void call_kept_isThereInOrderFromItsHead() {
        LaneTap tap = tap();
        tap.requestHead(post(), 1);
        body(tap, SEARCH.substring(0, 20));
        assertThat(lane.isEmpty()).as("nobody knows yet").isTrue();
        end(tap, SEARCH.substring(20), "{}");
        List<TapItem> items = items();
        assertThat(event(items.get(0))).isInstanceOf(RequestHead.class);
        assertThat(((TapItem.Chunk) items.get(1)).bytes().utf8()).isEqualTo(SEARCH.substring(0, 20));
        assertThat(((TapItem.Chunk) items.get(2)).bytes().utf8()).isEqualTo(SEARCH.substring(20));
        assertThat(items).hasSize(8);
        assertThat(event(items.get(7))).isInstanceOf(ExchangeEnd.class);
        assertThat(lane.filteredExchanges(1)).isZero();
        assertRoomIsFree();
    }

    @Test
    void noRuleForIt_isNotHeldBack() {
        LaneTap get = tap();
        get.requestHead(request(HttpMethod.GET, "/mcp"), 1);
        assertThat(items()).hasSize(1);
        LaneTap coded = tap();
        HttpRequest gzip = post();
        gzip.headers().set("Content-Encoding", "gzip");
        coded.requestHead(gzip, 1);
        assertThat(items()).as("a body that would have to be decompressed").hasSize(1);
        TrafficFilter paths = TrafficFilter.of(List.of("path:/mcp"), List.of());
        LaneTap tap = new LaneTap(lane, paths, 7, 1, "a:1");
        tap.requestHead(post(), 1);
        assertThat(items()).as("no rule reads bodies").hasSize(1);
    }

    @Test
    void headersOfTheModernEra_decideAtTheHead() {
        HttpRequest request = post();
        request.headers()
                .set("MCP-Protocol-Version", "2026-07-28")
                .set("Mcp-Method", "tools/call")
                .set("Mcp-Name", "echo");
        LaneTap tap = tap();
        tap.requestHead(request, 1);
        assertThat(lane.filteredExchanges(1)).isEqualTo(1);
        request.headers().set("Mcp-Name", "search");
        tap().requestHead(request, 1);
        assertThat(items()).hasSize(1);
    }

    @Test
    void body_thatHasNotToldIn64KiB_isRecorded() {
        LaneTap tap = tap();
        tap.requestHead(post(), 1);
        body(tap, "{\"params\":{\"arguments\":\"" + "x".repeat(40_000));
        assertThat(lane.isEmpty()).isTrue();
        body(tap, "x".repeat(40_000));
        assertThat(items()).hasSize(3);
        body(tap, "\",\"name\":\"echo\"},\"method\":\"tools/call\"}");
        assertThat(items()).hasSize(1);
        assertThat(lane.filteredExchanges(1)).isZero();
        assertRoomIsFree();
    }

    @Test
    void body_inManyTinyPieces_isHeldBackOnlySoFar() {
        LaneTap tap = tap();
        tap.requestHead(post(), 1);
        for (int i = 0; i < 600; i++) {
            body(tap, " ");
        }
        assertThat(items()).hasSize(601);
    }

    @Test
    void exchange_thatEndsBeforeItsBodyTold_isRecorded() {
        LaneTap tap = tap();
        tap.requestHead(post(), 1);
        body(tap, ECHO.substring(0, 10));
        tap.responseHead(new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.UNAUTHORIZED), 2);
        tap.end(EndCause.CLOSED, EndedBy.CLIENT, "", 3);
        assertThat(items()).hasSize(4);
        assertRoomIsFree();
    }

    @Test
    void batch_isLeftOutOnlyWhenEveryMessageIs() {
        LaneTap kept = tap();
        kept.requestHead(post(), 1);
        end(kept, "[" + ECHO + "," + SEARCH + "]", "{}");
        assertThat(items()).isNotEmpty();
        LaneTap out = tap();
        out.requestHead(post(), 1);
        end(out, "[" + ECHO + "," + ECHO + "]", "{}");
        assertThat(items()).isEmpty();
        LaneTap cut = tap();
        cut.requestHead(post(), 1);
        end(cut, "[" + ECHO + ",", "{}");
        assertThat(items()).as("half a batch").isNotEmpty();
        assertThat(lane.filteredExchanges(1)).isEqualTo(1);
    }

    @Test
    void clientsAnswer_isNeverJudged() {
        LaneTap tap = tap();
        tap.requestHead(post(), 1);
        body(tap, "{\"id\":1,\"result\":{\"name\":\"echo\",\"method\":\"tools/call\"}}");
        assertThat(items()).hasSize(2);
    }

    @Test
    void laneFull_whatIsHeldBackTakesRoom_andIsLostOnlyWhenKept() {
        Lane small = new Lane(0, 64 * 1024, filter.reasons().size());
        LaneTap first = new LaneTap(small, filter, 1, 1, "a:1");
        first.requestHead(post(), 1);
        body(first, " ".repeat(50_000));
        LaneTap out = new LaneTap(small, filter, 2, 1, "a:1");
        out.requestHead(post(), 1);
        body(out, " ".repeat(20_000) + ECHO);
        assertThat(small.lostExchanges())
                .as("left out, so there was nothing to lose")
                .isZero();
        assertThat(small.filteredExchanges(1)).isEqualTo(1);
        LaneTap kept = new LaneTap(small, filter, 3, 1, "a:1");
        kept.requestHead(post(), 1);
        body(kept, " ".repeat(20_000) + SEARCH);
        assertThat(small.lostExchanges()).isEqualTo(1);
        assertThat(small.lostEvents()).isEqualTo(1);
        kept.end(EndCause.COMPLETE, EndedBy.UPSTREAM, "", 9);
        TapItem last = small.poll();
        for (TapItem item = last; item != null; item = small.poll()) {
            last = item;
        }
        assertThat(((TapItem.Whole) last).lossy()).isTrue();
    }

    @Test
    void kept_afterItWasHeldBack_isKnownToTheRecorder_soItsEndIsLeftBesideAFullLane() {
        Lane small = new Lane(0, 2_000, filter.reasons().size());
        LaneTap tap = new LaneTap(small, filter, 1, 1, "a:1");
        tap.requestHead(post(), 1);
        body(tap, SEARCH);
        while (small.lostEvents() == 0) {
            LaneTap other = new LaneTap(small, TrafficFilter.NONE, 2, 1, "a:1");
            other.end(EndCause.COMPLETE, EndedBy.UPSTREAM, "", 8);
        }
        assertThat(small.leftEnds()).isZero();
        tap.end(EndCause.COMPLETE, EndedBy.UPSTREAM, "", 9);
        assertThat(small.leftEnds()).isEqualTo(1);
    }

    @Test
    void abandon_isALossOnce_andEndsWhatWasHeard() {
        LaneTap heard = tap();
        heard.requestHead(request(HttpMethod.GET, "/mcp"), 5);
        heard.abandon();
        heard.abandon();
        List<TapItem> items = items();
        assertThat(items).hasSize(2);
        assertThat(((TapItem.Whole) items.get(1)).lossy()).isTrue();
        assertThat(event(items.get(1)).atNanos()).isEqualTo(5);
        assertThat(lane.failedExchanges()).isEqualTo(1);
        LaneTap held = tap();
        held.requestHead(post(), 1);
        held.abandon();
        held.end(EndCause.COMPLETE, EndedBy.UPSTREAM, "", 9);
        assertThat(items()).isEmpty();
        assertThat(lane.failedExchanges()).isEqualTo(2);
        LaneTap out = tap();
        out.requestHead(request(HttpMethod.GET, "/health"), 1);
        out.abandon();
        assertThat(lane.failedExchanges()).isEqualTo(2);
        assertRoomIsFree();
    }

    private LaneTap tap() {
        return new LaneTap(lane, filter, 1, 1, "a:1");
    }

    /** All of it can be had, so nothing is held. */
    private void assertRoomIsFree() {
        assertThat(lane.depthBytes()).isZero();
        TapItem most = new TapItem.BodyEnd(new ExchangeAssembly(9, 9), Direction.REQUEST, false, 1);
        long fits = (1 << 20) / Lane.ITEM_OVERHEAD;
        for (long i = 0; i < fits; i++) {
            assertThat(lane.hold(most)).isTrue();
        }
        for (long i = 0; i < fits; i++) {
            lane.dropHeld(most);
        }
    }

    private List<TapItem> items() {
        List<TapItem> items = new ArrayList<>();
        for (TapItem item = lane.poll(); item != null; item = lane.poll()) {
            items.add(item);
        }
        return items;
    }

    private static ExchangeEvent event(TapItem item) {
        return ((TapItem.Whole) item).event();
    }

    private static void end(LaneTap tap, String rest, String answer) {
        body(tap, rest);
        tap.requestEnd(3);
        tap.responseHead(new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK), 4);
        ByteBuf bytes = Unpooled.copiedBuffer(answer, StandardCharsets.UTF_8);
        tap.responseBody(bytes, 5);
        bytes.release();
        tap.responseEnd(6);
        tap.end(EndCause.COMPLETE, EndedBy.UPSTREAM, "", 7);
    }

    private static void body(LaneTap tap, String text) {
        ByteBuf bytes = Unpooled.directBuffer().writeBytes(text.getBytes(StandardCharsets.UTF_8));
        tap.requestBody(bytes, 2);
        assertThat(bytes.readableBytes()).isEqualTo(text.length());
        bytes.release();
    }

    private static HttpRequest post() {
        return request(HttpMethod.POST, "/mcp");
    }

    private static HttpRequest request(HttpMethod method, String target) {
        return new DefaultHttpRequest(HttpVersion.HTTP_1_1, method, target);
    }

    private static String call(String tool) {
        return "{\"method\":\"tools/call\",\"params\":{\"name\":\"" + tool + "\",\"arguments\":{}},\"id\":1}";
    }
}

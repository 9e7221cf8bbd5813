package dev.mcpreel.captures.tap;

import dev.mcpreel.captures.exchange.Bytes;
import dev.mcpreel.captures.exchange.Direction;
import dev.mcpreel.captures.exchange.EndCause;
import dev.mcpreel.captures.exchange.EndedBy;
import dev.mcpreel.captures.exchange.ExchangeEnd;
import dev.mcpreel.captures.exchange.ExchangeEvent;
import dev.mcpreel.captures.exchange.Header;
import dev.mcpreel.captures.exchange.Headers;
import dev.mcpreel.captures.exchange.RequestHead;
import dev.mcpreel.captures.exchange.ResponseHead;
import dev.mcpreel.captures.exchange.Trailers;
import dev.mcpreel.captures.exchange.UpstreamConnected;
import dev.mcpreel.captures.exchange.UpstreamFailed;
import dev.mcpreel.captures.exchange.UpstreamPick;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The event loop's end of a lane for one exchange: copies once, counts, and remembers what the lane refused. */
final class LaneTap implements ExchangeTap {
    /** The objects that hold one header field. */
    private static final int FIELD_OVERHEAD = 64;

    private final Lane lane;
    private final long exchangeId;
    private final long connectionId;
    private final String peer;
    private final ExchangeAssembly assembly;
    private final TrafficFilter filter;

    private long requestBytes;
    private long responseBytes;
    private long requestEndNanos;
    private long responseEndNanos;
    private long lastNanos;
    private BodyLimit requestLimit = BodyLimit.NONE;
    private BodyLimit responseLimit = BodyLimit.NONE;
    private boolean heard;
    private boolean lossy;
    private boolean requestLossPending;
    private boolean responseLossPending;
    private boolean over;

    /** While its filter has not judged the exchange. */
    private @Nullable Holdback heldBack;

    LaneTap(Lane lane, TrafficFilter filter, long exchangeId, long connectionId, String peer) {
        this.lane = lane;
        this.filter = filter;
        this.exchangeId = exchangeId;
        this.connectionId = connectionId;
        this.peer = peer;
        this.assembly = new ExchangeAssembly(exchangeId, connectionId);
        lane.seen();
    }

    @Override
    public long exchangeId() {
        return exchangeId;
    }

    @Override
    public void requestHead(HttpRequest head, long atNanos) {
        if (over) {
            return;
        }
        Headers headers = headers(head.headers());
        if (!filter.isEmpty()) {
            judgeHead(head, headers);
            if (over) {
                return;
            }
        }
        requestLimit = BodyLimit.ofRequest(headers);
        whole(
                new RequestHead(
                        exchangeId,
                        connectionId,
                        atNanos,
                        peer,
                        head.method().name(),
                        head.uri(),
                        head.protocolVersion().text(),
                        headers),
                head.uri().length() + weight(headers));
    }

    @Override
    public void requestBody(ByteBuf bytes, long atNanos) {
        if (over) {
            return;
        }
        requestBytes += bytes.readableBytes();
        boolean kept = requestLimit.keeps(requestBytes);
        requestLossPending = !chunk(Direction.REQUEST, bytes, kept, requestLossPending, atNanos);
        if (heldBack != null) {
            heldBack.read(bytes.nioBuffer());
            judge(heldBack);
        }
    }

    @Override
    public void requestEnd(long atNanos) {
        if (over) {
            return;
        }
        requestEndNanos = atNanos;
        if (requestBytes > 0) {
            offer(new TapItem.BodyEnd(assembly, Direction.REQUEST, requestLossPending, atNanos), 0);
        }
        if (heldBack != null) {
            heldBack.readToTheEnd();
            judge(heldBack);
        }
    }

    @Override
    public void requestTrailers(HttpHeaders trailers, long atNanos) {
        trailers(Direction.REQUEST, trailers, atNanos);
    }

    @Override
    public void upstreamConnected(UpstreamPick pick, String address, boolean reused, long connectNanos, long atNanos) {
        if (over) {
            return;
        }
        whole(new UpstreamConnected(exchangeId, connectionId, atNanos, pick, address, reused, connectNanos), 0);
    }

    @Override
    public void upstreamFailed(UpstreamPick pick, String reason, long connectNanos, long atNanos) {
        if (over) {
            return;
        }
        whole(new UpstreamFailed(exchangeId, connectionId, atNanos, pick, reason, connectNanos), reason.length());
    }

    @Override
    public void responseHead(HttpResponse head, long atNanos) {
        if (over) {
            return;
        }
        Headers headers = headers(head.headers());
        responseLimit = BodyLimit.ofResponse(headers);
        whole(
                new ResponseHead(
                        exchangeId,
                        connectionId,
                        atNanos,
                        head.status().code(),
                        head.status().reasonPhrase(),
                        head.protocolVersion().text(),
                        headers),
                weight(headers));
    }

    @Override
    public void responseBody(ByteBuf bytes, long atNanos) {
        if (over) {
            return;
        }
        responseBytes += bytes.readableBytes();
        boolean kept = responseLimit.keeps(responseBytes);
        responseLossPending = !chunk(Direction.RESPONSE, bytes, kept, responseLossPending, atNanos);
    }

    @Override
    public void responseTrailers(HttpHeaders trailers, long atNanos) {
        trailers(Direction.RESPONSE, trailers, atNanos);
    }

    @Override
    public void responseEnd(long atNanos) {
        if (over) {
            return;
        }
        responseEndNanos = atNanos;
        if (responseBytes > 0) {
            offer(new TapItem.BodyEnd(assembly, Direction.RESPONSE, responseLossPending, atNanos), 0);
        }
    }

    @Override
    public void end(EndCause cause, EndedBy endedBy, String detail, long atNanos) {
        if (over) {
            return;
        }
        keep();
        end(new ExchangeEnd(
                exchangeId,
                connectionId,
                atNanos,
                cause,
                endedBy,
                requestEndNanos,
                responseEndNanos,
                requestBytes,
                responseBytes,
                detail));
        // Not before: should that throw, the exchange is still to be abandoned.
        over = true;
    }

    @Override
    public void abandon() {
        if (over) {
            return;
        }
        over = true;
        if (heldBack != null) {
            heldBack.drop();
            heldBack = null;
            lossy = false;
        }
        if (!lossy) {
            lane.failed();
            lossy = true;
        }
        if (heard) {
            end(new ExchangeEnd(
                    exchangeId,
                    connectionId,
                    lastNanos,
                    EndCause.UNKNOWN,
                    EndedBy.UNKNOWN,
                    requestEndNanos,
                    responseEndNanos,
                    requestBytes,
                    responseBytes,
                    "the recorder failed on it"));
        }
    }

    private void end(ExchangeEnd end) {
        TapItem.Whole item = new TapItem.Whole(assembly, end, end.detail().length(), lossy);
        if (lane.offer(item)) {
            return;
        }
        if (heard) {
            // The recorder knows the exchange and would hold it open for ever.
            assembly.leaveEnd(item);
            lane.left();
        } else {
            lane.lost(!lossy, 0);
        }
    }

    private boolean chunk(Direction direction, ByteBuf bytes, boolean kept, boolean afterLoss, long atNanos) {
        int length = bytes.readableBytes();
        lastNanos = atNanos;
        if (length == 0) {
            return !afterLoss;
        }
        Bytes copy = Bytes.EMPTY;
        if (kept) {
            byte[] array = new byte[length];
            bytes.getBytes(bytes.readerIndex(), array);
            copy = Bytes.owned(array);
        }
        return offer(new TapItem.Chunk(assembly, direction, copy, length, afterLoss, atNanos), length);
    }

    private void trailers(Direction direction, HttpHeaders trailers, long atNanos) {
        if (over || trailers.isEmpty()) {
            return;
        }
        Headers fields = headers(trailers);
        whole(new Trailers(exchangeId, connectionId, atNanos, direction, fields), weight(fields));
    }

    private void whole(ExchangeEvent event, int weight) {
        lastNanos = event.atNanos();
        offer(new TapItem.Whole(assembly, event, weight, lossy), 0);
    }

    private boolean offer(TapItem item, long bytes) {
        if (heldBack != null) {
            boolean held = heldBack.hold(item, bytes);
            lossy |= !held;
            judge(heldBack);
            return held;
        }
        if (lane.offer(item)) {
            heard = true;
            return true;
        }
        lane.lost(!lossy, bytes);
        lossy = true;
        return false;
    }

    /** Judges as far as the head alone tells, and begins to hold back where the body has to. */
    private void judgeHead(HttpRequest head, Headers headers) {
        int reason = filter.byTarget(head.uri());
        if (reason == TrafficFilter.KEPT && filter.readsMessages() && HttpMethod.POST.equals(head.method())) {
            Integer told = filter.byHeaders(headers);
            if (told != null) {
                reason = told;
            } else if (ContentCoding.of(headers) == ContentCoding.NONE) {
                heldBack = new Holdback(filter, lane);
            }
        }
        if (reason != TrafficFilter.KEPT) {
            leaveOut(reason);
        }
    }

    private void judge(Holdback held) {
        Integer reason = held.verdict();
        if (reason == null) {
            return;
        }
        if (reason == TrafficFilter.KEPT) {
            keep();
        } else {
            held.drop();
            heldBack = null;
            leaveOut(reason);
        }
    }

    /** Whatever is held back goes on its way. */
    private void keep() {
        if (heldBack != null) {
            heard |= heldBack.release();
            heldBack = null;
        }
    }

    private void leaveOut(int reason) {
        lane.filtered(reason);
        over = true;
    }

    private static int weight(Headers headers) {
        int weight = 0;
        for (Header field : headers.fields()) {
            weight += field.name().length() + field.value().length() + FIELD_OVERHEAD;
        }
        return weight;
    }

    private static Headers headers(HttpHeaders from) {
        List<Header> fields = new ArrayList<>(from.size());
        for (Map.Entry<String, String> field : from) {
            fields.add(new Header(field.getKey(), field.getValue()));
        }
        return new Headers(fields);
    }
}

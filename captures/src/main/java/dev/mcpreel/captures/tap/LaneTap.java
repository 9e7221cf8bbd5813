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
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The event loop's end of a lane for one exchange: copies once, counts, and remembers what the lane refused. */
final class LaneTap implements ExchangeTap {
    /** The objects that hold one header field. */
    private static final int FIELD_OVERHEAD = 64;

    private final Lane lane;
    private final long exchangeId;
    private final long connectionId;
    private final String peer;
    private final ExchangeAssembly assembly;

    private long requestBytes;
    private long responseBytes;
    private long requestEndNanos;
    private long responseEndNanos;
    private BodyLimit requestLimit = BodyLimit.NONE;
    private BodyLimit responseLimit = BodyLimit.NONE;
    private boolean heard;
    private boolean lossy;
    private boolean requestLossPending;
    private boolean responseLossPending;
    private boolean over;

    LaneTap(Lane lane, long exchangeId, long connectionId, String peer) {
        this.lane = lane;
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
        over = true;
        ExchangeEnd end = new ExchangeEnd(
                exchangeId,
                connectionId,
                atNanos,
                cause,
                endedBy,
                requestEndNanos,
                responseEndNanos,
                requestBytes,
                responseBytes,
                detail);
        TapItem.Whole item = new TapItem.Whole(assembly, end, detail.length(), lossy);
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
        offer(new TapItem.Whole(assembly, event, weight, lossy), 0);
    }

    private boolean offer(TapItem item, long bytes) {
        if (lane.offer(item)) {
            heard = true;
            return true;
        }
        lane.lost(!lossy, bytes);
        lossy = true;
        return false;
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

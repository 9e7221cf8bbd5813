package dev.mcpreel.captures.transfer;

import dev.mcpreel.captures.exchange.BodyPart;
import dev.mcpreel.captures.exchange.BodyState;
import dev.mcpreel.captures.exchange.Bytes;
import dev.mcpreel.captures.exchange.Direction;
import dev.mcpreel.captures.exchange.EndCause;
import dev.mcpreel.captures.exchange.EndedBy;
import dev.mcpreel.captures.exchange.ExchangeEnd;
import dev.mcpreel.captures.exchange.ExchangeEvent;
import dev.mcpreel.captures.exchange.Headers;
import dev.mcpreel.captures.exchange.PartKind;
import dev.mcpreel.captures.exchange.RequestHead;
import dev.mcpreel.captures.exchange.ResponseHead;
import dev.mcpreel.captures.exchange.UpstreamConnected;
import dev.mcpreel.captures.exchange.UpstreamPick;
import dev.mcpreel.captures.wire.SseSplitter;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** An entry that a browser or a proxy wrote, as the events a recorder would have seen. For one use. */
final class HarPlainEntry {
    /** The host of clients that a HAR does not name. */
    private static final String PEER = "har:0";

    private final Fields entry;
    private final URI url;
    private final long exchangeId;
    private final long connectionId;
    private final HarNotes notes;
    private final HarTimes times;
    private final List<ExchangeEvent> events = new ArrayList<>();
    private long requestBytes;
    private long responseBytes;
    private int index;

    HarPlainEntry(Fields entry, URI url, long startNanos, long exchangeId, long connectionId, HarNotes notes) {
        this.entry = entry;
        this.url = url;
        this.exchangeId = exchangeId;
        this.connectionId = connectionId;
        this.notes = notes;
        this.times = HarTimes.of(entry, startNanos);
    }

    List<ExchangeEvent> events() {
        Fields request = Fields.of(entry.where() + ", request", entry.node().get("request"));
        Fields response = Fields.of(entry.where() + ", response", entry.node().get("response"));
        request(request);
        int status = (int) response.number("status", 0);
        if (status > 0) {
            connected();
            response(response, status);
        }
        end(response, status);
        return events;
    }

    private void request(Fields request) {
        events.add(new RequestHead(
                exchangeId,
                connectionId,
                times.start(),
                PEER,
                request.text("method"),
                HarUrl.target(url),
                version(request),
                HarHeaders.of(request, url)));
        Bytes body = HarBody.sent(request);
        long told = (long) request.amount("bodySize", 0);
        if (body != null && !body.isEmpty()) {
            requestBytes = body.length();
            events.add(part(Direction.REQUEST, PartKind.BODY, times.start(), times.sent(), body, false, requestBytes));
        } else if (told > 0) {
            notes.missingBody();
            requestBytes = told;
            events.add(unkept(Direction.REQUEST, PartKind.BODY, times.sent(), told));
        }
    }

    private void connected() {
        int port = url.getPort() > 0 ? url.getPort() : url.getScheme().equalsIgnoreCase("https") ? 443 : 80;
        String address = entry.text("serverIPAddress", "");
        events.add(new UpstreamConnected(
                exchangeId,
                connectionId,
                times.sent(),
                UpstreamPick.only(HarUrl.origin(url)),
                address.isEmpty() ? url.getHost() + ":" + port : address + ":" + port,
                times.connect() == 0,
                times.connect()));
    }

    private void response(Fields response, int status) {
        Headers headers = HarHeaders.of(response, null);
        events.add(new ResponseHead(
                exchangeId,
                connectionId,
                times.head(),
                status,
                response.text("statusText", ""),
                version(response),
                headers));
        Fields content =
                Fields.of(response.where() + ", content", response.node().get("content"));
        Bytes body = HarBody.received(content);
        boolean stream = isEventStream(headers, content);
        long told = (long) Math.max(content.amount("size", 0), response.amount("bodySize", 0));
        if (body == null && (told > 0 || stream)) {
            notes.missingBody();
            responseBytes = told;
            events.add(unkept(Direction.RESPONSE, stream ? PartKind.SSE_EVENT : PartKind.BODY, times.end(), told));
        } else if (body != null && stream) {
            notes.stream();
            stream(body);
        } else if (body != null && !body.isEmpty()) {
            boolean decoded = headers.first("Content-Encoding") != null;
            long onWire = (long) response.amount("bodySize", body.length());
            responseBytes = onWire;
            events.add(part(Direction.RESPONSE, PartKind.BODY, times.head(), times.end(), body, decoded, onWire));
        }
    }

    private void stream(Bytes body) {
        SseSplitter splitter = new SseSplitter(Integer.MAX_VALUE, new SseSplitter.Sink() {
            @Override
            public void block(Bytes block, long firstByteNanos, long nanos) {
                events.add(streamed(PartKind.SSE_EVENT, block));
            }

            @Override
            public void oversized(long length, long firstByteNanos, long nanos) {
                throw new IllegalStateException("there is no cap");
            }
        });
        splitter.feed(body, times.end());
        if (splitter.tailLength() > 0) {
            events.add(streamed(PartKind.SSE_TAIL, splitter.tail()));
        }
        responseBytes = body.length();
    }

    private BodyPart streamed(PartKind kind, Bytes block) {
        return part(Direction.RESPONSE, kind, times.end(), times.end(), block, false, block.length());
    }

    private void end(Fields response, int status) {
        String error = response.text("_error", entry.text("_error", ""));
        boolean whole = status > 0 && error.isEmpty();
        events.add(new ExchangeEnd(
                exchangeId,
                connectionId,
                times.end(),
                whole ? EndCause.COMPLETE : cause(error),
                whole ? EndedBy.UPSTREAM : EndedBy.UNKNOWN,
                times.sent(),
                whole ? times.end() : 0,
                requestBytes,
                responseBytes,
                error));
    }

    /** The words of Chrome's network stack. */
    private static EndCause cause(String error) {
        String words = error.toUpperCase(Locale.ROOT);
        if (words.contains("CONNECTION_REFUSED") || words.contains("NAME_NOT_RESOLVED")) {
            return EndCause.CONNECT_FAILED;
        }
        if (words.contains("TIMED_OUT")) {
            return EndCause.TIMED_OUT;
        }
        return words.contains("RESET") ? EndCause.RESET : EndCause.CLOSED;
    }

    private static boolean isEventStream(Headers headers, Fields content) {
        String header = headers.first("Content-Type");
        String type = header == null ? content.text("mimeType", "") : header;
        return type.strip().toLowerCase(Locale.ROOT).startsWith("text/event-stream");
    }

    /** As HTTP/1.1 spells it; browsers write h2, http/2.0, or nothing they are sure of. */
    private static String version(Fields message) {
        String told = message.text("httpVersion", "").strip().toUpperCase(Locale.ROOT);
        if (told.startsWith("HTTP/")) {
            return told;
        }
        return switch (told) {
            case "H2" -> "HTTP/2.0";
            case "H3" -> "HTTP/3.0";
            default -> "HTTP/1.1";
        };
    }

    private BodyPart unkept(Direction direction, PartKind kind, long nanos, long length) {
        int place = direction == Direction.REQUEST ? 0 : index++;
        return new BodyPart(
                exchangeId,
                connectionId,
                nanos,
                nanos,
                direction,
                kind,
                place,
                BodyState.OMITTED,
                false,
                length,
                Bytes.EMPTY);
    }

    private BodyPart part(
            Direction direction, PartKind kind, long first, long nanos, Bytes body, boolean decoded, long length) {
        int place = direction == Direction.REQUEST ? 0 : index++;
        return new BodyPart(
                exchangeId, connectionId, nanos, first, direction, kind, place, BodyState.WHOLE, decoded, length, body);
    }
}

package dev.mcpreel.captures.store;

import dev.mcpreel.captures.exchange.RequestHead;
import dev.mcpreel.captures.exchange.ResponseHead;
import dev.mcpreel.captures.exchange.UpstreamConnected;

/** The records in front of the bodies: REQUEST_HEAD, UPSTREAM_CONNECTED, RESPONSE_HEAD. */
final class HeadCodec {
    private HeadCodec() {}

    static void encode(EncodeBuffer to, RequestHead head, long base) {
        int at = Items.begin(to, RecordType.REQUEST_HEAD, head.atNanos() - base);
        to.i32(0);
        Items.endFixed(to, at);
        to.string(head.method()).string(head.target()).string(head.version()).string(head.peer());
        to.headers(head.headers());
        Items.end(to, at);
    }

    static RequestHead requestHead(RecordView record) {
        VarReader var = record.var();
        String method = var.string();
        String target = var.string();
        String version = var.string();
        String peer = var.string();
        return new RequestHead(
                record.exchangeId, record.connectionId, record.monoNanos, peer, method, target, version, var.headers());
    }

    static void encode(EncodeBuffer to, UpstreamConnected upstream, long base) {
        int at = Items.begin(to, RecordType.UPSTREAM_CONNECTED, upstream.atNanos() - base);
        to.i32(0).i32(upstream.reused() ? 1 : 0).i64(upstream.connectNanos());
        Items.endFixed(to, at);
        to.string(upstream.instance()).string(upstream.address());
        Items.end(to, at);
    }

    static UpstreamConnected upstream(RecordView record) {
        VarReader var = record.var();
        return new UpstreamConnected(
                record.exchangeId,
                record.connectionId,
                record.monoNanos,
                var.string(),
                var.string(),
                record.u8(4, 0) != 0,
                record.i64(8));
    }

    static void encode(EncodeBuffer to, ResponseHead head, long base) {
        int at = Items.begin(to, RecordType.RESPONSE_HEAD, head.atNanos() - base);
        to.i32(0).i32(head.status());
        Items.endFixed(to, at);
        to.string(head.version()).string(head.reason()).headers(head.headers());
        Items.end(to, at);
    }

    static ResponseHead responseHead(RecordView record) {
        VarReader var = record.var();
        String version = var.string();
        String reason = var.string();
        return new ResponseHead(
                record.exchangeId,
                record.connectionId,
                record.monoNanos,
                record.i32(4),
                reason,
                version,
                var.headers());
    }
}

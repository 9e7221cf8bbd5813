package dev.mcpreel.captures.store;

import dev.mcpreel.captures.exchange.Direction;
import dev.mcpreel.captures.exchange.RequestHead;
import dev.mcpreel.captures.exchange.ResponseHead;
import dev.mcpreel.captures.exchange.Trailers;
import dev.mcpreel.captures.exchange.UpstreamChoice;
import dev.mcpreel.captures.exchange.UpstreamConnected;
import dev.mcpreel.captures.exchange.UpstreamFailed;
import dev.mcpreel.captures.exchange.UpstreamPick;
import org.jspecify.annotations.Nullable;

/** The records around the bodies: REQUEST_HEAD, UPSTREAM_CONNECTED, UPSTREAM_FAILED, RESPONSE_HEAD, TRAILERS. */
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
        to.i32(0)
                .u8(upstream.reused() ? 1 : 0)
                .u8(choice(upstream.pick()))
                .u8(0)
                .u8(0);
        to.i64(upstream.connectNanos());
        Items.endFixed(to, at);
        to.string(upstream.instance())
                .string(upstream.address())
                .string(upstream.pick().boundTo());
        Items.end(to, at);
    }

    static UpstreamConnected upstream(RecordView record) {
        VarReader var = record.var();
        String instance = var.string();
        String address = var.string();
        return new UpstreamConnected(
                record.exchangeId,
                record.connectionId,
                record.monoNanos,
                pick(record, instance, var.string()),
                address,
                record.u8(4, 0) != 0,
                record.i64(8));
    }

    static void encode(EncodeBuffer to, UpstreamFailed upstream, long base) {
        int at = Items.begin(to, RecordType.UPSTREAM_FAILED, upstream.atNanos() - base);
        to.i32(0).u8(0).u8(choice(upstream.pick())).u8(0).u8(0);
        to.i64(upstream.connectNanos());
        Items.endFixed(to, at);
        to.string(upstream.pick().instance())
                .string(upstream.reason())
                .string(upstream.pick().boundTo());
        Items.end(to, at);
    }

    static UpstreamFailed upstreamFailed(RecordView record) {
        VarReader var = record.var();
        String instance = var.string();
        String reason = var.string();
        return new UpstreamFailed(
                record.exchangeId,
                record.connectionId,
                record.monoNanos,
                pick(record, instance, var.string()),
                reason,
                record.i64(8));
    }

    private static int choice(UpstreamPick pick) {
        return Codes.UPSTREAM_CHOICE.of(pick.choice());
    }

    /** A choice this version does not know reads as a free one: that an upstream was reached must not be missed. */
    private static UpstreamPick pick(RecordView record, String instance, String boundTo) {
        UpstreamChoice choice = Codes.UPSTREAM_CHOICE.constant(record.u8(5, 0));
        return new UpstreamPick(instance, choice == null ? UpstreamChoice.BALANCED : choice, boundTo);
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

    static void encode(EncodeBuffer to, Trailers trailers, long base) {
        int at = Items.begin(to, RecordType.TRAILERS, trailers.atNanos() - base);
        to.i32(0).u8(Codes.DIRECTION.of(trailers.direction())).u8(0).u8(0).u8(0);
        Items.endFixed(to, at);
        to.headers(trailers.headers());
        Items.end(to, at);
    }

    /** Null when the direction is not known. */
    static @Nullable Trailers trailers(RecordView record) {
        Direction direction = Codes.DIRECTION.constant(record.u8(4, 0));
        return direction == null
                ? null
                : new Trailers(
                        record.exchangeId,
                        record.connectionId,
                        record.monoNanos,
                        direction,
                        record.var().headers());
    }
}

package dev.mcpreel.replay.rig;

import dev.mcpreel.captures.exchange.EndCause;
import dev.mcpreel.captures.exchange.EndedBy;
import dev.mcpreel.captures.exchange.RunSample;
import dev.mcpreel.captures.exchange.StepRecord;
import dev.mcpreel.captures.exchange.UpstreamPick;
import dev.mcpreel.captures.tap.ExchangeTap;
import dev.mcpreel.captures.tap.RunTap;
import dev.mcpreel.captures.tap.TrafficTap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;

/** Taps that keep nothing. */
final class Unrecorded implements TrafficTap, RunTap, ExchangeTap {
    @Override
    public long newConnectionId() {
        return 1;
    }

    @Override
    public ExchangeTap begin(EventLoop loop, long connectionId, String peer) {
        return this;
    }

    @Override
    public int nameId(String name) {
        return 1;
    }

    @Override
    public void step(StepRecord step) {}

    @Override
    public void sample(RunSample sample) {}

    @Override
    public long lostSteps() {
        return 0;
    }

    @Override
    public long exchangeId() {
        return 1;
    }

    @Override
    public void requestHead(HttpRequest head, long atNanos) {}

    @Override
    public void requestBody(ByteBuf bytes, long atNanos) {}

    @Override
    public void requestEnd(long atNanos) {}

    @Override
    public void requestTrailers(HttpHeaders trailers, long atNanos) {}

    @Override
    public void upstreamConnected(UpstreamPick pick, String address, boolean reused, long connectNanos, long atNanos) {}

    @Override
    public void upstreamFailed(UpstreamPick pick, String reason, long connectNanos, long atNanos) {}

    @Override
    public void responseTrailers(HttpHeaders trailers, long atNanos) {}

    @Override
    public void responseHead(HttpResponse head, long atNanos) {}

    @Override
    public void responseBody(ByteBuf bytes, long atNanos) {}

    @Override
    public void responseEnd(long atNanos) {}

    @Override
    public void end(EndCause cause, EndedBy endedBy, String detail, long atNanos) {}
}

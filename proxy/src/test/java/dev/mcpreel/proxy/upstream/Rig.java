package dev.mcpreel.proxy.upstream;

import dev.mcpreel.captures.exchange.UpstreamChoice;
import dev.mcpreel.captures.exchange.UpstreamPick;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.IntStream;

/** Upstreams a, b, c and so on, and what a relay does with them. */
final class Rig {
    static final ConnectFailure REFUSED = new ConnectFailure(false, "connection refused");

    final FakeProbe probe = new FakeProbe();
    final BalancedUpstreams upstreams;

    Rig(String balance, int count) {
        upstreams = BalancedUpstreams.of(Balance.parse(balance), named(count), probe, probe::nowNanos, 1);
    }

    static List<Upstream> named(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Upstream.of(URI.create(name((char) ('a' + i)))))
                .toList();
    }

    static String name(char letter) {
        return "http://" + letter + ":1";
    }

    /** Connects as a relay does: the next when one fails. */
    boolean connect(Assignment assignment) {
        while (probe.isDead(assignment.upstream().name())) {
            if (!assignment.connectFailed(REFUSED)) {
                return false;
            }
        }
        assignment.connected();
        return true;
    }

    /** An exchange that has a connection and has not ended. */
    Assignment begin(HttpRequest request) {
        return begin(request, "192.0.2.1");
    }

    Assignment begin(HttpRequest request, String client) {
        Assignment assignment = upstreams.assign(request, address(client));
        connect(assignment);
        return assignment;
    }

    /** A whole exchange, answered with 200. */
    UpstreamPick serve(HttpRequest request) {
        return serve(request, response(200));
    }

    UpstreamPick serve(HttpRequest request, HttpResponse response) {
        Assignment assignment = begin(request);
        assignment.responseHead(response);
        assignment.ended();
        return assignment.pick();
    }

    UpstreamStatus status(char letter) {
        return upstreams.status().get(letter - 'a');
    }

    static UpstreamPick balanced(char at) {
        return new UpstreamPick(name(at), UpstreamChoice.BALANCED, "");
    }

    static UpstreamPick bound(char at) {
        return new UpstreamPick(name(at), UpstreamChoice.BOUND, "");
    }

    static UpstreamPick rebound(char at, char from) {
        return new UpstreamPick(name(at), UpstreamChoice.REBOUND, name(from));
    }

    static HttpRequest post() {
        return request(HttpMethod.POST, "/mcp");
    }

    static HttpRequest post(String session) {
        return with(post(), SessionStrategy.SESSION_ID, session);
    }

    static HttpRequest request(HttpMethod method, String target) {
        return new DefaultHttpRequest(HttpVersion.HTTP_1_1, method, target);
    }

    static HttpRequest with(HttpRequest request, String header, String value) {
        request.headers().set(header, value);
        return request;
    }

    static HttpResponse response(int status) {
        return new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status));
    }

    static HttpResponse response(int status, String session) {
        HttpResponse response = response(status);
        response.headers().set(SessionStrategy.SESSION_ID, session);
        return response;
    }

    static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(literal, e);
        }
    }
}

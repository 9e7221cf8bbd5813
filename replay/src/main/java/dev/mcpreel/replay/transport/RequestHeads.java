package dev.mcpreel.replay.transport;

import dev.mcpreel.captures.exchange.Headers;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;

/** Writes the request heads of an agent. Nothing of the recorded heads is sent again. */
final class RequestHeads {
    private RequestHeads() {}

    static HttpRequest of(McpHttp client, HttpMethod method, int bodyLength, Headers extra) {
        Transport transport = client.transport();
        HttpRequest head = new DefaultHttpRequest(
                HttpVersion.HTTP_1_1, method, transport.target().path());
        HttpHeaders fields = head.headers()
                .set(HttpHeaderNames.HOST, transport.target().authority())
                .set(HttpHeaderNames.USER_AGENT, transport.userAgent());
        if (method.equals(HttpMethod.POST)) {
            // Servers of the field refuse a request that does not list both types literally.
            fields.set(HttpHeaderNames.ACCEPT, "application/json, text/event-stream")
                    .set(HttpHeaderNames.CONTENT_TYPE, "application/json")
                    .set(HttpHeaderNames.CONTENT_LENGTH, bodyLength);
        } else if (method.equals(HttpMethod.GET)) {
            fields.set(HttpHeaderNames.ACCEPT, "text/event-stream");
        }
        String cookies = client.cookies().header();
        if (cookies != null) {
            fields.set(HttpHeaderNames.COOKIE, cookies);
        }
        extra.fields().forEach(field -> fields.add(field.name(), field.value()));
        return head;
    }
}

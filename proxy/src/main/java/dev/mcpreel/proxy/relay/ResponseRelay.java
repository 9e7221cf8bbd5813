package dev.mcpreel.proxy.relay;

import dev.mcpreel.captures.exchange.EndCause;
import dev.mcpreel.captures.exchange.EndedBy;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

/** The way of a response, from the upstream to the client. Confined to the pair's loop. */
final class ResponseRelay {
    private final ConnectionPair pair;
    private final Channel client;

    ResponseRelay(ConnectionPair pair, Channel client) {
        this.pair = pair;
        this.client = client;
    }

    void receive(HttpObject object, long atNanos) {
        Exchange exchange = pair.exchange();
        if (exchange == null || exchange.isResponseWhole()) {
            // Nobody asked for it: a server's farewell on an idle connection, for example.
            ReferenceCountUtil.release(object);
            pair.upstreamGone();
        } else if (object.decoderResult().isFailure()) {
            String reason = Refusal.reason(object);
            ReferenceCountUtil.release(object);
            refuse(reason);
        } else if (object instanceof HttpResponse response) {
            relayHead(exchange, response, atNanos);
        } else if (object instanceof HttpContent content) {
            relayBody(exchange, content, atNanos);
        }
    }

    private void relayHead(Exchange exchange, HttpResponse response, long atNanos) {
        if (response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
            refuse("it switched protocols");
            return;
        }
        if (response.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
            exchange.interimHead();
        } else {
            exchange.responseHead(response, atNanos);
        }
        Sockets.write(client, response);
    }

    private void relayBody(Exchange exchange, HttpContent content, long atNanos) {
        boolean last = content instanceof LastHttpContent;
        if (exchange.response() == Exchange.Response.INTERIM) {
            exchange.interimEnd();
            Sockets.write(client, content);
        } else if (last) {
            exchange.responseBody(content.content(), atNanos);
            exchange.responseEnd(atNanos);
            client.write(content).addListener((ChannelFuture written) -> delivered(exchange, written));
        } else {
            exchange.responseBody(content.content(), atNanos);
            Sockets.write(client, content);
        }
    }

    private void delivered(Exchange exchange, ChannelFuture written) {
        if (written.isSuccess()) {
            exchange.delivered();
            pair.completeIfDone(exchange);
        } else {
            pair.clientFailed(written.cause());
        }
    }

    private void refuse(String what) {
        UpstreamLink link = pair.link();
        String name = link == null ? "" : link.upstream().name() + " ";
        Refusal refusal =
                new Refusal(HttpResponseStatus.BAD_GATEWAY, "upstream " + name + "cannot be relayed: " + what);
        pair.refuse(refusal, EndCause.BAD_RESPONSE, EndedBy.UPSTREAM);
    }
}

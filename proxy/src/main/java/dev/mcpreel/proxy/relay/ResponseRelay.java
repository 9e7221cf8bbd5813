package dev.mcpreel.proxy.relay;

import dev.mcpreel.captures.exchange.EndCause;
import dev.mcpreel.captures.exchange.EndedBy;
import dev.mcpreel.proxy.rewrite.ResponseRewrite;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

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
        UpstreamLink link = pair.links().current();
        if (exchange == null || exchange.isResponseWhole() || link == null) {
            ReferenceCountUtil.release(object);
            if (link != null) {
                pair.upstreamUnwanted(link);
            }
        } else if (object.decoderResult().isFailure()) {
            String reason = Refusal.reason(object);
            ReferenceCountUtil.release(object);
            refuse(reason);
        } else if (object instanceof HttpResponse response) {
            relayHead(exchange, link, response, atNanos);
        } else if (object instanceof HttpContent content) {
            relayBody(exchange, content, atNanos);
        }
    }

    /** The response ends here: gives out what its rewriting holds back. */
    void cut(@Nullable Exchange exchange) {
        if (exchange != null && exchange.rewrite() != null) {
            exchange.rewrite().cut(object -> Sockets.write(client, object));
        }
    }

    private void relayHead(Exchange exchange, UpstreamLink link, HttpResponse response, long atNanos) {
        if (response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
            refuse("it switched protocols");
            return;
        }
        if (response.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
            exchange.interimHead();
            Sockets.write(client, response);
        } else {
            link.answered(response);
            exchange.responseHead(response, atNanos);
            pass(exchange, response);
        }
    }

    private void relayBody(Exchange exchange, HttpContent content, long atNanos) {
        if (exchange.response() == Exchange.Response.INTERIM) {
            exchange.interimEnd();
            Sockets.write(client, content);
            return;
        }
        exchange.responseBody(content.content(), atNanos);
        if (content instanceof LastHttpContent last) {
            exchange.responseEnd(last.trailingHeaders(), atNanos);
        }
        pass(exchange, content);
    }

    private void pass(Exchange exchange, HttpObject object) {
        ResponseRewrite rewrite = exchange.rewrite();
        if (rewrite == null) {
            write(exchange, object);
        } else {
            rewrite.accept(object, rewritten -> write(exchange, rewritten));
        }
    }

    private void write(Exchange exchange, HttpObject object) {
        if (object instanceof LastHttpContent) {
            client.write(object).addListener((ChannelFuture written) -> delivered(exchange, written));
        } else {
            Sockets.write(client, object);
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
        UpstreamLink link = pair.links().current();
        String name = link == null ? "" : link.upstream().name() + " ";
        Refusal refusal =
                new Refusal(HttpResponseStatus.BAD_GATEWAY, "upstream " + name + "cannot be relayed: " + what);
        pair.refuse(refusal, EndCause.BAD_RESPONSE, EndedBy.UPSTREAM);
    }
}

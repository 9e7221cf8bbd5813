package dev.mcpreel.proxy.testkit;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.Collection;

/**
 * A server behind an HTTP decoder that answers each whole request with its method and target; a target with {@code broken}
 * in it gets a mutated answer. A request that it cannot read is a fault of whoever sent it.
 */
@SuppressWarnings("FutureReturnValueIgnored") // who does not want an answer has left
public final class EchoHandler extends ChannelInboundHandlerAdapter {
    private final Mutator mutator;
    private final Collection<String> faults;
    private String line = "";
    private boolean head;

    public EchoHandler(Mutator mutator, Collection<String> faults) {
        this.mutator = mutator;
        this.faults = faults;
    }

    /** The body that answers a request. */
    public static String echo(String line) {
        return "ECHO(" + line + ")END";
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        HttpObject object = (HttpObject) message;
        Throwable cause = object.decoderResult().cause();
        if (cause != null && !(cause instanceof PrematureChannelClosureException)) {
            faults.add("the upstream was sent what is no HTTP: " + cause + " in " + message);
        }
        if (object instanceof HttpRequest request) {
            line = request.method() + " " + request.uri();
            head = request.method().equals(HttpMethod.HEAD);
        }
        if (object instanceof LastHttpContent && cause == null) {
            answer(ctx);
        }
        ReferenceCountUtil.release(message);
    }

    private void answer(ChannelHandlerContext ctx) {
        String body = echo(line);
        String answer = "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + (head ? "" : body);
        byte[] bytes = line.contains("broken") ? mutator.mutate(answer) : answer.getBytes(StandardCharsets.ISO_8859_1);
        ByteBuf buffer = ctx.alloc().buffer(bytes.length).writeBytes(bytes);
        ctx.writeAndFlush(buffer);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        faults.add("the upstream failed: " + cause);
        ctx.close();
    }
}

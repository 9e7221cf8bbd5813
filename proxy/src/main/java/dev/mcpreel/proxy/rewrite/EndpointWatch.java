package dev.mcpreel.proxy.rewrite;

import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import java.util.function.Consumer;

/** Reads the first event of an event stream while all of it passes. */
final class EndpointWatch implements ResponseRewrite {
    private final EndpointListener listener;
    private final FirstEvent first = new FirstEvent();

    EndpointWatch(EndpointListener listener) {
        this.listener = listener;
    }

    /** The listener is told before the client is, who may use the endpoint at once. */
    @Override
    public void accept(HttpObject object, Consumer<? super HttpObject> out) {
        if (!first.isDecided() && object instanceof HttpContent content) {
            first.feed(content.content());
            LocatedText endpoint = first.endpoint();
            if (endpoint != null) {
                listener.named(endpoint);
            }
        }
        out.accept(object);
    }

    @Override
    public void cut(Consumer<? super HttpObject> out) {}
}

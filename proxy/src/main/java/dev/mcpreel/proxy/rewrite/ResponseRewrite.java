package dev.mcpreel.proxy.rewrite;

import io.netty.handler.codec.http.HttpObject;
import java.util.function.Consumer;

/**
 * The way of one response through the rewriting. Confined to an event loop. It may hold back, within its bound, what it
 * cannot judge yet, and nothing else: what need not change goes out in the call that brought it.
 */
public interface ResponseRewrite {
    /**
     * Takes an object over, with its reference, and gives out what may go to the client now; those become the taker's.
     *
     * @param object of the final response: its head, pieces of its body, at last a {@code LastHttpContent}
     */
    void accept(HttpObject object, Consumer<? super HttpObject> out);

    /** The response ends before it is whole: gives out what is held back, as it came. May be called at any time, also twice. */
    void cut(Consumer<? super HttpObject> out);
}

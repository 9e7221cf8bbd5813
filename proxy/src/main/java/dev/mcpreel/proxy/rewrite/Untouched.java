package dev.mcpreel.proxy.rewrite;

import io.netty.handler.codec.http.HttpObject;
import java.util.function.Consumer;

/** Passes everything on. */
enum Untouched implements ResponseRewrite {
    INSTANCE;

    @Override
    public void accept(HttpObject object, Consumer<? super HttpObject> out) {
        out.accept(object);
    }

    @Override
    public void cut(Consumer<? super HttpObject> out) {}
}

package dev.mcpreel.proxy.rewrite;

import dev.mcpreel.proxy.upstream.Upstream;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.AsciiString;
import java.util.Iterator;
import java.util.Map.Entry;

/** Applies a {@link HostMode}. Order and spelling of the fields stay as they are; a missing Host stays missing. */
public final class HostRule {
    private final HostMode mode;

    public HostRule(HostMode mode) {
        this.mode = mode;
    }

    public void apply(HttpRequest request, Upstream upstream) {
        switch (mode) {
            case PRESERVE -> {}
            case UPSTREAM -> replace(request, upstream.authority().toString());
        }
    }

    /** In place: set() of the headers would move the field to the end. */
    private static void replace(HttpRequest request, String host) {
        Iterator<Entry<CharSequence, CharSequence>> fields = request.headers().iteratorCharSequence();
        while (fields.hasNext()) {
            Entry<CharSequence, CharSequence> field = fields.next();
            if (AsciiString.contentEqualsIgnoreCase(field.getKey(), HttpHeaderNames.HOST)) {
                field.setValue(host);
            }
        }
    }
}

package dev.mcpreel.proxy.rewrite;

import dev.mcpreel.proxy.upstream.Assignment;
import dev.mcpreel.proxy.upstream.HostPort;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.util.AsciiString;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Decides at a response's head what becomes of it. Confined to an event loop. */
final class RewrittenResponse implements ResponseRewrite {
    /**
     * What of the request matters.
     *
     * @param told the host that the upstream is told; null when it is told none
     */
    record Request(boolean get, String target, @Nullable HostPort told) {}

    private final Request request;
    private final @Nullable OriginRules origin;
    private final boolean watched;
    private final Assignment assignment;
    private ResponseRewrite body = Untouched.INSTANCE;

    RewrittenResponse(Request request, @Nullable OriginRules origin, boolean watched, Assignment assignment) {
        this.request = request;
        this.origin = origin;
        this.watched = watched;
        this.assignment = assignment;
    }

    @Override
    public void accept(HttpObject object, Consumer<? super HttpObject> out) {
        if (object instanceof HttpResponse head) {
            if (origin != null) {
                origin.apply(
                        head.headers(), new UpstreamNames(assignment.upstream().authority(), request.told()));
            }
            body = readsBody(head) ? bodyOf(head) : Untouched.INSTANCE;
        }
        body.accept(object, out);
    }

    @Override
    public void cut(Consumer<? super HttpObject> out) {
        body.cut(out);
    }

    private boolean readsBody(HttpResponse head) {
        String coding = head.headers().get(HttpHeaderNames.CONTENT_ENCODING);
        return request.get()
                && head.status().equals(HttpResponseStatus.OK)
                && (coding == null || HttpHeaderValues.IDENTITY.contentEqualsIgnoreCase(coding));
    }

    private ResponseRewrite bodyOf(HttpResponse head) {
        if (isType(head, HttpHeaderValues.TEXT_EVENT_STREAM)) {
            EndpointListener listener = new EndpointListener(watched ? assignment : null, request.target());
            // A stream whose length was known before it began is no connection of the HTTP+SSE transport.
            if (origin != null && !head.headers().contains(HttpHeaderNames.CONTENT_LENGTH)) {
                return new EndpointBody(origin.publicUrl(), listener);
            }
            return watched ? new EndpointWatch(listener) : Untouched.INSTANCE;
        }
        if (origin != null && isType(head, HttpHeaderValues.APPLICATION_JSON) && origin.isMetadata(request.target())) {
            return new MetadataBody(origin.publicUrl());
        }
        return Untouched.INSTANCE;
    }

    private static boolean isType(HttpResponse head, AsciiString type) {
        CharSequence stated = HttpUtil.getMimeType(head);
        return stated != null && type.contentEqualsIgnoreCase(stated.toString().trim());
    }
}

package dev.mcpreel.proxy.rewrite;

import dev.mcpreel.proxy.upstream.Assignment;
import org.jspecify.annotations.Nullable;

/**
 * Tells the selector which endpoint an event stream names.
 *
 * @param assignment null when nobody wants to know
 * @param target of the request that opened the stream
 */
record EndpointListener(@Nullable Assignment assignment, String target) {
    void named(LocatedText endpoint) {
        if (assignment != null) {
            String resolved = RequestTarget.resolve(target, endpoint.text());
            if (resolved != null) {
                assignment.endpoint(resolved);
            }
        }
    }
}

package dev.mcpreel.proxy.relay;

import dev.mcpreel.proxy.upstream.Upstream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The upstream connections of one client: one for each upstream that has served it, and the one that serves its exchange.
 * Confined to the pair's loop.
 */
final class UpstreamLinks {
    private final List<UpstreamLink> open = new ArrayList<>(1);
    private @Nullable UpstreamLink current;

    /** The open connection to an upstream. */
    @Nullable
    UpstreamLink to(Upstream upstream) {
        for (UpstreamLink link : open) {
            if (link.upstream().equals(upstream)) {
                return link;
            }
        }
        return null;
    }

    /** The exchange is served by this one. */
    void use(UpstreamLink link) {
        if (!open.contains(link)) {
            open.add(link);
        }
        current = link;
    }

    /** The one that serves the exchange, or served the last. */
    @Nullable
    UpstreamLink current() {
        return current;
    }

    /** None serves until the next {@link #use}; the one that did stays open. */
    void rest() {
        current = null;
    }

    boolean isCurrent(UpstreamLink link) {
        return current == link;
    }

    /** It is gone. */
    void forget(UpstreamLink link) {
        open.remove(link);
        if (current == link) {
            current = null;
        }
    }

    /** Hands over all but the current one, and forgets them. */
    void dismissOthers(Consumer<UpstreamLink> farewell) {
        for (UpstreamLink link : List.copyOf(open)) {
            if (link != current) {
                open.remove(link);
                farewell.accept(link);
            }
        }
    }

    /** Hands over all of them, and forgets them. */
    void dismiss(Consumer<UpstreamLink> farewell) {
        current = null;
        dismissOthers(farewell);
    }
}

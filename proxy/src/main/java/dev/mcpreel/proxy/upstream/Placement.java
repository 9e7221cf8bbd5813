package dev.mcpreel.proxy.upstream;

import io.netty.handler.codec.http.HttpResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a strategy places one exchange. Confined to the exchange's loop, unless it has no state of its own. */
interface Placement {
    /**
     * Where the exchange goes.
     *
     * @param candidates not empty; in the order of the configuration
     */
    Instance choose(List<Instance> candidates);

    /** The instance that the exchange was bound to when it was placed; null when nothing bound it. */
    default @Nullable Instance home(Fleet fleet) {
        return null;
    }

    /** The exchange has a connection to an instance. */
    default void connected(Instance at) {}

    default void responseHead(Instance at, HttpResponse head) {}

    default void endpoint(Instance at, String target) {}

    default void ended(Instance at) {}
}

package dev.mcpreel.proxy.upstream;

import io.netty.handler.codec.http.HttpRequest;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** A way to balance. Thread-safe; never blocks. */
@FunctionalInterface
interface Strategy {
    /** How one exchange is to be placed. */
    Placement place(HttpRequest request, @Nullable InetAddress client);

    static Strategy of(Balance balance) {
        RoundRobin roundRobin = new RoundRobin();
        return switch (balance.kind()) {
            case ROUND_ROBIN -> (request, client) -> roundRobin;
            case LEAST -> {
                LeastInFlight least = new LeastInFlight();
                yield (request, client) -> least;
            }
            case SESSION -> new SessionStrategy(new SessionTable(SessionTable.DEFAULT_CAPACITY), roundRobin);
            case CLIENT_IP ->
                (request, client) -> client == null ? roundRobin : new HashPlacement(Key.of(client.getAddress()));
            case HEADER ->
                (request, client) -> {
                    String value = request.headers().get(balance.header());
                    return value == null || value.isEmpty() ? roundRobin : new HashPlacement(Key.of(value));
                };
        };
    }
}

package dev.mcpreel.proxy.upstream;

import io.netty.handler.codec.http.HttpRequest;
import java.net.InetAddress;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Several upstreams, and which of them serves an exchange. Thread-safe; never blocks.
 *
 * <p>An upstream that cannot be connected to is down for everybody, and no exchange is given to it while another is up.
 * It is tried in the background, and is up again with the first connection that stands. When all are down they are tried
 * nevertheless, each once for every exchange, in the order of the strategy.
 */
public final class BalancedUpstreams implements UpstreamSelector, AutoCloseable {
    private final Fleet fleet;
    private final Strategy strategy;
    private final HealthWatch health;
    private final LongSupplier nanoClock;

    private BalancedUpstreams(Fleet fleet, Strategy strategy, HealthWatch health, LongSupplier nanoClock) {
        this.fleet = fleet;
        this.strategy = strategy;
        this.health = health;
        this.nanoClock = nanoClock;
    }

    /**
     * A selector over these upstreams, all of them taken to be up. One alone is never probed: that would only be traffic
     * of our own.
     *
     * @param nanoClock monotonic
     * @param seed of the small differences between the waits before probes
     * @throws IllegalArgumentException when there is no upstream, or one twice; saying what to do about it
     */
    public static BalancedUpstreams of(
            Balance balance, List<Upstream> upstreams, UpstreamProbe probe, LongSupplier nanoClock, long seed) {
        Strategy strategy = upstreams.size() > 1 ? Strategy.of(balance) : Strategy.of(Balance.ROUND_ROBIN);
        return of(strategy, upstreams, probe, nanoClock, seed);
    }

    static BalancedUpstreams of(
            Strategy strategy, List<Upstream> upstreams, UpstreamProbe probe, LongSupplier nanoClock, long seed) {
        Fleet fleet = Fleet.of(upstreams, nanoClock.getAsLong());
        HealthWatch health = new HealthWatch(probe, nanoClock, new Backoff(seed), fleet.hasChoice());
        return new BalancedUpstreams(fleet, strategy, health, nanoClock);
    }

    @Override
    public Assignment assign(HttpRequest request, @Nullable InetAddress client) {
        return new BalancedAssignment(fleet, health, strategy.place(request, client));
    }

    /** How each upstream is, in the order of the configuration. */
    public List<UpstreamStatus> status() {
        long nowNanos = nanoClock.getAsLong();
        return fleet.instances().stream()
                .map(instance -> instance.status(nowNanos))
                .toList();
    }

    /** Ends the probing. Exchanges may still be assigned and end. */
    @Override
    public void close() {
        health.close();
    }
}

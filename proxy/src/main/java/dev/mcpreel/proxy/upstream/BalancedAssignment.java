package dev.mcpreel.proxy.upstream;

import dev.mcpreel.captures.exchange.UpstreamChoice;
import io.netty.handler.codec.http.HttpResponse;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One exchange on its way through the upstreams. */
final class BalancedAssignment implements Assignment {
    private enum Phase {
        /** Given to an instance, not connected yet. */
        GIVEN,
        /** Has a connection. */
        CONNECTED,
        /** In flight at no instance: over, or none could be connected to. */
        NOWHERE
    }

    private final Fleet fleet;
    private final HealthWatch health;
    private final Placement placement;
    private final BitSet tried = new BitSet();
    private Instance instance;
    private Phase phase = Phase.GIVEN;

    BalancedAssignment(Fleet fleet, HealthWatch health, Placement placement) {
        this.fleet = fleet;
        this.health = health;
        this.placement = placement;
        this.instance = placement.choose(fleet.candidates(tried));
        instance.give();
    }

    @Override
    public Upstream upstream() {
        return instance.upstream();
    }

    @Override
    public UpstreamChoice choice() {
        if (!fleet.hasChoice()) {
            return UpstreamChoice.ONLY;
        }
        Instance home = placement.home(fleet);
        if (home == null) {
            return UpstreamChoice.BALANCED;
        }
        return home == instance ? UpstreamChoice.BOUND : UpstreamChoice.REBOUND;
    }

    @Override
    public String boundTo() {
        Instance left = left();
        return left == null ? "" : left.name();
    }

    /** The instance that the exchange was moved away from; null when it was not. */
    private @Nullable Instance left() {
        return choice() == UpstreamChoice.REBOUND ? placement.home(fleet) : null;
    }

    @Override
    public void connected() {
        if (phase == Phase.CONNECTED) {
            return;
        }
        health.connected(instance);
        if (phase == Phase.NOWHERE) {
            return;
        }
        phase = Phase.CONNECTED;
        placement.connected(instance);
        Instance left = left();
        if (left != null) {
            left.lose();
        }
    }

    @Override
    public boolean connectFailed(ConnectFailure failure) {
        health.failed(instance, failure);
        if (phase != Phase.GIVEN) {
            return false;
        }
        instance.takeBack();
        tried.set(instance.index());
        List<Instance> candidates = fleet.candidates(tried);
        if (candidates.isEmpty()) {
            phase = Phase.NOWHERE;
            return false;
        }
        instance = placement.choose(candidates);
        instance.give();
        return true;
    }

    @Override
    public void responseHead(HttpResponse head) {
        connected();
        if (phase == Phase.CONNECTED) {
            placement.responseHead(instance, head);
        }
    }

    @Override
    public void endpoint(String target) {
        if (phase == Phase.CONNECTED) {
            placement.endpoint(instance, target);
        }
    }

    @Override
    public void ended() {
        if (phase != Phase.NOWHERE) {
            phase = Phase.NOWHERE;
            instance.finish();
            placement.ended(instance);
        }
    }
}

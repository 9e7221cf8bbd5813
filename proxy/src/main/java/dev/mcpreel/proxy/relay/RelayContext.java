package dev.mcpreel.proxy.relay;

import dev.mcpreel.captures.tap.TrafficTap;
import dev.mcpreel.proxy.rewrite.Rewriting;
import dev.mcpreel.proxy.upstream.UpstreamConnector;
import dev.mcpreel.proxy.upstream.UpstreamSelector;
import java.util.function.LongSupplier;

/**
 * What every connection pair of a proxy shares.
 *
 * @param tap watches every exchange
 * @param nanoClock monotonic nanoseconds
 */
public record RelayContext(
        UpstreamSelector selector,
        UpstreamConnector connector,
        Rewriting rewriting,
        RelayLimits limits,
        TrafficTap tap,
        LongSupplier nanoClock,
        RelayCounters counters) {}

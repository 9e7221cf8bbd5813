package dev.mcpreel.proxy.testkit;

import static org.awaitility.Awaitility.await;

import dev.mcpreel.captures.tap.ExchangeTap;
import dev.mcpreel.captures.tap.TrafficTap;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** Remembers every exchange in the order they began. Thread-safe. */
public final class CollectingTap implements TrafficTap {
    private final AtomicLong connectionIds = new AtomicLong();
    private final AtomicLong exchangeIds = new AtomicLong();
    private final List<SeenExchange> exchanges = new CopyOnWriteArrayList<>();

    @Override
    public long newConnectionId() {
        return connectionIds.incrementAndGet();
    }

    @Override
    public ExchangeTap begin(EventLoop loop, long connectionId, String peer) {
        SeenExchange exchange = new SeenExchange(exchangeIds.incrementAndGet(), loop, connectionId, peer);
        exchanges.add(exchange);
        return exchange;
    }

    public List<SeenExchange> exchanges() {
        return exchanges;
    }

    /** The exchange with this number, from 0, once it has ended. */
    public SeenExchange ended(int index) {
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> exchanges.size() > index && exchanges.get(index).isEnded());
        return exchanges.get(index);
    }
}

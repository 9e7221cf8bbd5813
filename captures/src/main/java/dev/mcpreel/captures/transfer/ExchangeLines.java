package dev.mcpreel.captures.transfer;

import dev.mcpreel.captures.exchange.BodyPart;
import dev.mcpreel.captures.exchange.EventKind;
import dev.mcpreel.captures.exchange.ExchangeEvent;
import dev.mcpreel.captures.wire.Json;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gathers the events of each exchange into one line, or into several where it is long or stays open for long: no event
 * is held back for more than {@link #WINDOW} others, nor while {@link #MOST_BYTES} go by.
 */
final class ExchangeLines {
    /** An importer that puts events back into order has to hold so many at most. */
    static final int WINDOW = 4_096;

    private static final long MOST_BYTES = 32L << 20;
    private static final long LINE_BYTES = 8L << 20;
    /** What an event takes beside its content, about. */
    private static final long EVENT_BYTES = 512;

    private final EventWriter writer;
    private final Consumer<ObjectNode> sink;
    /** The one with the oldest held event is first. */
    private final Map<Long, Open> open = new LinkedHashMap<>();

    private long bytes;

    ExchangeLines(EventWriter writer, Consumer<ObjectNode> sink) {
        this.writer = writer;
        this.sink = sink;
    }

    void add(long number, ExchangeEvent event, boolean incomplete) {
        long size =
                EVENT_BYTES + (event instanceof BodyPart part ? part.content().length() : 0);
        bytes += size;
        Open exchange = open.get(event.exchangeId());
        if (exchange != null && exchange.connection != event.connectionId()) {
            // No recorder writes that, but a log may be anybody's.
            open.remove(event.exchangeId());
            write(exchange);
            exchange = null;
        }
        if (exchange == null) {
            exchange = new Open(event, number, bytes);
            open.put(event.exchangeId(), exchange);
        }
        exchange.events.add(writer.write(number, event, incomplete));
        exchange.bytes += size;
        if (event.kind() == EventKind.EXCHANGE_END || exchange.bytes >= LINE_BYTES) {
            open.remove(event.exchangeId());
            write(exchange);
        }
        releaseOld(number);
    }

    void finish() {
        open.values().forEach(this::write);
        open.clear();
    }

    private void releaseOld(long number) {
        for (Iterator<Open> eldest = open.values().iterator(); eldest.hasNext(); ) {
            Open exchange = eldest.next();
            if (number - exchange.firstNumber < WINDOW / 2 && bytes - exchange.bytesBefore < MOST_BYTES) {
                return;
            }
            eldest.remove();
            write(exchange);
        }
    }

    private void write(Open exchange) {
        ObjectNode line = Json.mapper().createObjectNode().put("kind", "exchange");
        line.put("exchange", exchange.id).put("connection", exchange.connection);
        line.set("events", exchange.events);
        sink.accept(line);
    }

    private static final class Open {
        final long id;
        final long connection;
        final long firstNumber;
        final long bytesBefore;
        final ArrayNode events = Json.mapper().createArrayNode();
        long bytes;

        Open(ExchangeEvent first, long number, long bytesBefore) {
            this.id = first.exchangeId();
            this.connection = first.connectionId();
            this.firstNumber = number;
            this.bytesBefore = bytesBefore;
        }
    }
}

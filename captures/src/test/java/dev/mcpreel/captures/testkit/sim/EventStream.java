package dev.mcpreel.captures.testkit.sim;

import dev.mcpreel.captures.testkit.ScriptedExchange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A long event stream that many things come on, not in the order in which they are made up. */
final class EventStream {
    private final ScriptedExchange get;
    private final List<Block> blocks = new ArrayList<>();

    private record Block(double atMillis, String text) {}

    EventStream(ScriptedExchange get) {
        this.get = get;
    }

    void block(double atMillis, String text) {
        blocks.add(new Block(atMillis, text));
    }

    void event(double atMillis, String data) {
        block(atMillis, "event: message\ndata: " + data + "\n\n");
    }

    void close(double atMillis) {
        blocks.sort(Comparator.comparingDouble(Block::atMillis));
        blocks.forEach(block -> get.block(block.atMillis(), block.text()));
        get.end(atMillis);
    }
}

package dev.mcpreel.captures.tap;

import dev.mcpreel.captures.exchange.Bytes;
import dev.mcpreel.captures.exchange.Direction;
import dev.mcpreel.captures.exchange.ExchangeEnd;
import dev.mcpreel.captures.exchange.ExchangeEvent;

/** What an event loop hands to its recorder thread: something of one exchange. */
sealed interface TapItem {
    /** The exchange's state on the recorder's side. */
    ExchangeAssembly assembly();

    /** When it happened: nanoseconds of the capture's clock. */
    long atNanos();

    /** Bytes it carries. */
    int weight();

    /** Whether it ends something, and so lets the recorder let go of what it holds. */
    default boolean ends() {
        return false;
    }

    /**
     * A head or another event that is complete as it is.
     *
     * @param weight bytes of its texts, roughly
     * @param lossy whether the lane has refused anything of the exchange so far
     */
    record Whole(ExchangeAssembly assembly, ExchangeEvent event, int weight, boolean lossy) implements TapItem {
        @Override
        public long atNanos() {
            return event.atNanos();
        }

        @Override
        public boolean ends() {
            return event instanceof ExchangeEnd;
        }
    }

    /**
     * Some bytes of a body.
     *
     * @param bytes empty when the body is too long to be kept anyway
     * @param length how many there were
     * @param afterLoss whether bytes of this body were lost right before these
     */
    record Chunk(
            ExchangeAssembly assembly, Direction direction, Bytes bytes, int length, boolean afterLoss, long atNanos)
            implements TapItem {
        @Override
        public int weight() {
            return bytes.length();
        }
    }

    /**
     * A body is whole.
     *
     * @param afterLoss whether its last bytes were lost
     */
    record BodyEnd(ExchangeAssembly assembly, Direction direction, boolean afterLoss, long atNanos) implements TapItem {
        @Override
        public int weight() {
            return 0;
        }

        @Override
        public boolean ends() {
            return true;
        }
    }
}

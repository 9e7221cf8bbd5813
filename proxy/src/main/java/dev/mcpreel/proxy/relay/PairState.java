package dev.mcpreel.proxy.relay;

/** Where a connection pair is in its life. */
enum PairState {
    /** No exchange; the upstream is connected, or was never needed. */
    IDLE,
    /** An exchange waits for the connection to its upstream. */
    CONNECTING,
    /** An exchange is being relayed. */
    RELAYING,
    /** The upstreams are let go; the client gets its last bytes, and what it sends is dropped. */
    LEAVING,
    /** Both connections are closed, or closing with nothing left to say. */
    CLOSED;

    boolean isOver() {
        return this == LEAVING || this == CLOSED;
    }
}

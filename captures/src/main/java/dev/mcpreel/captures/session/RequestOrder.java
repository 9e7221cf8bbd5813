package dev.mcpreel.captures.session;

import java.util.Comparator;

/** The order in which an agent sent its requests. */
final class RequestOrder {
    /** By start; of the same start by exchange, and within a batch as they stood in it. */
    static final Comparator<RequestTrace> BY_START = Comparator.comparingLong(RequestTrace::startNanos)
            .thenComparingLong(RequestTrace::exchangeId)
            .thenComparingInt(RequestTrace::place);

    private RequestOrder() {}
}

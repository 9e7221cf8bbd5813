package dev.mcpreel.captures.transfer;

/**
 * When things happened in an entry. What a HAR marks as unknown with -1 is taken to have taken no time.
 *
 * @param start first byte of the request
 * @param sent its last byte
 * @param head the response head
 * @param end the last byte
 * @param connect how long connecting took, 0 when it was connected already
 */
record HarTimes(long start, long sent, long head, long end, long connect) {
    private static final double NANOS_PER_MILLI = 1e6;
    /** Ten years: more is a mistake of whoever wrote it. */
    private static final double MOST_MILLIS = 3.2e11;

    static HarTimes of(Fields entry, long startNanos) {
        Fields timings = entry.has("timings")
                ? Fields.of(entry.where() + ", timings", entry.node().get("timings"))
                : new Fields(entry.where(), entry.node());
        // "connect" holds "ssl" already.
        long connect = nanos(timings, "connect");
        long start = startNanos + nanos(timings, "blocked") + nanos(timings, "dns") + connect;
        long sent = start + nanos(timings, "send");
        long head = sent + nanos(timings, "wait");
        long end = head + nanos(timings, "receive");
        if (!timings.has("wait") && !timings.has("receive")) {
            end = Math.max(end, startNanos + nanos(entry, "time"));
            head = end;
        }
        return new HarTimes(start, sent, head, end, connect);
    }

    private static long nanos(Fields json, String name) {
        return Math.round(Math.min(MOST_MILLIS, json.amount(name, 0)) * NANOS_PER_MILLI);
    }
}

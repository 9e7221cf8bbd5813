package dev.mcpreel.benchmarks.soak;

/**
 * One call.
 *
 * @param number its JSON-RPC id, unique in a soak
 * @param dueNanos when the schedule wants it sent, on the monotonic clock
 */
record Call(Form form, long number, long dueNanos, int requestFiller, int answerFiller) {
    Message request() {
        return Messages.request(form, number, requestFiller, answerFiller);
    }

    /** What the server has to say to it. */
    Message answer(Message request) {
        return Messages.answer(form, number, request.length(), request.crc(), answerFiller);
    }
}

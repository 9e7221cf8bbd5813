package dev.mcpreel.captures.redact;

/** How many steps the search of one message may still take. */
final class Budget {
    private static final long STEPS_PER_BYTE = 100;
    private static final long STEPS = 1_000_000;

    private long left;

    Budget(int messageLength) {
        left = STEPS + STEPS_PER_BYTE * messageLength;
    }

    void take(long steps) {
        left -= steps;
        if (left < 0) {
            throw new OverBudgetException();
        }
    }
}

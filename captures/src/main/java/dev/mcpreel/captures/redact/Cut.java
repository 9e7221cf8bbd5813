package dev.mcpreel.captures.redact;

/** One place of a message that is replaced. */
record Cut(int from, int to, String text, String rule) {
    /** This one, made longer to end where the other does if that is further on. */
    Cut joinedWith(Cut other) {
        return other.to <= to ? this : new Cut(from, other.to, text, rule);
    }
}

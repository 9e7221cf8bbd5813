package dev.mcpreel.captures.session;

/**
 * What the answers to {@code tools/list} put into an agent's context.
 *
 * @param asked requests for it, answered or not
 * @param bytes of the different results, as JSON in UTF-8; a result that came again counts once
 * @param tools described in the different results
 * @param repeated answers that were equal to an earlier one of the session
 */
public record ListCost(long asked, long bytes, long tools, long repeated) {
    /** Never listed. */
    public static final ListCost NONE = new ListCost(0, 0, 0, 0);

    /** Bytes in one token, as a rule of thumb for JSON in English. */
    private static final int BYTES_PER_TOKEN = 4;

    ListCost plus(long moreAsked, long moreBytes, long moreTools, long moreRepeated) {
        return new ListCost(asked + moreAsked, bytes + moreBytes, tools + moreTools, repeated + moreRepeated);
    }

    /** About how many tokens a model reads for it: an estimate, four bytes for one. */
    public long tokens() {
        return (bytes + BYTES_PER_TOKEN - 1) / BYTES_PER_TOKEN;
    }
}

package dev.mcpreel.captures.exchange;

/**
 * The upstream an exchange was given to, and why.
 *
 * @param instance its name as configured, for example {@code http://127.0.0.1:3001}
 * @param boundTo the instance the exchange was bound to before, when {@link UpstreamChoice#REBOUND}; otherwise empty
 */
public record UpstreamPick(String instance, UpstreamChoice choice, String boundTo) {
    /** The only upstream there is. */
    public static UpstreamPick only(String instance) {
        return new UpstreamPick(instance, UpstreamChoice.ONLY, "");
    }
}

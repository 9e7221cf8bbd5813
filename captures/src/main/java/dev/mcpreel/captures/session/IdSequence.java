package dev.mcpreel.captures.session;

import dev.mcpreel.captures.wire.RpcId;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The JSON-RPC ids one client has used, as far as they count up: {@code 0, 1, 2, ...} of the TypeScript and Python SDKs,
 * {@code "<prefix>-<n>"} of the Java SDK. Clients that always send the same id follow nothing.
 */
final class IdSequence {
    /** How far a request may run ahead of the last one seen; concurrent requests reach the log in any order. */
    private static final long AHEAD = 16;

    private static final int WINDOW = Long.SIZE;
    private static final Pattern PREFIXED = Pattern.compile("(.{4,64})-(\\d{1,9})");

    private @Nullable String prefix;
    private long highest = -1;

    private @Nullable RpcId latest;
    private long repeated;
    private long added;

    /** Bit n: whether {@code highest - n} was used. */
    private long used;

    /** The prefix of an id of the Java SDK's kind, or null. */
    static @Nullable String prefixOf(@Nullable RpcId id) {
        Matcher matcher = id == null || id.number() ? null : matcher(id);
        return matcher == null ? null : matcher.group(1);
    }

    void add(@Nullable RpcId id) {
        added++;
        repeated += id != null && id.equals(latest) ? 1 : 0;
        latest = id;
        long number = number(id);
        if (number < 0 || id == null) {
            return;
        }
        prefix = prefixOf(id);
        if (number > highest) {
            long ahead = number - highest;
            used = (ahead < WINDOW && highest >= 0 ? used << ahead : 0) | 1;
            highest = number;
        } else if (highest - number < WINDOW) {
            used |= 1L << (highest - number);
        }
    }

    /** Whether the client sends the same id again and again, as gateways do that answer for many. */
    boolean isAlwaysTheSame() {
        return repeated >= 3 && 2 * repeated >= added;
    }

    /** Whether this client may have sent the id next, or just before what was seen last. */
    boolean isFollowedBy(@Nullable RpcId id) {
        long number = number(id);
        if (number < 0 || highest < 0 || !Objects.equals(prefix, prefixOf(id))) {
            return false;
        }
        long ahead = number - highest;
        return ahead > 0 ? ahead <= AHEAD : -ahead < WINDOW && (used >>> -ahead & 1) == 0;
    }

    /** Whether the id is the very next one. */
    boolean isNext(@Nullable RpcId id) {
        return isFollowedBy(id) && number(id) == highest + 1;
    }

    private static long number(@Nullable RpcId id) {
        if (id == null) {
            return -1;
        }
        String digits = id.text();
        if (!id.number()) {
            Matcher matcher = matcher(id);
            digits = matcher == null ? "" : matcher.group(2);
        }
        return digits.length() > 18 || !digits.chars().allMatch(c -> c >= '0' && c <= '9') || digits.isEmpty()
                ? -1
                : Long.parseLong(digits);
    }

    private static @Nullable Matcher matcher(RpcId id) {
        if (id.text().length() > 80) {
            return null;
        }
        Matcher matcher = PREFIXED.matcher(id.text());
        return matcher.matches() ? matcher : null;
    }
}

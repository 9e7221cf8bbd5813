package dev.mcpreel.captures.store;

import java.util.Objects;
import java.util.stream.Stream;

/**
 * How a recording's proxy stood between the two ends.
 *
 * @param host which Host the upstreams saw: {@code preserve} or {@code upstream}
 * @param balance how exchanges were spread over the upstreams, as after {@code --balance}; empty for one upstream
 * @param publicUrl the origin that stood in place of the upstreams' own in responses; empty when nothing was rewritten
 * @param forwarded whether Forwarded fields were added
 */
public record RelayInfo(String host, String balance, String publicUrl, boolean forwarded) {
    public RelayInfo {
        Stream.of(host, balance, publicUrl).forEach(Objects::requireNonNull);
    }
}

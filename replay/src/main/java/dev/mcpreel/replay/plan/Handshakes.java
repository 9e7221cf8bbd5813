package dev.mcpreel.replay.plan;

import dev.mcpreel.captures.exchange.StepKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the transport sessions of a capture began and ended. Agents that shared one in the recording have each their own live,
 * so each needs its handshake, and its DELETE where the shared one got one.
 */
final class Handshakes {
    private static final Comparator<Sent> BY_START = Comparator.comparingLong(Sent::startNanos);

    private final Map<String, Sent> initialize = new HashMap<>();
    private final Map<String, Sent> initialized = new HashMap<>();
    private final Map<String, Sent> delete = new HashMap<>();

    /** @param sessions what each agent session of the capture sent */
    Handshakes(List<List<Sent>> sessions) {
        for (List<Sent> sent : sessions) {
            for (Sent one : sent) {
                Map<String, Sent> kind = kindOf(one);
                if (kind != null && !one.transport().isEmpty()) {
                    kind.putIfAbsent(one.transport(), one);
                }
            }
        }
    }

    private @Nullable Map<String, Sent> kindOf(Sent one) {
        if (one.kind() == StepKind.DELETE) {
            return delete;
        }
        if (one.method().equals("initialize")) {
            return initialize;
        }
        return one.method().equals("notifications/initialized") ? initialized : null;
    }

    /**
     * What an agent sends that has its transport sessions for itself, in order of start; null when one of them was begun before
     * the recording, so that nobody knows how.
     */
    @Nullable
    List<Sent> complete(List<Sent> sent) {
        List<Sent> all = new ArrayList<>(sent);
        for (String transport : transports(sent)) {
            List<Sent> its = sent.stream()
                    .filter(one -> one.transport().equals(transport))
                    .toList();
            if (its.stream().noneMatch(one -> one.method().equals("initialize"))) {
                Sent begun = initialize.get(transport);
                if (begun == null) {
                    return null;
                }
                long first = its.stream().mapToLong(Sent::startNanos).min().orElse(0);
                all.addAll(0, begin(begun, its, first));
            }
            Sent ended = delete.get(transport);
            if (ended != null && its.stream().noneMatch(one -> one.kind() == StepKind.DELETE)) {
                long last = its.stream()
                        .filter(one -> one.kind() != StepKind.STREAM)
                        .mapToLong(Sent::endNanos)
                        .max()
                        .orElse(0);
                all.add(ended.at(last + 1));
            }
        }
        all.sort(BY_START);
        return all;
    }

    /** Over just before the first step. */
    private List<Sent> begin(Sent begun, List<Sent> its, long firstNanos) {
        Sent told = its.stream().anyMatch(one -> one.method().equals("notifications/initialized"))
                ? null
                : initialized.get(begun.transport());
        if (told == null) {
            return List.of(begun.at(firstNanos - begun.tookNanos() - 1));
        }
        Sent tells = told.at(firstNanos - told.tookNanos() - 1);
        return List.of(begun.at(tells.startNanos() - begun.tookNanos() - 1), tells);
    }

    private static Set<String> transports(List<Sent> sent) {
        Set<String> transports = new LinkedHashSet<>();
        sent.forEach(one -> transports.add(one.transport()));
        transports.remove("");
        return transports;
    }
}

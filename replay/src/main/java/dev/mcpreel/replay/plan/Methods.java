package dev.mcpreel.replay.plan;

import java.util.Set;

/** The methods the protocol defines for clients, in all revisions up to 2026-07-28. Of these only a call can do harm. */
final class Methods {
    private static final Set<String> KNOWN = Set.of(
            "initialize",
            "ping",
            "tools/list",
            "tools/call",
            "resources/list",
            "resources/templates/list",
            "resources/read",
            "resources/subscribe",
            "resources/unsubscribe",
            "prompts/list",
            "prompts/get",
            "completion/complete",
            "logging/setLevel",
            "tasks/list",
            "tasks/get",
            "tasks/result",
            "tasks/update",
            "tasks/cancel",
            "server/discover",
            "subscriptions/listen",
            "notifications/initialized",
            "notifications/roots/list_changed");

    private Methods() {}

    static boolean isKnown(String method) {
        return KNOWN.contains(method);
    }
}

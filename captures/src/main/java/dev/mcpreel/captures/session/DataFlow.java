package dev.mcpreel.captures.session;

import dev.mcpreel.captures.wire.JsonRpcMessage;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Which transport session was given which value: cursors, task ids, request states, and handles in results, which servers of
 * revision 2026-07-28 hand out in place of a session (server/tools, stateful tools). A value given to two says nothing any more. Bounded
 * in number; only hashes are kept.
 */
final class DataFlow {
    private static final int VALUES = 65_536;
    private static final int PER_MESSAGE = 64;
    private static final int NODES = 512;
    private static final int TEXT = 16_384;

    /** What looks like a handle: one word, long enough, with a letter and a digit; dates and times are none. */
    private static final Pattern HANDLE =
            Pattern.compile("(?<![\\w-])(?!\\d{4}-\\d\\d)(?=[\\w-]*\\d)(?=[\\w-]*[A-Za-z])[\\w-]{6,128}(?![\\w-])");

    private final Map<Long, Owner> owners = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Owner> eldest) {
            return size() > VALUES;
        }
    };

    private record Owner(@Nullable Transport transport) {}

    /** The session that was given most of what the exchange sends, null when none was or two were given as much. */
    @Nullable
    Transport userOf(OpenExchange exchange) {
        if (owners.isEmpty()) {
            return null;
        }
        Map<Transport, Integer> votes = new HashMap<>(2);
        for (JsonRpcMessage message : exchange.sent()) {
            for (long value : handles(message.node().path("params"), true)) {
                Owner owner = owners.get(value);
                if (owner != null && owner.transport() != null) {
                    votes.merge(owner.transport(), 1, Integer::sum);
                }
            }
        }
        Transport most = null;
        int best = 0;
        for (Map.Entry<Transport, Integer> vote : votes.entrySet()) {
            most = vote.getValue() > best ? vote.getKey() : vote.getValue() == best ? null : most;
            best = Math.max(best, vote.getValue());
        }
        return most;
    }

    /** A session got this. */
    void issued(OpenExchange exchange, Transport transport) {
        Set<Long> sent = new HashSet<>();
        exchange.sent().forEach(message -> sent.addAll(handles(message.node().path("params"), true)));
        for (TimedMessage timed : exchange.responses()) {
            if (timed.message() instanceof JsonRpcMessage.Response answer && !answer.isError()) {
                for (long value : handles(answer.result(), false)) {
                    if (!sent.contains(value)) {
                        owners.merge(
                                value, new Owner(transport), (old, now) -> old.equals(now) ? old : new Owner(null));
                    }
                }
            }
        }
    }

    /** The hashes of the words that look like handles, the first of them. */
    private static Set<Long> handles(JsonNode root, boolean request) {
        Set<Long> found = new HashSet<>();
        Deque<JsonNode> nodes = new ArrayDeque<>();
        nodes.add(root);
        for (int seen = 0; !nodes.isEmpty() && seen < NODES && found.size() < PER_MESSAGE; seen++) {
            JsonNode node = nodes.remove();
            if (node.isString()) {
                words(node.stringValue(), found);
            } else if (node.isContainer() && nodes.size() < NODES) {
                for (Map.Entry<String, JsonNode> member : node.properties()) {
                    if (!(request && member.getKey().equals("_meta"))
                            && !member.getKey().equals("name")) {
                        nodes.add(member.getValue());
                    }
                }
                if (node.isArray()) {
                    node.forEach(nodes::add);
                }
            }
        }
        return found;
    }

    private static void words(String text, Set<Long> found) {
        Matcher matcher = HANDLE.matcher(text.length() <= TEXT ? text : text.substring(0, TEXT));
        while (found.size() < PER_MESSAGE && matcher.find()) {
            found.add(hash(matcher.group()));
        }
    }

    private static long hash(String word) {
        long hash = 1125899906842597L;
        for (int i = 0; i < word.length(); i++) {
            hash = 31 * hash + word.charAt(i);
        }
        return hash;
    }
}

package dev.mcpreel.captures.session;

import dev.mcpreel.captures.wire.JsonRpcMessage;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Which transport session was given which value: cursors, task ids, request states, and handles in results, which servers of
 * revision 2026-07-28 hand out in place of a session (server/tools, stateful tools). A value given to two says nothing any more, nor
 * does one that was used before it was given or by another than it was given to. Bounded in number; only hashes are kept.
 */
final class DataFlow {
    private static final int VALUES = 65_536;
    private static final int PER_MESSAGE = 64;
    private static final int NODES = 512;
    private static final int TEXT = 16_384;

    private static final int SHORTEST = 6;
    private static final int LONGEST = 128;
    private static final Owner NOBODY = new Owner(null);

    /** Marks the hash of a word that is too long and has too many digits to be in use by chance. */
    private static final long CERTAIN = 1;

    private static final int CERTAIN_LENGTH = 12;
    private static final int CERTAIN_DIGITS = 3;

    private final Map<Long, Owner> owners = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Owner> eldest) {
            return size() > VALUES;
        }
    };

    private record Owner(@Nullable Transport transport) {}

    /**
     * The session that was asked for what the exchange gives, else the one that was given most of what it sends; null when none
     * was or two were given as much.
     */
    @Nullable
    Transport userOf(OpenExchange exchange) {
        if (owners.isEmpty()) {
            return null;
        }
        Transport asked = askedFor(exchange);
        if (asked != null) {
            return asked;
        }
        return userOf(exchange, false);
    }

    private @Nullable Transport userOf(OpenExchange exchange, boolean certain) {
        Map<Transport, Integer> votes = new HashMap<>(2);
        for (long value : exchange.handles()) {
            Owner owner = certain && (value & CERTAIN) == 0 ? null : owners.get(value);
            if (owner != null && owner.transport() != null) {
                votes.merge(owner.transport(), 1, Integer::sum);
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

    /** What the messages of a client have that may be a handle. */
    static Set<Long> sent(List<JsonRpcMessage> messages) {
        Set<Long> sent = new HashSet<>();
        messages.forEach(message -> handles(message.node().path("params"), true, sent));
        return sent;
    }

    /** The session that was given most of what it sends that nobody would use by chance, or null. */
    @Nullable
    Transport certainUserOf(OpenExchange exchange) {
        return owners.isEmpty() ? null : userOf(exchange, true);
    }

    /** A session sent this. */
    void used(OpenExchange exchange, Transport transport) {
        for (long value : exchange.handles()) {
            Owner owner = owners.get(value);
            if (owner == null || owner.transport() != transport) {
                owners.put(value, NOBODY);
            }
        }
    }

    /** A session got this. */
    void issued(OpenExchange exchange, Transport transport) {
        Set<Long> sent = exchange.handles();
        Owner now = new Owner(transport);
        for (TimedMessage timed : exchange.responses()) {
            if (timed.message() instanceof JsonRpcMessage.Response answer && !answer.isError()) {
                asked(exchange, answer, transport);
                Set<Long> given = new HashSet<>();
                handles(answer.result(), false, given);
                for (long value : given) {
                    if (!sent.contains(value)) {
                        owners.merge(value, now, (old, same) -> old.equals(same) ? old : NOBODY);
                    }
                }
            }
        }
    }

    /** Where the server asked for more, whoever sends the same with it goes on (2026-07-28, basic/patterns/mrtr). */
    private void asked(OpenExchange exchange, JsonRpcMessage.Response answer, Transport transport) {
        if (!answer.result().path("resultType").asString("").equals("input_required")) {
            return;
        }
        for (JsonRpcMessage message : exchange.sent()) {
            if (message instanceof JsonRpcMessage.Request request && Objects.equals(request.id(), answer.id())) {
                JsonNode state = answer.result().path("requestState");
                long value =
                        state.isString() ? state(state) : same(message.node().path("params"));
                owners.merge(value, new Owner(transport), (old, now) -> old.equals(now) ? old : NOBODY);
            }
        }
    }

    /** The session that was asked for what the exchange gives: by the state it brings back, without one by what it asks. */
    @Nullable
    Transport askedFor(OpenExchange exchange) {
        for (JsonRpcMessage message : exchange.sent()) {
            JsonNode params = message.node().path("params");
            JsonNode state = params.path("requestState");
            boolean goesOn = state.isString() || params.has("inputResponses");
            Owner asked = goesOn ? owners.get(state.isString() ? state(state) : same(params)) : null;
            if (asked != null && asked.transport() != null) {
                return asked.transport();
            }
        }
        return null;
    }

    private static long state(JsonNode requestState) {
        return 37L * requestState.stringValue().hashCode()
                + requestState.stringValue().length();
    }

    private static long same(JsonNode params) {
        return 31L * params.path("name").hashCode() + params.path("arguments").hashCode();
    }

    /** The hashes of the words that look like handles, the first of them. */
    private static void handles(JsonNode root, boolean request, Set<Long> found) {
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
    }

    /** What looks like a handle: one word, long enough, with a letter and a digit; dates and times are none. */
    private static void words(String text, Set<Long> found) {
        int end = Math.min(text.length(), TEXT);
        int at = 0;
        while (at < end && found.size() < PER_MESSAGE) {
            int from = at;
            boolean letter = false;
            int digits = 0;
            long hash = 1125899906842597L;
            for (; at < text.length() && isWord(text.charAt(at)); at++) {
                char c = text.charAt(at);
                boolean isDigit = c >= '0' && c <= '9';
                digits += isDigit ? 1 : 0;
                letter |= !isDigit && c != '-' && c != '_';
                hash = 31 * hash + c;
            }
            int length = at - from;
            if (letter && digits > 0 && length >= SHORTEST && length <= LONGEST && !isDate(text, from, length)) {
                boolean certain = length >= CERTAIN_LENGTH && digits >= CERTAIN_DIGITS;
                found.add(certain ? hash | CERTAIN : hash & ~CERTAIN);
            }
            at++;
        }
    }

    private static boolean isWord(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    }

    private static boolean isDate(String text, int from, int length) {
        for (int i = 0; i < 7 && length > 7; i++) {
            char c = text.charAt(from + i);
            if (i == 4 ? c != '-' : c < '0' || c > '9') {
                return false;
            }
        }
        return length > 7;
    }
}

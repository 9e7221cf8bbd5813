package dev.mcpreel.replay.bind;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The words of names and the runs of letters and digits of texts. */
final class Words {
    private static final Set<String> ID_WORDS = Set.of(
            "id", "ids", "uuid", "guid", "handle", "token", "cursor", "ref", "sha", "hash", "etag", "key", "session",
            "uri", "url", "href");

    private Words() {}

    /** Whether a member of this name holds ids: {@code ticket_id}, {@code basketId}, {@code id}, {@code handle}. */
    static boolean isIdKey(String name) {
        return ID_WORDS.contains(last(name));
    }

    /** The name without case and separators. */
    static String plain(String name) {
        StringBuilder plain = new StringBuilder(name.length());
        name.chars().filter(Character::isLetterOrDigit).forEach(c -> plain.append((char) c));
        return plain.toString().toLowerCase(Locale.ROOT);
    }

    private static String last(String name) {
        int end = name.length();
        while (end > 0 && !Character.isLetter(name.charAt(end - 1))) {
            end--;
        }
        int at = end;
        while (at > 0 && Character.isLetter(name.charAt(at - 1))) {
            at--;
            boolean hump =
                    Character.isUpperCase(name.charAt(at)) && (at == 0 || !Character.isUpperCase(name.charAt(at - 1)));
            if (hump) {
                break;
            }
        }
        return name.substring(at, end).toLowerCase(Locale.ROOT);
    }

    /** Hears the runs of letters and digits of a text. */
    interface RunSink {
        void run(int from, int to);
    }

    static void runs(String text, RunSink sink) {
        int at = 0;
        while (at < text.length()) {
            while (at < text.length() && !Character.isLetterOrDigit(text.charAt(at))) {
                at++;
            }
            int from = at;
            while (at < text.length() && Character.isLetterOrDigit(text.charAt(at))) {
                at++;
            }
            if (at > from) {
                sink.run(from, at);
            }
        }
    }

    /** The longest run, the first of several; empty when there is none. */
    static String longestRun(String text) {
        int[] best = new int[2];
        runs(text, (from, to) -> {
            if (to - from > best[1] - best[0]) {
                best[0] = from;
                best[1] = to;
            }
        });
        return text.substring(best[0], best[1]);
    }

    /** What is listed under the run of the value that has the fewest, which is all that can hold the whole value. */
    static <T> List<T> rarest(String value, Map<String, List<T>> byRun) {
        List<List<T>> fewest = new ArrayList<>(1);
        runs(value, (from, to) -> {
            List<T> listed = byRun.getOrDefault(value.substring(from, to), List.of());
            if (fewest.isEmpty()) {
                fewest.add(listed);
            } else if (listed.size() < fewest.get(0).size()) {
                fewest.set(0, listed);
            }
        });
        return fewest.isEmpty() ? List.of() : fewest.get(0);
    }

    /** Where the value stands in the text with no letter or digit running on at either end, from a position; -1 if not. */
    static int find(String text, String value, int from) {
        int at = text.indexOf(value, from);
        while (at >= 0) {
            if (isEdge(text, at) && isEdge(text, at + value.length())) {
                return at;
            }
            at = text.indexOf(value, at + 1);
        }
        return -1;
    }

    static boolean contains(String text, String value) {
        return find(text, value, 0) >= 0;
    }

    private static boolean isEdge(String text, int at) {
        return at == 0
                || at == text.length()
                || !Character.isLetterOrDigit(text.charAt(at - 1))
                || !Character.isLetterOrDigit(text.charAt(at));
    }
}

package dev.mcpreel.captures.tap;

import dev.mcpreel.captures.exchange.Headers;
import dev.mcpreel.captures.tap.FilterRule.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Which exchanges are left out of a recording on purpose. A rule judges only the exchanges it speaks of: {@code path:} every
 * one, {@code method:} those that carry JSON-RPC requests or notifications, {@code tool:} calls of tools. What no rule speaks
 * of is kept, and so is an answer to the server. Immutable.
 */
public final class TrafficFilter {
    /** Keeps everything. */
    public static final TrafficFilter NONE = new TrafficFilter(List.of(), List.of());

    /** Instead of a reason's number: the exchange is kept. */
    static final int KEPT = -1;

    /** So many that nobody writes them, and few enough for one record of the log. */
    private static final int MOST_RULES = 50;

    private static final String CALL = "tools/call";

    /** The first whose {@code Mcp-Method} and {@code Mcp-Name} a server has to hold against the body. */
    private static final String HEADERS_SINCE = "2026-07-28";

    private final List<FilterRule> only;
    private final List<FilterRule> except;
    private final List<FilterRule> rules;
    private final List<Check> checks = new ArrayList<>();
    private final boolean readsTools;
    private final boolean readsMessages;

    private TrafficFilter(List<FilterRule> only, List<FilterRule> except) {
        this.only = only;
        this.except = except;
        rules = new ArrayList<>(only);
        rules.addAll(except);
        for (Kind kind : Kind.values()) {
            List<FilterRule> same =
                    only.stream().filter(rule -> rule.kind() == kind).toList();
            if (!same.isEmpty()) {
                String reason = same.size() == 1 ? same.get(0).toString() : "only " + kind.label();
                checks.add(new Check(
                        kind, reason, same.stream().map(FilterRule::glob).toList(), false));
            }
        }
        except.forEach(rule -> checks.add(new Check(rule.kind(), rule.toString(), List.of(rule.glob()), true)));
        checks.sort(Comparator.comparing(Check::kind));
        readsTools = rules.stream().anyMatch(rule -> rule.kind() == Kind.TOOL);
        readsMessages = rules.stream().anyMatch(rule -> rule.kind() != Kind.PATH);
    }

    /**
     * Of several {@code only} rules of one kind one must match; an {@code except} rule that matches leaves out.
     *
     * @param only rules like {@code path:/mcp*}, {@code method:tools/*} or {@code tool:search}
     * @throws dev.mcpreel.captures.store.CaptureException of category {@code INPUT} that names the option and the cure
     */
    public static TrafficFilter of(List<String> only, List<String> except) {
        if (only.size() + except.size() > MOST_RULES) {
            String option = only.isEmpty() ? "except" : "only";
            throw FilterRule.wrong(option, "...", "more than " + MOST_RULES + " rules; write fewer, with *");
        }
        return new TrafficFilter(parsed("only", only), parsed("except", except));
    }

    private static List<FilterRule> parsed(String option, List<String> texts) {
        return texts.stream()
                .map(text -> FilterRule.parse(option, text))
                .distinct()
                .toList();
    }

    /** This filter, which in words and counts has its paths as the operator makes of them. */
    public TrafficFilter tellingPaths(UnaryOperator<String> words) {
        return new TrafficFilter(
                only.stream().map(rule -> rule.telling(words)).toList(),
                except.stream().map(rule -> rule.telling(words)).toList());
    }

    public boolean isEmpty() {
        return rules.isEmpty();
    }

    /** Every rule as it was written, or is told, for example {@code only path:/mcp*}. */
    public List<String> rules() {
        return rules.stream().map(FilterRule::toString).toList();
    }

    /** What an exchange may be left out for, by number. */
    List<String> reasons() {
        return checks.stream().map(Check::reason).toList();
    }

    /** Whether any rule needs to know what a body asks for. */
    boolean readsMessages() {
        return readsMessages;
    }

    boolean readsTools() {
        return readsTools;
    }

    /** The number of the reason to leave out a request for this target, or {@link #KEPT}. */
    int byTarget(String target) {
        return isEmpty() ? KEPT : first(Kind.PATH, path(target));
    }

    /** The number of the reason to leave out a message, or {@link #KEPT}. */
    int byMessage(String method, @Nullable String tool) {
        int reason = first(Kind.METHOD, method);
        return reason == KEPT && tool != null && method.equals(CALL) ? first(Kind.TOOL, tool) : reason;
    }

    /** Likewise by the headers that repeat what a message asks for; null where they do not say enough. */
    @Nullable
    Integer byHeaders(Headers headers) {
        String revision = headers.first("MCP-Protocol-Version");
        String method = headers.first("Mcp-Method");
        if (revision == null || method == null || revision.strip().compareTo(HEADERS_SINCE) < 0) {
            return null;
        }
        boolean call = method.strip().equals(CALL);
        String name = call ? headers.first("Mcp-Name") : null;
        boolean encoded = name != null && name.strip().startsWith("=?");
        if (call && readsTools() && (name == null || encoded)) {
            return null;
        }
        return byMessage(method.strip(), name == null ? null : name.strip());
    }

    private int first(Kind kind, String text) {
        for (int i = 0; i < checks.size(); i++) {
            if (checks.get(i).kind() == kind && checks.get(i).leavesOut(text)) {
                return i;
            }
        }
        return KEPT;
    }

    /** Without the query, and without the origin of an absolute target. */
    private static String path(String target) {
        int query = target.indexOf('?');
        String bare = query < 0 ? target : target.substring(0, query);
        int origin = bare.startsWith("/") ? -1 : bare.indexOf("://");
        if (origin < 0) {
            return bare;
        }
        int slash = bare.indexOf('/', origin + 3);
        return slash < 0 ? "/" : bare.substring(slash);
    }

    /** Rules that leave out under one reason: what they match, or what they do not. */
    private record Check(Kind kind, String reason, List<Glob> globs, boolean matching) {
        boolean leavesOut(String text) {
            for (Glob glob : globs) {
                if (glob.matches(text)) {
                    return matching;
                }
            }
            return !matching;
        }
    }
}

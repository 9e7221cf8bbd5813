package dev.mcpreel.captures.redact;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** What counts as a secret. Immutable; docs/REDACTION.md says what each rule does. */
public final class RedactionPolicy {
    private static final String REGEX = "regex:";
    private static final String ADDED = "added: ";
    private static final String EXPRESSION = "an added expression, not written down";

    private final List<String> words;
    private final Set<String> keys;
    private final List<String> endings;
    private final Set<String> queryKeys;
    private final Set<String> never;
    private final Set<Shape> shapes;
    private final List<PointerRule> pointers;
    private final List<Pattern> patterns;

    private RedactionPolicy(Draft draft) {
        words = List.copyOf(draft.words);
        keys = Set.copyOf(draft.keys);
        endings = List.copyOf(draft.endings);
        queryKeys = Set.copyOf(draft.queryKeys);
        never = Set.copyOf(draft.never);
        shapes = EnumSet.copyOf(draft.shapes);
        pointers = List.copyOf(draft.pointers);
        patterns = List.copyOf(draft.patterns);
    }

    /** The documented defaults. */
    public static RedactionPolicy standard() {
        Draft draft = new Draft();
        draft.words.add("defaults: version " + Defaults.VERSION + ", see docs/REDACTION.md");
        Defaults.KEYS.forEach(draft::key);
        draft.queryKeys.addAll(Defaults.QUERY_KEYS);
        draft.never.addAll(Defaults.NEVER);
        draft.shapes.addAll(EnumSet.allOf(Shape.class));
        return new RedactionPolicy(draft);
    }

    /**
     * This policy and one rule more.
     *
     * @param rule a name, {@code /a/json/pointer}, or {@code regex:} and a regular expression
     * @throws IllegalArgumentException with one line for a person, when the rule cannot be read
     */
    public RedactionPolicy with(String rule) {
        Draft draft = new Draft(this);
        if (rule.startsWith(REGEX)) {
            draft.patterns.add(pattern(rule.substring(REGEX.length())));
        } else if (rule.startsWith("/")) {
            draft.pointers.add(PointerRule.of(rule));
        } else {
            draft.key(name(rule));
        }
        // Whoever writes an expression may have written the secret itself.
        draft.words.add(rule.startsWith(REGEX) ? EXPRESSION : ADDED + rule);
        return new RedactionPolicy(draft);
    }

    /**
     * This policy and the rules that another one, told by its {@link #describe()}, had more; of its expressions nobody knows.
     * The words may be anybody's: what is no rule is left out, and an expression is never taken from them.
     */
    public RedactionPolicy withThoseOf(List<String> description) {
        RedactionPolicy all = this;
        for (String word : description) {
            String rule = word.startsWith(ADDED) ? word.substring(ADDED.length()) : REGEX;
            if (!rule.startsWith(REGEX) && !words.contains(word)) {
                all = all.withReadable(rule);
            }
        }
        return all;
    }

    private RedactionPolicy withReadable(String rule) {
        try {
            return with(rule);
        } catch (IllegalArgumentException e) {
            return this;
        }
    }

    /** How many expressions a policy told by its {@link #describe()} had. */
    public static long expressions(List<String> description) {
        return description.stream().filter(EXPRESSION::equals).count();
    }

    /**
     * This policy without one rule.
     *
     * @param name of a key that this policy replaces, or of a shape
     * @throws IllegalArgumentException with one line for a person, when there is no such rule
     */
    public RedactionPolicy without(String name) {
        Draft draft = new Draft(this);
        Shape shape = Shape.of(name).orElse(null);
        String key = Names.normalised(name);
        if (shape != null) {
            draft.shapes.remove(shape);
        } else if (key.startsWith("*")) {
            if (!draft.endings.remove(key.substring(1))) {
                throw unknown(name);
            }
        } else if (draft.queryKeys.remove(key) || rule(key) != null) {
            draft.keys.remove(key);
            draft.never.add(key);
        } else {
            throw unknown(name);
        }
        draft.words.add("off: " + name);
        return new RedactionPolicy(draft);
    }

    /** The policy in words, for a manifest. */
    public List<String> describe() {
        return words;
    }

    /** What makes a value of this normalised name a secret, as {@code *token}; null when nothing does. */
    @Nullable
    String rule(String name) {
        if (keys.contains(name)) {
            return name;
        }
        if (never.contains(name)) {
            return null;
        }
        for (String ending : endings) {
            if (name.endsWith(ending)) {
                return "*" + ending;
            }
        }
        return null;
    }

    /** As {@link #rule}, for a parameter of a query or a field of a form. */
    @Nullable
    String queryRule(String name) {
        return queryKeys.contains(name) ? name : rule(name);
    }

    boolean finds(Shape shape) {
        return shapes.contains(shape);
    }

    List<PointerRule> pointers() {
        return pointers;
    }

    List<Pattern> patterns() {
        return patterns;
    }

    private IllegalArgumentException unknown(String name) {
        Set<String> names = new TreeSet<>(keys);
        endings.forEach(ending -> names.add("*" + ending));
        names.addAll(queryKeys);
        shapes.forEach(shape -> names.add(shape.label()));
        return new IllegalArgumentException(name + ": no such rule; there are " + String.join(", ", names));
    }

    private static Pattern pattern(String expression) {
        if (expression.isEmpty()) {
            throw new IllegalArgumentException("regex: write the expression behind the colon");
        }
        try {
            return Pattern.compile(expression);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    REGEX + expression + ": " + e.getDescription() + " near index " + e.getIndex(), e);
        }
    }

    private static String name(String rule) {
        String name = Names.normalised(rule);
        boolean plain = !name.isEmpty() && name.lastIndexOf('*') <= 0 && !name.equals("*");
        if (!plain) {
            throw new IllegalArgumentException(
                    rule + ": write a name such as api_key or *_key, a /json/pointer, or regex:EXPRESSION");
        }
        return name;
    }

    private static final class Draft {
        private final List<String> words = new ArrayList<>();
        private final Set<String> keys = new LinkedHashSet<>();
        private final List<String> endings = new ArrayList<>();
        private final Set<String> queryKeys = new LinkedHashSet<>();
        private final Set<String> never = new LinkedHashSet<>();
        private final Set<Shape> shapes = EnumSet.noneOf(Shape.class);
        private final List<PointerRule> pointers = new ArrayList<>();
        private final List<Pattern> patterns = new ArrayList<>();

        Draft() {}

        Draft(RedactionPolicy policy) {
            words.addAll(policy.words);
            keys.addAll(policy.keys);
            endings.addAll(policy.endings);
            queryKeys.addAll(policy.queryKeys);
            never.addAll(policy.never);
            shapes.addAll(policy.shapes);
            pointers.addAll(policy.pointers);
            patterns.addAll(policy.patterns);
        }

        void key(String name) {
            if (name.startsWith("*")) {
                endings.add(name.substring(1));
            } else {
                keys.add(name);
            }
        }
    }
}

package dev.mcpreel.captures.redact;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds secrets in JSON by the names of members and by pointers, and looks into every other string. Not thread-safe; made for
 * one text.
 */
final class JsonScan {
    /** What makes everything in a container a secret, as the rule of what is cut. */
    private static final String INSIDE = "inside of ";

    /** Nobody nests so deep but to use up memory. */
    private static final int MOST_LEVELS = 100_000;

    /** Members that say what the member {@code value} behind them is. */
    private static final Set<String> NAMES = Set.of("name", "key", "header", "variable");

    private final View text;
    private final Content content;
    private final Scan out;
    private final KeyRules keys;
    private final JsonCursor cursor;
    private final @Nullable JsonPath path;
    private final RedactionPolicy policy;

    private JsonMode[] modes = new JsonMode[16];
    /** For each open object what its member {@code name} said of the member {@code value}. */
    private @Nullable String[] namedRules = new @Nullable String[16];

    private int level;
    private String name = "";
    private @Nullable String rule;
    private boolean inMember;
    private String secretContainer = "";
    private int secretLevel;
    private boolean secretOfSchema;
    private int messageLevel = 1;

    JsonScan(View text, Content content, Scan out) {
        this.text = text;
        this.content = content;
        this.out = out;
        this.keys = content.keys();
        this.policy = content.policy();
        this.modes[0] = JsonMode.OPEN;
        this.cursor = new JsonCursor(text);
        this.path = policy.pointers().isEmpty() || text.strings > 0 ? null : new JsonPath();
    }

    /** False when the text is no JSON from some place on: what was found in front of it stays found. */
    boolean run() {
        while (true) {
            switch (cursor.next()) {
                case OBJECT -> open(true);
                case ARRAY -> open(false);
                case CLOSE -> close();
                case NAME -> named();
                case STRING -> string();
                case NUMBER -> number();
                case WORD -> word();
                case LITERAL -> valueBegins();
                case END -> {
                    return true;
                }
                case BROKEN -> {
                    return false;
                }
            }
        }
    }

    private JsonMode mode() {
        return modes[level];
    }

    private void open(boolean object) {
        String pointed = valueBegins();
        JsonMode mode = inMember ? mode().member(name, rule != null, object) : mode().element();
        if (pointed != null) {
            mode = JsonMode.SECRET;
        }
        if (mode == JsonMode.SECRET && mode() != JsonMode.SECRET) {
            secretLevel = level + 1;
            secretOfSchema = mode().isSchema();
            secretContainer = pointed != null ? pointed : rule != null ? rule : name;
        }
        if (level == MOST_LEVELS) {
            throw new OverBudgetException();
        }
        if (level == 0) {
            messageLevel = object ? 1 : 2;
        }
        if (++level == modes.length) {
            modes = Arrays.copyOf(modes, 2 * level);
            namedRules = Arrays.copyOf(namedRules, 2 * level);
        }
        modes[level] = mode;
        namedRules[level] = null;
        inMember = false;
        if (path != null) {
            path.open(!object);
        }
    }

    private void close() {
        level--;
        inMember = false;
        if (path != null) {
            path.close();
        }
    }

    private void named() {
        View raw = text.part(cursor.from(), cursor.to());
        View member = cursor.escaped() ? Escapes.json(raw) : raw;
        name = Names.normalised(member.bytes, member.from, member.to);
        rule = keys.rule(name);
        if (rule == null && name.equals("value")) {
            rule = namedRules[level];
        }
        inMember = true;
        out.name(member);
        if (path != null) {
            path.named(new String(member.copy(), StandardCharsets.UTF_8));
        }
    }

    /** The pointer that names the value, null when none does. */
    private @Nullable String valueBegins() {
        if (path == null) {
            return null;
        }
        path.value();
        PointerRule pointer = path.rule(policy.pointers());
        return pointer == null ? null : pointer.text();
    }

    private void string() {
        String found = secret(valueBegins());
        View raw = text.string(cursor.from(), cursor.to());
        View value = cursor.escaped() ? Escapes.json(raw) : raw;
        if (inMember && NAMES.contains(name)) {
            namedRules[level] = keys.rule(value.bytes, value.from, value.to);
        }
        boolean word = inMember
                && raw.strings == 1
                && level >= messageLevel
                && ProtocolWords.inMember(name, level - messageLevel, value);
        inMember = false;
        if (raw.length() == 0) {
            return;
        }
        if (found == null || ValueReader.isFolder(value, found)) {
            out.sparing(word, () -> content.text(value, Place.TEXT, out));
        } else {
            Values.replace(value, found, teaches(value), out);
        }
    }

    /** Schemas say in words what a value may be, in members that nobody can list: words are hidden there, but not learnt. */
    private boolean teaches(View value) {
        boolean schema = mode().isSchema() || (mode() == JsonMode.SECRET && secretOfSchema);
        return !schema || Chars.hasDigit(value.bytes, value.from, value.to);
    }

    private void number() {
        String found = secret(valueBegins());
        inMember = false;
        View value = text.part(cursor.from(), cursor.to());
        if (found == null) {
            out.number(value);
        } else {
            out.secretNumber(value, found);
        }
    }

    /** A word without quotes, which becomes a JSON string when it is a secret. */
    private void word() {
        String found = secret(valueBegins());
        inMember = false;
        View value = text.part(cursor.from(), cursor.to());
        if (found == null) {
            content.text(value, Place.TEXT, out);
        } else {
            out.secretNumber(value, found);
        }
    }

    /** The rule that makes the string or number at hand a secret, null when none does. */
    private @Nullable String secret(@Nullable String pointed) {
        if (pointed != null) {
            return pointed;
        }
        JsonMode mode = mode();
        boolean hidden = inMember ? mode.hides(name, rule != null) : mode.hidesElements();
        if (!hidden) {
            return null;
        }
        if (inMember && rule != null) {
            return rule;
        }
        return mode == JsonMode.SECRET && level >= secretLevel ? INSIDE + secretContainer : "a value in a schema";
    }
}

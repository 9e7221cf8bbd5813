package dev.mcpreel.captures.redact;

import java.util.ArrayList;
import java.util.List;

/**
 * One message, or one text of a head, while it is searched: first by all rules, which may learn new secrets, then for every
 * secret known. So what a message names at its end is gone from its beginning.
 */
final class Scan {
    /** More secrets than that take more memory than a message is worth. */
    private static final int MOST_CUTS = 200_000;

    /** How many bytes behind brackets may turn out not to be JSON, for each byte of a message and at the least. */
    private static final long MOST_JSON_TRIES = 8;

    private static final long LEAST_JSON_TRIES = 64 << 10;

    private final byte[] message;
    private final Secrets secrets;
    private final Budget budget;
    private final Cuts cuts = new Cuts();
    private int cutCount;
    private long jsonTries;
    private boolean spares;
    private final List<View> texts = new ArrayList<>();
    private final List<View> numbers = new ArrayList<>();

    Scan(byte[] message, Secrets secrets) {
        this.message = message;
        this.secrets = secrets;
        this.budget = new Budget(message.length);
        this.jsonTries = LEAST_JSON_TRIES + MOST_JSON_TRIES * message.length;
    }

    View whole() {
        return View.of(message);
    }

    /**
     * A secret was found.
     *
     * @param where the place that is cut out
     * @param bare what stands there means
     * @param learn whether it is to be found everywhere else, too
     */
    void secret(View where, View bare, String rule, boolean learn) {
        replace(where, bare, rule, learn, "");
    }

    /** A number that is a secret becomes a JSON string; its quotes are escaped once for each string that it stands in. */
    void secretNumber(View where, String rule) {
        replace(where, where, rule, true, "\\".repeat((1 << where.strings) - 1) + '"');
    }

    private void replace(View where, View bare, String rule, boolean learn, String quote) {
        boolean nothing = bare.length() == 0 || SecretHash.isMask(bare.bytes, bare.from, bare.to);
        if (!nothing) {
            cut(where, quote + secrets.mask(bare.copy(), learn) + quote, rule);
        }
    }

    /** Whether there may be JSON behind brackets yet: a text of nothing but brackets would take for ever. */
    boolean mayTryJson() {
        return jsonTries > 0;
    }

    /** So many bytes were looked at to see whether they are JSON. */
    void triedJson(int length, boolean json) {
        budget.take(2L * length);
        jsonTries -= json ? 0 : 1 + length;
    }

    /** A credential that says a secret in another way: that is looked for as well. */
    void learn(byte[] bare) {
        String unused = secrets.mask(bare, true);
    }

    /** Searches by rules what may be a word of the protocol, which is never taken for a known secret. */
    void sparing(boolean word, Runnable search) {
        spares = word;
        search.run();
        spares = false;
    }

    /** A text that may hold known secrets, and what regular expressions find. */
    void text(View text) {
        Patterns.find(secrets.policy().patterns(), text, budget, this);
        name(text);
    }

    /** A name that may hold known secrets. */
    void name(View name) {
        if (!spares && name.length() >= KnownSecrets.LEAST_BYTES) {
            texts.add(name);
        }
    }

    /** A JSON number that may be a known secret, or what a regular expression finds. */
    void number(View number) {
        String pattern = Patterns.match(secrets.policy().patterns(), number, budget);
        if (pattern != null) {
            secretNumber(number, pattern);
        } else if (number.length() >= KnownSecrets.LEAST_BYTES) {
            numbers.add(number);
        }
    }

    /** Searches for known secrets; after all rules have been applied. */
    void findKnown() {
        KnownSecrets known = secrets.known();
        if (!secrets.policy().finds(Shape.KNOWN) || known.isEmpty()) {
            return;
        }
        String rule = Shape.KNOWN.label();
        for (View text : texts) {
            known.find(
                    text.bytes, text.from, text.to, budget, (from, to, mask) -> cut(text.part(from, to), mask, rule));
        }
        for (View number : numbers) {
            if (known.isKnown(number.bytes, number.from, number.to, budget)) {
                secretNumber(number, rule);
            }
        }
    }

    /** The message without its secrets; the same array when it has none. */
    byte[] result() {
        return cuts.apply(message);
    }

    List<Cut> cuts() {
        return cuts.merged();
    }

    private void cut(View where, String text, String rule) {
        if (++cutCount > MOST_CUTS) {
            throw new OverBudgetException();
        }
        cuts.add(new Cut(where.inMessage(where.from), where.inMessage(where.to), text, rule));
    }
}

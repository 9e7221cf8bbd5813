package dev.mcpreel.replay.bind;

import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** How much a value looks like something a server made up for one caller. */
enum ValueShape {
    /** Never bound: blanks, booleans, small numbers, short words. */
    NONE,
    /** Bound only where both sides call it an id: words, small numbers written as text, dates, versions. */
    WEAK,
    /** No coincidence: bound wherever it stands. */
    STRONG;

    private static final int SHORT = 4;
    private static final int ID_DIGITS = 5;
    private static final int LONG_TOKEN = 16;
    private static final int LONG_TEXT = 32;
    private static final int MAX_LENGTH = 8192;
    private static final Pattern DECIMAL = Pattern.compile("[-+]?\\d*[.,]\\d+|[-+]\\d+");
    private static final Pattern ROUND = Pattern.compile("\\d0+");
    private static final Pattern MOMENT = Pattern.compile(
            "\\d{4}-\\d{2}(-\\d{2}([T ].*)?)?|\\d{1,2}[/.]\\d{1,2}[/.]\\d{2,4}|\\d{1,2}:\\d{2}(:\\d{2})?.*");
    private static final Pattern VERSION = Pattern.compile("v?\\d+(\\.\\d+)+(:\\d+)?");
    private static final Pattern NUMBERED_WORD = Pattern.compile("\\p{L}{1,12}\\d{1,3}");
    private static final Pattern YEAR = Pattern.compile("(?<!\\d)(19|20)\\d\\d(?!\\d)");
    private static final Pattern ADDRESS =
            Pattern.compile("[^\\s@]+@[^\\s@]+\\.[^\\s@]+|[A-Za-z][A-Za-z0-9+.-]*://\\S+");

    static ValueShape of(JsonNode leaf) {
        if (leaf.isString()) {
            return of(leaf.stringValue());
        }
        return leaf.isIntegralNumber() && of(leaf.asString()) == STRONG ? STRONG : NONE;
    }

    static ValueShape of(String value) {
        if (value.isBlank() || value.length() > MAX_LENGTH) {
            return NONE;
        }
        long digits = value.chars().filter(ValueShape::isDigit).count();
        if (digits == value.length()) {
            return digits >= ID_DIGITS && !ROUND.matcher(value).matches() ? STRONG : WEAK;
        }
        if (DECIMAL.matcher(value).matches() || (digits == 0 && value.length() < SHORT)) {
            return NONE;
        }
        if (ADDRESS.matcher(value).matches()) {
            return STRONG;
        }
        if (value.chars().anyMatch(Character::isWhitespace)) {
            return value.length() >= LONG_TEXT ? STRONG : WEAK;
        }
        return token(value, digits);
    }

    private static ValueShape token(String value, long digits) {
        if (digits == 0
                || value.length() < SHORT
                || MOMENT.matcher(value).matches()
                || VERSION.matcher(value).matches()
                || NUMBERED_WORD.matcher(value).matches()) {
            return WEAK;
        }
        long free = digits - (YEAR.matcher(value).find() ? SHORT : 0);
        return free >= 3 || changes(value) >= 2 || isOpaque(value) ? STRONG : WEAK;
    }

    /** Long, with letters of both cases, and by then known to have a digit: base64 and its like. */
    private static boolean isOpaque(String value) {
        return value.length() >= LONG_TOKEN
                && value.chars().anyMatch(Character::isUpperCase)
                && value.chars().anyMatch(Character::isLowerCase);
    }

    /** How often letters and digits follow one another without anything between, as they do in hexadecimal. */
    private static int changes(String value) {
        int changes = 0;
        for (int i = 1; i < value.length(); i++) {
            char a = value.charAt(i - 1);
            char b = value.charAt(i);
            boolean mixed = (isDigit(a) && Character.isLetter(b)) || (Character.isLetter(a) && isDigit(b));
            changes += mixed ? 1 : 0;
        }
        return changes;
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }
}

package dev.mcpreel.captures.tap;

/** A pattern in which {@code *} stands for any run of characters, an empty one too, and everything else for itself. */
public record Glob(String pattern) {
    /** In time of at most the product of both lengths, whatever the text; the pattern is the operator's. */
    public boolean matches(String text) {
        int at = 0;
        int in = 0;
        int star = -1;
        int starIn = 0;
        while (in < text.length()) {
            if (at < pattern.length() && pattern.charAt(at) == '*') {
                star = at++;
                starIn = in;
            } else if (at < pattern.length() && pattern.charAt(at) == text.charAt(in)) {
                at++;
                in++;
            } else if (star >= 0) {
                at = star + 1;
                in = ++starIn;
            } else {
                return false;
            }
        }
        while (at < pattern.length() && pattern.charAt(at) == '*') {
            at++;
        }
        return at == pattern.length();
    }
}

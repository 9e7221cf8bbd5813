package dev.mcpreel.proxy.rewrite;

/** The small grammar of field values: RFC 9110 sections 5.6.2 and 5.6.4. */
final class HttpToken {
    private HttpToken() {}

    static boolean isChar(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
    }

    static boolean isSpace(char c) {
        return c == ' ' || c == '\t';
    }

    /** The index of the quote that ends the quoted string whose content begins here; -1 when it does not end. */
    static int closingQuote(String field, int from) {
        for (int i = from; i < field.length(); i++) {
            if (field.charAt(i) == '"') {
                return i;
            }
            if (field.charAt(i) == '\\') {
                i++;
            }
        }
        return -1;
    }

    /** The text itself where it is a token, otherwise as a quoted string. */
    static String orQuoted(String text) {
        if (!text.isEmpty() && text.chars().allMatch(c -> isChar((char) c))) {
            return text;
        }
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '"' || text.charAt(i) == '\\') {
                quoted.append('\\');
            }
            quoted.append(text.charAt(i));
        }
        return quoted.append('"').toString();
    }
}

package dev.mcpreel.captures.redact;

/** Finds secrets by how they look, at the beginning of a word. */
final class TokenShapes {
    private static final int SHORTEST_BEARER = 8;
    private static final int SHORTEST_WORDY_BEARER = 20;
    private static final int SHORTEST_KEY = 16;

    private final RedactionPolicy policy;

    TokenShapes(RedactionPolicy policy) {
        this.policy = policy;
    }

    /** Where the secret that begins with this word ends, or with the word behind it; the given place when none does. */
    int at(View text, int at, Scan out) {
        byte[] bytes = text.bytes;
        int to = text.to;
        return switch (bytes[at]) {
            case 'e' -> jwt(text, at, out);
            case 's' ->
                Chars.startsWith(bytes, at, to, "sk-") || Chars.startsWith(bytes, at, to, "sk_")
                        ? key(Shape.SK_KEY, text, at, 3, SHORTEST_KEY, out)
                        : at;
            case 'r' -> Chars.startsWith(bytes, at, to, "rk_live_") ? key(Shape.SK_KEY, text, at, 8, 16, out) : at;
            case 'g' -> git(text, at, out);
            case 'x' -> slack(text, at, out);
            case 'A' -> cloud(text, at, out);
            case 'y' -> Chars.startsWith(bytes, at, to, "ya29.") ? key(Shape.GOOGLE_KEY, text, at, 5, 20, out) : at;
            case 'n' -> Chars.startsWith(bytes, at, to, "npm_") ? key(Shape.NPM_TOKEN, text, at, 4, 30, out) : at;
            case 'h' ->
                Chars.startsWith(bytes, at, to, "hf_") ? key(Shape.HUGGINGFACE_TOKEN, text, at, 3, 30, out) : at;
            case 'B', 'b' -> scheme(text, at, out);
            case '-' -> Chars.startsWith(bytes, at, to, "-----BEGIN ") ? privateKey(text, at, out) : at;
            default -> at;
        };
    }

    /** Base64url in two or more parts, the first of which is a JSON object: RFC 7519 section 3. */
    private int jwt(View text, int at, Scan out) {
        if (!policy.finds(Shape.JWT) || !Chars.startsWith(text.bytes, at, text.to, "eyJ")) {
            return at;
        }
        int dot = Chars.end(text.bytes, at, text.to, Chars::isWord);
        if (dot - at < 10) {
            // The run behind it is not looked at for each of many short words in it.
            return at;
        }
        int end = Chars.end(text.bytes, dot, text.to, b -> Chars.isWord(b) || b == '.');
        return end - dot >= 5 ? found(Shape.JWT, text, at, end, out) : at;
    }

    private int git(View text, int at, Scan out) {
        byte[] bytes = text.bytes;
        if (Chars.startsWith(bytes, at, text.to, "github_pat_")) {
            return key(Shape.GITHUB_TOKEN, text, at, 11, 20, out);
        }
        if (Chars.startsWith(bytes, at, text.to, "glpat-")) {
            return key(Shape.GITLAB_TOKEN, text, at, 6, SHORTEST_KEY, out);
        }
        boolean short5 =
                text.to - at > 4 && bytes[at + 1] == 'h' && "pousr".indexOf(bytes[at + 2]) >= 0 && bytes[at + 3] == '_';
        return short5 ? key(Shape.GITHUB_TOKEN, text, at, 4, 20, out) : at;
    }

    private int slack(View text, int at, Scan out) {
        byte[] bytes = text.bytes;
        boolean token = Chars.startsWith(bytes, at, text.to, "xapp-")
                || (Chars.startsWith(bytes, at, text.to, "xox") && text.to - at > 5 && bytes[at + 4] == '-');
        return token ? key(Shape.SLACK_TOKEN, text, at, 5, 10, out) : at;
    }

    private int cloud(View text, int at, Scan out) {
        byte[] bytes = text.bytes;
        if (Chars.startsWith(bytes, at, text.to, "AIza")) {
            return key(Shape.GOOGLE_KEY, text, at, 4, 30, out);
        }
        if (!Chars.startsWith(bytes, at, text.to, "AKIA") && !Chars.startsWith(bytes, at, text.to, "ASIA")) {
            return at;
        }
        int end = Chars.end(bytes, at, text.to, b -> Chars.isDigit(b) || (b >= 'A' && b <= 'Z'));
        boolean whole = end == text.to || !Chars.isWord(bytes[end]);
        return policy.finds(Shape.AWS_KEY_ID) && whole && end - at == 20
                ? found(Shape.AWS_KEY_ID, text, at, end, out)
                : at;
    }

    private int scheme(View text, int at, Scan out) {
        byte[] bytes = text.bytes;
        boolean bearer = Chars.startsWithAnyCase(bytes, at, text.to, "bearer");
        boolean basic = Chars.startsWithAnyCase(bytes, at, text.to, "basic");
        int word = at + (bearer ? 6 : 5);
        if ((!bearer && !basic) || !policy.finds(bearer ? Shape.BEARER : Shape.BASIC)) {
            return at;
        }
        int from = Chars.end(bytes, word, text.to, Chars::isBlank);
        if (from == word) {
            return at;
        }
        int end = Chars.end(bytes, from, text.to, TokenShapes::isToken68);
        while (bearer && end > from && bytes[end - 1] == '.') {
            end--;
        }
        if (SecretHash.isMask(bytes, from, end)) {
            return at;
        }
        if (bearer) {
            return isBearer(bytes, from, end) ? found(Shape.BEARER, text, from, end, out) : at;
        }
        byte[] password = Values.basicPassword(text.part(from, end)).orElse(null);
        if (password == null) {
            return at;
        }
        out.learn(password);
        return found(Shape.BASIC, text, from, end, out);
    }

    private static boolean isBearer(byte[] bytes, int from, int end) {
        int length = end - from;
        if (length < SHORTEST_BEARER) {
            return false;
        }
        boolean upper = false;
        boolean lower = false;
        for (int i = from; i < end; i++) {
            upper |= bytes[i] >= 'A' && bytes[i] <= 'Z';
            lower |= bytes[i] >= 'a' && bytes[i] <= 'z';
        }
        return Chars.hasDigit(bytes, from, end) || (length >= SHORTEST_WORDY_BEARER && upper && lower);
    }

    /** RFC 9110 section 11.2. */
    private static boolean isToken68(byte b) {
        return Chars.isWord(b) || b == '.' || b == '~' || b == '+' || b == '/' || b == '=';
    }

    /** Up to the line that ends it, or all that follows when that is missing. */
    private int privateKey(View text, int at, Scan out) {
        byte[] bytes = text.bytes;
        int line = Chars.end(bytes, at, Math.min(text.to, at + 80), b -> !Chars.isLineEnd(b));
        if (!policy.finds(Shape.PRIVATE_KEY) || !text.ascii(at, line).contains("PRIVATE KEY-----")) {
            return at;
        }
        for (int i = at + 11; i < text.to; i++) {
            if (bytes[i] == '-' && Chars.startsWith(bytes, i, text.to, "-----END ")) {
                int tail = Chars.end(bytes, i + 5, text.to, b -> b != '-');
                return found(Shape.PRIVATE_KEY, text, at, Chars.end(bytes, tail, text.to, b -> b == '-'), out);
            }
        }
        return found(Shape.PRIVATE_KEY, text, at, text.to, out);
    }

    /** A prefix and at least so many characters behind it, with a digit among them. */
    private int key(Shape shape, View text, int at, int prefix, int least, Scan out) {
        if (!policy.finds(shape)) {
            return at;
        }
        int end = Chars.end(text.bytes, at + prefix, text.to, Chars::isWord);
        boolean found = end - at - prefix >= least && Chars.hasDigit(text.bytes, at + prefix, end);
        return found ? found(shape, text, at, end, out) : at;
    }

    private static int found(Shape shape, View text, int from, int end, Scan out) {
        View secret = text.part(from, end);
        out.secret(secret, secret, shape.label(), true);
        return end;
    }
}

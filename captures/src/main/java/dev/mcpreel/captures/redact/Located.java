package dev.mcpreel.captures.redact;

/** Says to a person where in a message a place is. */
final class Located {
    private Located() {}

    /** For example {@code body /params/arguments/note}; a byte's number where there is no JSON around it. */
    static String at(String what, byte[] message, int offset) {
        int from = 0;
        if (what.equals("event")) {
            from = offset;
            while (from > 0 && !Chars.isLineEnd(message[from - 1])) {
                from--;
            }
            from += Chars.startsWith(message, from, message.length, "data:") ? 5 : 0;
        }
        String pointer = pointer(View.of(message).part(from, message.length), offset);
        return pointer.isEmpty() ? what + " at byte " + offset : what + " " + pointer;
    }

    private static String pointer(View text, int offset) {
        JsonCursor cursor = new JsonCursor(text);
        JsonPath path = new JsonPath();
        while (true) {
            switch (cursor.next()) {
                case OBJECT -> {
                    path.value();
                    path.open(false);
                }
                case ARRAY -> {
                    path.value();
                    path.open(true);
                }
                case CLOSE -> path.close();
                case NAME -> path.named(text.ascii(cursor.from(), cursor.to()));
                case STRING, NUMBER, LITERAL, WORD -> {
                    path.value();
                    if (cursor.to() > offset) {
                        return path.pointer();
                    }
                }
                case END, BROKEN -> {
                    return "";
                }
            }
        }
    }
}

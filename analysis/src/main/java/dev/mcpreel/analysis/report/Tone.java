package dev.mcpreel.analysis.report;

/** What a piece of text wants to say by its colour; the words say it too. */
enum Tone {
    PLAIN(""),
    TITLE("1"),
    QUIET("2"),
    GOOD("32"),
    BAD("31"),
    WARNING("1;33");

    private final String code;

    Tone(String code) {
        this.code = code;
    }

    /** The text, in this tone's colour when colours are wanted. */
    String paint(String text, boolean colour) {
        return colour && !code.isEmpty() && !text.isEmpty() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}

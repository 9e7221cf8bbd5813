package dev.mcpreel.captures.redact;

/** A text that charges each look at one of its characters, so that no regular expression can run for ever. */
record CountedText(String text, Budget budget) implements CharSequence {
    @Override
    public char charAt(int index) {
        budget.take(1);
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return new CountedText(text.substring(start, end), budget);
    }

    @Override
    public String toString() {
        return text;
    }
}

package dev.mcpreel.replay.bind;

import tools.jackson.core.JsonPointer;

/** Where in the result of a request a value stands. Every place is relative to the JSON-RPC {@code result}. */
public sealed interface Source {
    /** A place that holds one whole value. */
    sealed interface Leaf extends Source {}

    /** A value of the result itself, for example {@code /structuredContent/ticket_id}. */
    record Pointer(JsonPointer at) implements Leaf {}

    /**
     * A value of a JSON document that stands as text in the result.
     *
     * @param text where the text stands, for example {@code /content/0/text}
     * @param at where the value stands in the document read from that text
     */
    record TextPointer(JsonPointer text, JsonPointer at) implements Leaf {}

    /**
     * A value inside a longer text, known by what stands around it.
     *
     * @param in where the text stands
     */
    record TextPattern(Leaf in, Pattern pattern) implements Source {}

    /**
     * What a value inside a text looks like.
     *
     * @param lineStart whether {@code before} begins a line
     * @param before stands right before the value; may be empty
     * @param prefix what the value itself begins with, for example {@code tck-}; may be empty
     * @param letters whether the rest of the value may hold letters, and not digits alone
     * @param marks what else the rest may hold, for example {@code -_}
     * @param maxLength the longest value taken, in characters
     * @param after stands right after the value; may be empty
     * @param occurrence which match of the text it is, from 0
     */
    record Pattern(
            boolean lineStart,
            String before,
            String prefix,
            boolean letters,
            String marks,
            int maxLength,
            String after,
            int occurrence) {}
}

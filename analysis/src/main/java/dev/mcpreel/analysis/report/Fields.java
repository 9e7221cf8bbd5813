package dev.mcpreel.analysis.report;

import java.util.ArrayList;
import java.util.List;

/** A title and labelled lines under it, escaped and wrapped. */
final class Fields {
    private static final int LABEL_WIDTH = 12;

    private final int width;
    private final boolean colour;
    private final List<String> lines = new ArrayList<>();

    Fields(int width, boolean colour) {
        this.width = width;
        this.colour = colour;
    }

    void title(String text) {
        TerminalText.wrap(TerminalText.escape(text), width).forEach(line -> lines.add(Tone.TITLE.paint(line, colour)));
    }

    void field(String label, String text) {
        String start = Tone.QUIET.paint(TerminalText.padRight(label, LABEL_WIDTH), colour);
        for (String line : TerminalText.wrap(TerminalText.escape(text), width - LABEL_WIDTH)) {
            lines.add(start + line);
            start = " ".repeat(LABEL_WIDTH);
        }
    }

    List<String> lines() {
        return lines;
    }
}

package dev.mcpreel.analysis.report;

import dev.mcpreel.analysis.waterfall.Waterfall;
import dev.mcpreel.captures.exchange.ClockAnchor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One agent session for a terminal: a bar for each call on a time axis. No line is longer than the width, everything that
 * came from the wire is escaped, and colour only repeats what signs and words say. Immutable.
 */
public final class WaterfallText {
    private final ClockAnchor anchor;
    private final int width;
    private final boolean colour;
    private final boolean full;

    /**
     * For one session.
     *
     * @param anchor ties the capture's times to the wall clock
     * @param width of the terminal in cells
     * @param colour whether to write ANSI colour sequences
     * @param full whether arguments and results are printed whole
     */
    public WaterfallText(ClockAnchor anchor, int width, boolean colour, boolean full) {
        this.anchor = anchor;
        this.width = Math.max(TextReport.MIN_WIDTH, width);
        this.colour = colour;
        this.full = full;
    }

    /** Lines ended by a line feed each. */
    public String render(Waterfall waterfall) {
        List<String> lines = new ArrayList<>(new WaterfallHead(anchor, width, colour).of(waterfall));
        if (!waterfall.sections().isEmpty()) {
            WaterfallGrid grid = WaterfallGrid.of(waterfall, width);
            lines.add("");
            lines.addAll(
                    new WaterfallLines(waterfall.startNanos(), grid, width, colour, full).of(waterfall.sections()));
            lines.add("");
            TerminalText.wrap("each axis has its own scale; " + legend(waterfall, grid), width)
                    .forEach(line -> lines.add(Tone.QUIET.paint(line, colour)));
        }
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    private static String legend(Waterfall waterfall, WaterfallGrid grid) {
        String bars = waterfall.sections().stream()
                .flatMap(section -> section.rows().stream().flatMap(row -> WaterfallLines.bars(row, section, grid)))
                .collect(Collectors.joining());
        List<String> parts = new ArrayList<>();
        Bar.MEANINGS.forEach((sign, meaning) -> {
            if (bars.indexOf(sign) >= 0) {
                parts.add(sign + " " + meaning);
            }
        });
        if (waterfall.rows().anyMatch(WaterfallLines::isFromServer)) {
            parts.add(WaterfallLines.FROM_SERVER + "from the server");
        }
        return String.join("; ", parts);
    }
}

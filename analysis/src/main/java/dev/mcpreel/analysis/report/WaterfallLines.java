package dev.mcpreel.analysis.report;

import dev.mcpreel.analysis.summary.Plural;
import dev.mcpreel.analysis.waterfall.Content;
import dev.mcpreel.analysis.waterfall.Row;
import dev.mcpreel.analysis.waterfall.RowKind;
import dev.mcpreel.analysis.waterfall.Section;
import dev.mcpreel.captures.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** The rows of a waterfall as lines. */
final class WaterfallLines {
    static final String FROM_SERVER = "« ";
    private static final String TO = "→ ";

    private final long startNanos;
    private final WaterfallGrid grid;
    private final int width;
    private final boolean colour;
    private final boolean full;
    private final List<String> lines = new ArrayList<>();

    /** @param startNanos where the times of the first column count from */
    WaterfallLines(long startNanos, WaterfallGrid grid, int width, boolean colour, boolean full) {
        this.startNanos = startNanos;
        this.grid = grid;
        this.width = width;
        this.colour = colour;
        this.full = full;
    }

    List<String> of(List<Section> sections) {
        for (Section section : sections) {
            WaterfallGrid own = grid.of(section);
            title(section, own);
            section.rows().forEach(row -> add(row, "", section, own));
        }
        return lines;
    }

    /** Every bar of a row and of those under it. */
    static Stream<String> bars(Row row, Section section, WaterfallGrid grid) {
        return Stream.concat(
                Stream.of(Bar.of(row, grid.of(section), section.startNanos(), section.endNanos())),
                row.rows().stream().flatMap(each -> bars(each, section, grid)));
    }

    static boolean isFromServer(Row row) {
        return row.kind() == RowKind.SERVER_REQUEST || row.kind() == RowKind.SERVER_NOTIFICATION;
    }

    private void title(Section section, WaterfallGrid own) {
        if (section.pauseNanos() == 0) {
            lines.add(Tone.QUIET.paint(
                    own.line("time", "", "call", section.lengthNanos() == 0 ? "" : own.ticks(), "took") + "outcome",
                    colour));
            return;
        }
        String pings = section.pings() == 0 ? "" : ", " + Plural.of(section.pings(), "ping");
        String words =
                "~ " + Units.brief(section.pauseNanos()) + (section.thinking() ? " thinking" : " idle") + pings + " ~";
        String indent = " ".repeat(own.indent());
        int room = own.label() + 1;
        // Where nothing but notifications and open streams begin there is nothing to measure.
        String line = section.lengthNanos() == 0
                ? words
                : TerminalText.cells(words) <= own.label()
                        ? TerminalText.padRight(words, room) + own.ticks()
                        : words + TerminalText.padLeft(own.end(), room + own.bar() - TerminalText.cells(words));
        lines.add(indent + Tone.QUIET.paint(TerminalText.fit(line, width - own.indent()), colour));
    }

    private void add(Row row, String under, Section section, WaterfallGrid own) {
        String line = grid.line(
                WaterfallGrid.time(row.startNanos() - startNanos),
                row.number() == 0 ? "" : Integer.toString(row.number()),
                under + (isFromServer(row) ? FROM_SERVER : "") + TerminalText.escape(row.label()),
                Bar.of(row, own, section.startNanos(), section.endNanos()),
                row.isMoment() ? "" : Units.brief(row.durationNanos()));
        String outcome = TerminalText.fit(TerminalText.escape(row.outcome()), grid.outcome());
        Tone tone = row.failed() ? Tone.BAD : Tone.QUIET;
        lines.add(outcome.isEmpty() ? line.stripTrailing() : line + tone.paint(outcome, colour));
        String indent = " ".repeat(grid.indent() + under.length());
        notes(row, indent);
        if (full) {
            whole(row.content(), indent);
        } else {
            excerpt(row, indent);
        }
        row.rows().forEach(child -> add(child, under + WaterfallGrid.UNDER, section, own));
    }

    private void notes(Row row, String indent) {
        String start = "· ";
        if (!row.notes().isEmpty()) {
            String words = TerminalText.escape(String.join("; ", row.notes()));
            for (String line : TerminalText.wrap(words, width - indent.length() - start.length())) {
                lines.add(indent + start + line);
                start = "  ";
            }
        }
    }

    private void excerpt(Row row, String indent) {
        Content content = row.content();
        if (content.isEmpty() || row.kind() == RowKind.NEGOTIATION) {
            return;
        }
        int room = width - indent.length();
        JsonNode answered = content.answered();
        String to = answered == null ? "" : TO + Excerpt.answer(answered);
        String asked = content.asked() == null ? "" : Excerpt.asked(content.asked());
        int forTo = Math.min(TerminalText.cells(to), Math.max(room / 2, room - TerminalText.cells(asked) - 1));
        String shortened = TerminalText.fit(asked, room - (to.isEmpty() ? 0 : forTo + 1));
        String line = shortened + (shortened.isEmpty() || to.isEmpty() ? "" : " ") + TerminalText.fit(to, forTo);
        if (!line.isEmpty()) {
            lines.add(indent + Tone.QUIET.paint(line, colour));
        }
    }

    private void whole(Content content, String indent) {
        if (content.asked() != null) {
            json(content.asked(), indent, "");
        }
        if (content.answered() != null) {
            json(content.answered(), indent, TO);
        }
    }

    private void json(JsonNode node, String indent, String first) {
        String pretty = Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(node);
        String start = first;
        for (String line : pretty.lines().toList()) {
            int room = width - indent.length() - first.length();
            for (String part : TerminalText.chop(TerminalText.escapeJson(line), room)) {
                lines.add(indent + start + part);
                start = " ".repeat(first.length());
            }
        }
    }
}

package dev.mcpreel.analysis.waterfall;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts rows at the long pauses: those that are longer than the operator's threshold, or than a quarter of the longest
 * stretch in which there was always something in flight. So blanks never take most of the time axis.
 */
final class Sections {
    private static final int SHARE = 4;

    private final long pauseNanos;
    private final List<Long> pings;

    Sections(long pauseNanos, List<Long> pings) {
        this.pauseNanos = pauseNanos;
        this.pings = pings;
    }

    List<Section> cut(List<Row> rows) {
        long longest =
                cut(rows, 0).stream().mapToLong(Section::lengthNanos).max().orElse(0);
        return cut(rows, Math.min(pauseNanos, longest / SHARE));
    }

    private List<Section> cut(List<Row> rows, long longPauseNanos) {
        List<Section> sections = new ArrayList<>();
        List<Row> current = new ArrayList<>();
        long before = 0;
        long start = 0;
        long covered = Long.MIN_VALUE;
        for (Row row : rows) {
            if (!current.isEmpty() && row.startNanos() - covered > longPauseNanos) {
                sections.add(section(current, before, start, covered, sections));
                current.clear();
                before = covered;
            }
            if (current.isEmpty()) {
                start = row.startNanos();
                before = sections.isEmpty() ? start : before;
            }
            current.add(row);
            covered = Math.max(covered, busyUntil(row));
        }
        if (!current.isEmpty()) {
            sections.add(section(current, before, start, covered, sections));
        }
        return sections;
    }

    private Section section(List<Row> rows, long before, long start, long end, List<Section> earlier) {
        int silent =
                (int) pings.stream().filter(at -> at > before && at < start).count();
        RowKind first = rows.get(0).kind();
        boolean thinking = first.isDecided() || (first == RowKind.NEGOTIATION && hasRequest(earlier));
        return new Section(start - before, thinking, silent, start, end, rows);
    }

    /** A client that opens a transport session for each call decided to do so, but for the first. */
    private static boolean hasRequest(List<Section> sections) {
        return sections.stream()
                .flatMap(section -> section.rows().stream())
                .anyMatch(row -> row.kind().isDecided());
    }

    /** A stream that stays open is no work, and neither is a notification. */
    private static long busyUntil(Row row) {
        return row.kind().isWork() ? row.endNanos() : row.startNanos();
    }
}

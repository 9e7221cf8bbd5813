package dev.mcpreel.analysis.waterfall;

import dev.mcpreel.captures.session.AgentSession;
import java.util.List;
import java.util.stream.Stream;

/**
 * An agent session in time.
 *
 * @param sections in order, cut at the long pauses
 * @param instances the server processes it met, in order of first use
 * @param pings requests in either direction that only keep the connection alive; they have no row
 */
public record Waterfall(AgentSession session, List<Section> sections, List<String> instances, int pings) {
    public Waterfall {
        sections = List.copyOf(sections);
        instances = List.copyOf(instances);
    }

    /**
     * Lays out a session of which everything was kept.
     *
     * @param pauseNanos a longer time with nothing in flight begins a new section
     */
    public static Waterfall of(AgentSession session, long pauseNanos) {
        SessionRows rows = new SessionRows(session);
        List<Row> all = rows.rows();
        return new Waterfall(
                session,
                new Sections(pauseNanos, rows.pings()).cut(all),
                rows.instances(),
                rows.pings().size());
    }

    /** First byte of all there is. */
    public long startNanos() {
        return sections.isEmpty()
                ? session.startNanos()
                : Math.min(session.startNanos(), sections.get(0).startNanos());
    }

    /** Every row, those under others too. */
    public Stream<Row> rows() {
        return sections.stream().flatMap(section -> section.rows().stream()).flatMap(Waterfall::withRows);
    }

    private static Stream<Row> withRows(Row row) {
        return Stream.concat(Stream.of(row), row.rows().stream().flatMap(Waterfall::withRows));
    }
}

package dev.mcpreel.cli;

import dev.mcpreel.analysis.report.TerminalText;
import dev.mcpreel.captures.store.DamagedRegion;
import dev.mcpreel.captures.store.Manifest;
import dev.mcpreel.captures.store.ReadSummary;
import dev.mcpreel.captures.store.Removed;
import dev.mcpreel.captures.store.SequenceHole;
import dev.mcpreel.captures.store.VerifyReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What is readable of a capture, and what is not, line by line. */
final class DamageWords {
    /** One label and what stands behind it. */
    record Line(String label, String words) {}

    /** More lines of one kind help nobody. */
    private static final int MOST = 20;

    private DamageWords() {}

    /** For example {@code 2497 of 3000 records (83.2%), 14MiB of 17MiB; of 320 exchanges 290 whole (90.6%), 3 in part, ...}. */
    static String readable(VerifyReport report) {
        ReadSummary log = report.log();
        long exchanges = exchangesWritten(report);
        return log.records() + " of " + atLeast(report) + report.recordsWritten() + " records"
                + share(log.records(), report.recordsWritten()) + ", " + bytes(report) + "; of "
                + atLeast(report) + exchanges + " exchanges " + report.exchangesWhole() + " whole"
                + share(report.exchangesWhole(), exchanges) + ", " + report.exchangesInPart() + " in part, "
                + report.exchangesOpen() + " without an end";
    }

    /** What is damaged and what is missing; none for a capture that is intact. */
    static List<Line> damage(VerifyReport report) {
        List<Line> lines = new ArrayList<>();
        ReadSummary log = report.log();
        for (DamagedRegion region : first(log.damaged())) {
            lines.add(new Line("DAMAGED", region(region)));
        }
        more(lines, "DAMAGED", log.damaged().size(), "places");
        for (SequenceHole hole : first(log.holes())) {
            lines.add(new Line("HOLE", hole(hole)));
        }
        more(lines, "HOLE", log.holes().size(), "runs of records");
        if (log.outOfOrder() > 0) {
            lines.add(new Line("ORDER", Amounts.count(log.outOfOrder(), "record") + " twice or in the wrong place"));
        }
        long atEnd = report.recordsMissing() - log.missing();
        if (atEnd > 0) {
            lines.add(new Line("END", "the last " + Amounts.count(atEnd, "record") + " are missing"));
        }
        return lines;
    }

    /** What to do about it. */
    static String cure(Path capture) {
        return "copy what can be read to a new capture: mcp-reel salvage " + TerminalText.escape(capture.toString())
                + " --out DIR";
    }

    static void addTo(ObjectNode root, VerifyReport report) {
        root.put("records_written", report.recordsWritten());
        root.put("records_missing", report.recordsMissing());
        root.put("exchanges_whole", report.exchangesWhole());
        root.put("damaged_bytes", report.log().damagedBytes());
        root.put("out_of_order", report.log().outOfOrder());
        ArrayNode holes = root.putArray("sequence_holes");
        report.log()
                .holes()
                .forEach(hole -> holes.addObject().put("first", hole.firstSeq()).put("count", hole.count()));
        ArrayNode damage = root.putArray("damage");
        report.log().damaged().forEach(region -> add(damage.addObject(), region));
    }

    private static void add(ObjectNode node, DamagedRegion region) {
        node.put("file", region.file()).put("offset", region.offset()).put("length", region.length());
        if (region.records() == DamagedRegion.UNKNOWN) {
            node.putNull("records");
        } else {
            node.put("records", region.records());
        }
        if (!region.why().isEmpty()) {
            node.put("why", region.why());
        }
    }

    private static String region(DamagedRegion region) {
        String file = TerminalText.escape(region.file());
        String where = region.length() == 0
                ? file
                : file + " bytes " + region.offset() + " to " + (region.offset() + region.length() - 1) + " ("
                        + Amounts.bytes(region.length()) + ")";
        String why = region.why().isEmpty() ? "unreadable" : "cannot be read: " + TerminalText.escape(region.why());
        return where + " " + why
                + (region.records() == DamagedRegion.UNKNOWN
                        ? ", with an unknown number of records"
                        : ", with " + Amounts.count(region.records(), "record"));
    }

    private static String hole(SequenceHole hole) {
        long last = hole.firstSeq() + hole.count() - 1;
        return hole.count() == 1
                ? "record " + last + " is missing"
                : "records " + hole.firstSeq() + " to " + last + " are missing (" + hole.count() + ")";
    }

    private static <T> List<T> first(List<T> all) {
        return all.subList(0, Math.min(MOST, all.size()));
    }

    private static void more(List<Line> lines, String label, int size, String what) {
        if (size > MOST) {
            lines.add(new Line(label, "and " + (size - MOST) + " more " + what + "; --json lists them"));
        }
    }

    private static String bytes(VerifyReport report) {
        String there = Amounts.bytes(report.log().bytes());
        Manifest manifest = report.manifest();
        if (manifest == null || report.ok() || !isEnded(report)) {
            return there;
        }
        Removed removed = manifest.removed();
        long kept = manifest.counts().bytes() - (removed == null ? 0 : removed.bytes());
        return there + " of " + Amounts.bytes(kept);
    }

    /** Those the recorder lost among them, and those that retention removed not. */
    private static long exchangesWritten(VerifyReport report) {
        long there = report.exchangesWhole() + report.exchangesInPart() + report.exchangesOpen();
        Manifest manifest = report.manifest();
        if (manifest == null || !isEnded(report)) {
            return there;
        }
        long filtered = manifest.counts().filtered().values().stream()
                .mapToLong(Long::longValue)
                .sum();
        Removed removed = manifest.removed();
        long kept = manifest.counts().seen() - filtered - (removed == null ? 0 : removed.exchanges());
        return Math.max(there, kept);
    }

    private static String atLeast(VerifyReport report) {
        return isEnded(report) ? "" : "at least ";
    }

    private static boolean isEnded(VerifyReport report) {
        return report.manifest() != null && !report.interrupted() && !report.live();
    }

    /** Rounded down, so that 100% is all of it. */
    private static String share(long part, long all) {
        return all == 0 ? "" : String.format(Locale.ROOT, " (%.1f%%)", Math.floor(1000.0 * part / all) / 10);
    }
}

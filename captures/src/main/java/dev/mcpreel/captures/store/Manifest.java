package dev.mcpreel.captures.store;

import dev.mcpreel.captures.exchange.ClockAnchor;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a capture says of itself: the file {@code manifest.json} of its folder.
 *
 * @param format version of the log, see docs/CAPTURE_FORMAT.md
 * @param id names the capture, the name of its folder
 * @param product name and version of the writer
 * @param startedAt ISO 8601 instant
 * @param endedAt ISO 8601 instant, null while open
 * @param anchor ties the monotonic times of the log to the wall clock
 * @param listen where clients connected, empty for a replay
 * @param upstreams where the traffic went
 * @param redaction what was kept from the disk, in words
 * @param counts as far as known: exact once ended
 * @param replay null for a recording
 * @param relay null for a replay, and for captures of before it was written down
 * @param filter the rules by which exchanges were left out on purpose, as they were written; empty for none
 * @param salvaged null unless it was made of another one, by salvage
 * @param removed what retention removed from the beginning, null when nothing
 * @param cut null unless it is a part of another one, made by cut
 * @param imported null unless it was made of a file of another kind
 */
public record Manifest(
        int format,
        String id,
        Role role,
        String product,
        String startedAt,
        @Nullable String endedAt,
        Ending ending,
        ClockAnchor anchor,
        String listen,
        List<String> upstreams,
        List<String> redaction,
        Counts counts,
        @Nullable ReplayInfo replay,
        @Nullable RelayInfo relay,
        List<String> filter,
        @Nullable SalvageInfo salvaged,
        @Nullable Removed removed,
        @Nullable CutInfo cut,
        @Nullable ImportInfo imported) {
    /** The version this code writes, and the newest it reads. */
    public static final int FORMAT = 1;

    public Manifest {
        // A field that is missing in the file must not be found out later.
        Stream.of(id, role, product, startedAt, ending, anchor, listen, counts).forEach(Objects::requireNonNull);
        upstreams = List.copyOf(upstreams);
        redaction = List.copyOf(redaction);
        filter = unlessAbsent(filter);
    }

    /** Of a capture that was made of no other file. */
    public Manifest(
            int format,
            String id,
            Role role,
            String product,
            String startedAt,
            @Nullable String endedAt,
            Ending ending,
            ClockAnchor anchor,
            String listen,
            List<String> upstreams,
            List<String> redaction,
            Counts counts,
            @Nullable ReplayInfo replay,
            @Nullable RelayInfo relay,
            List<String> filter,
            @Nullable SalvageInfo salvaged,
            @Nullable Removed removed) {
        this(
                format, id, role, product, startedAt, endedAt, ending, anchor, listen, upstreams, redaction, counts,
                replay, relay, filter, salvaged, removed, null, null);
    }

    /** Captures of before there were filters do not have the field. */
    private static List<String> unlessAbsent(@Nullable List<String> rules) {
        return rules == null ? List.of() : List.copyOf(rules);
    }

    /** The same capture, ended. */
    public Manifest ended(String at, Ending how, Counts finalCounts) {
        return new Manifest(
                format,
                id,
                role,
                product,
                startedAt,
                at,
                how,
                anchor,
                listen,
                upstreams,
                redaction,
                finalCounts,
                replay,
                relay,
                filter,
                salvaged,
                removed,
                cut,
                imported);
    }

    public Manifest withListen(String origin, RelayInfo info) {
        return new Manifest(
                format, id, role, product, startedAt, endedAt, ending, anchor, origin, upstreams, redaction, counts,
                replay, info, filter, salvaged, removed, cut, imported);
    }

    public Manifest withReplay(ReplayInfo info) {
        return new Manifest(
                format, id, role, product, startedAt, endedAt, ending, anchor, listen, upstreams, redaction, counts,
                info, relay, filter, salvaged, removed, cut, imported);
    }

    /** The same, made of a file of another kind and relayed as that says. */
    Manifest withImported(ImportInfo info, @Nullable RelayInfo relayed) {
        return new Manifest(
                format, id, role, product, startedAt, endedAt, ending, anchor, listen, upstreams, redaction, counts,
                replay, relayed, filter, salvaged, removed, cut, info);
    }

    Manifest withRemoved(Removed what) {
        return new Manifest(
                format, id, role, product, startedAt, endedAt, ending, anchor, listen, upstreams, redaction, counts,
                replay, relay, filter, salvaged, what, cut, imported);
    }

    /**
     * The same, made of another capture. A replay of which something is missing can no longer be judged. What retention had removed
     * stays removed; numbers begin anew.
     */
    Manifest salvaged(@Nullable Manifest old, SalvageInfo salvage) {
        Removed gone = old == null ? null : old.removed;
        boolean isWhole = salvage.missingRecords() == 0 && salvage.damagedBytes() == 0;
        ReplayInfo judged =
                replay == null || isWhole ? replay : replay.invalid("the capture was damaged: records are missing");
        return new Manifest(
                format,
                id,
                role,
                product,
                old == null ? startedAt : old.startedAt,
                endedAt,
                ending,
                anchor,
                listen,
                upstreams,
                redaction,
                counts,
                judged,
                old == null ? null : old.relay,
                filter,
                salvage,
                gone == null ? null : gone.renumbered(),
                old == null ? null : old.cut,
                old == null ? null : old.imported);
    }

    /**
     * The same, a part of another capture. A replay of which steps were left out can no longer be judged. What retention had removed
     * is left out like all the rest.
     */
    Manifest cutOutOf(Manifest old, CutInfo info, boolean lacksSteps) {
        List<String> by = new ArrayList<>();
        if (old.cut != null) {
            by.addAll(old.cut.by());
        }
        by.addAll(info.by());
        return new Manifest(
                format,
                id,
                role,
                product,
                old.startedAt,
                endedAt,
                ending,
                old.anchor,
                listen,
                upstreams,
                redaction,
                counts,
                replay == null || !lacksSteps ? replay : replay.invalid("steps of it were cut out"),
                old.relay,
                filter,
                old.salvaged,
                null,
                new CutInfo(info.from(), by, info.sessions(), info.exchanges()),
                old.imported);
    }
}

package dev.mcpreel.captures.transfer;

import dev.mcpreel.captures.store.ReadSummary;
import java.util.List;

/**
 * How an export went.
 *
 * @param read what of the capture could be read
 * @param notes what the file does not hold, or holds otherwise than the capture; one sentence each
 */
public record ExportReport(ReadSummary read, long sessions, long calls, List<String> notes) {
    public ExportReport {
        notes = List.copyOf(notes);
    }
}

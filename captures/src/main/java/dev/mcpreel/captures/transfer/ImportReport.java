package dev.mcpreel.captures.transfer;

import dev.mcpreel.captures.store.Manifest;
import java.nio.file.Path;
import java.util.List;

/**
 * How an import went.
 *
 * @param folder the new capture's
 * @param notes what was made up and what could not be taken, as the manifest has it
 */
public record ImportReport(Path folder, FileKind kind, Manifest manifest, List<String> notes) {
    public ImportReport {
        notes = List.copyOf(notes);
    }
}

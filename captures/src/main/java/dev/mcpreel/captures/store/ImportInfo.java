package dev.mcpreel.captures.store;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What a capture that was no recording was made of; part of its manifest.
 *
 * @param from the file's name, without its folder
 * @param format what it was, as after {@code --format}
 * @param capture the id of the capture that was exported into it; empty when it was none
 * @param notes what was made up because the file does not say it, and what could not be taken; one sentence each
 */
public record ImportInfo(String from, String format, String capture, List<String> notes) {
    public ImportInfo {
        Stream.of(from, format, capture).forEach(Objects::requireNonNull);
        notes = List.copyOf(notes);
    }
}

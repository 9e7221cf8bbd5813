package dev.mcpreel.captures.store;

import java.util.List;

/**
 * Of a capture that was made by salvage: what it was made of. Part of its manifest.
 *
 * @param from the name of the folder it was read from
 * @param records how many records were read and copied
 * @param missingRecords how many are known to be missing
 * @param damagedBytes bytes that were there and could not be read
 * @param files the files they are in, the first 100
 */
public record SalvageInfo(String from, long records, long missingRecords, long damagedBytes, List<String> files) {
    public SalvageInfo {
        files = List.copyOf(files);
    }
}

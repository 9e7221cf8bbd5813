package dev.mcpreel.captures.store;

import java.nio.file.Path;

/**
 * What a salvage did.
 *
 * @param source what was read, and what is wrong with it
 * @param folder the new capture
 * @param manifest its manifest
 */
public record SalvageReport(VerifyReport source, Path folder, Manifest manifest) {}

package dev.mcpreel.captures.store;

import java.nio.file.Path;

/**
 * What was cut.
 *
 * @param source what was read of the capture
 * @param folder the new capture
 * @param manifest that of the new capture
 */
public record CutReport(VerifyReport source, Path folder, Manifest manifest) {}

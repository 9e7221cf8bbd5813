package dev.mcpreel.captures.transfer;

import dev.mcpreel.captures.redact.Redaction;
import dev.mcpreel.captures.store.WriterOptions;

/**
 * How a file is imported.
 *
 * @param redaction what is kept from the disk
 * @param product name and version of the program
 * @param gapNanos think time before a call where the file does not tell it
 * @param writer the disk and the sizes; its clocks are not used
 */
public record ImportOptions(Redaction redaction, String product, long gapNanos, WriterOptions writer) {}

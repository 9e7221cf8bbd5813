package dev.mcpreel.captures.exchange;

/** One HTTP header field as it stood on the wire; the name keeps its case. */
public record Header(String name, String value) {}

package dev.mcpreel.captures.transfer;

/** What a file to be imported is. */
public enum FileKind {
    /** JSON Lines of our own, see docs/EXPORT.md. */
    JSONL("jsonl"),
    /** HTTP Archive 1.2, of a browser, a proxy, or of our own. */
    HAR("har"),
    /** A cassette of devhelmhq/mcp-recorder, version 1. */
    MCP_RECORDER("mcp-recorder"),
    /** A cassette of cheneeheng/mcp-cassette, version 1 to 3. */
    MCP_CASSETTE("mcp-cassette");

    private final String word;

    FileKind(String word) {
        this.word = word;
    }

    /** As options and manifests have it. */
    @Override
    public String toString() {
        return word;
    }
}

package dev.mcpreel.captures.transfer;

import dev.mcpreel.captures.session.SessionOptions;
import dev.mcpreel.captures.store.CaptureReader;
import java.io.OutputStream;

/**
 * Writes a capture as a file of another kind, in one pass. The stream is flushed and not closed; what cannot be written to
 * it is a {@link java.io.UncheckedIOException}.
 */
public final class CaptureExport {
    private CaptureExport() {}

    /**
     * JSON Lines: one call a line, and every event of the log beside them.
     *
     * @param how the session model whose sessions and calls are written
     * @param http whether the HTTP exchanges are written too; without them there is no way back
     */
    public static ExportReport jsonl(CaptureReader capture, SessionOptions how, boolean http, OutputStream to) {
        return JsonlExport.write(capture, how, http, to);
    }

    /** HTTP Archive 1.2: an exchange an entry. */
    public static ExportReport har(CaptureReader capture, SessionOptions how, OutputStream to) {
        return HarExport.write(capture, how, to);
    }

    /**
     * A script for k6 with the extension xk6-infobip-mcp: a scenario for each agent session.
     *
     * @param how the session model whose sessions are written
     * @param sessions how many sessions at most: the first that make a call
     */
    public static ExportReport k6(CaptureReader capture, SessionOptions how, int sessions, OutputStream to) {
        return K6Export.write(capture, how, sessions, to);
    }
}

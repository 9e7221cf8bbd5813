package dev.mcpreel.captures.transfer;

import dev.mcpreel.captures.store.CaptureException;
import dev.mcpreel.captures.store.CaptureException.Category;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Makes a capture of a file. What the file does not say is made up and said to be; secrets in it do not reach the disk. */
public final class CaptureImport {
    private CaptureImport() {}

    /**
     * Imports a file; where that fails, nothing of the new capture is left behind.
     *
     * @param storeDir where the capture is made; created when missing
     * @param kind what the file is, null to find out
     * @throws CaptureException {@code INPUT} when the file cannot be opened, {@code DAMAGED} when it holds something else than
     *     it should, with the place; {@code FAILED} when the capture cannot be written
     */
    public static ImportReport run(Path file, Path storeDir, @Nullable FileKind kind, ImportOptions options) {
        if (Files.isDirectory(file)) {
            throw new CaptureException(Category.INPUT, file + " is a folder: name a file to import");
        }
        try {
            FileKind found = kind == null ? FileLooks.of(file) : kind;
            return switch (found) {
                case JSONL -> new JsonlImport(file, options).into(storeDir);
                case HAR -> new HarImport(file, options).into(storeDir);
                case MCP_RECORDER -> McpRecorderImport.run(file, storeDir, options);
                case MCP_CASSETTE -> McpCassetteImport.run(file, storeDir, options);
            };
        } catch (NoSuchFileException e) {
            throw new CaptureException(Category.INPUT, file + " is not there: name a file to import", e);
        } catch (IOException e) {
            throw new CaptureException(
                    Category.INPUT, file + " cannot be read: check that it is a file and that you may read it", e);
        }
    }
}

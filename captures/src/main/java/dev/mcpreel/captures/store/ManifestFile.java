package dev.mcpreel.captures.store;

import dev.mcpreel.captures.store.CaptureException.Category;
import dev.mcpreel.captures.wire.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The file {@code manifest.json}: at every moment either the old one whole or the new one whole. */
final class ManifestFile {
    static final String NAME = "manifest.json";

    static final String TEMPORARY = "manifest.json.tmp";

    private static final long MAX_BYTES = 16 << 20;

    private ManifestFile() {}

    static void write(Path folder, Manifest manifest) throws IOException {
        byte[] json = (Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(manifest) + "\n")
                .getBytes(StandardCharsets.UTF_8);
        Path temporary = folder.resolve(TEMPORARY);
        Files.deleteIfExists(temporary);
        try (FileChannel channel = FileChannel.open(
                temporary, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), Folders.fileAttributes())) {
            ByteBuffer bytes = ByteBuffer.wrap(json);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        } catch (IOException e) {
            Files.deleteIfExists(temporary);
            throw e;
        }
        Files.move(temporary, folder.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
        Folders.force(folder);
    }

    /** @throws CaptureException when it is missing or no manifest ({@code DAMAGED}), or of a newer format */
    static Manifest read(Path folder) {
        Path file = folder.resolve(NAME);
        JsonNode tree;
        try {
            if (Files.exists(file) && (!Files.isRegularFile(file) || Files.size(file) > MAX_BYTES)) {
                throw unreadable(file, Files.isRegularFile(file) ? "it is too long for one" : "it is no file", null);
            }
            tree = Json.parse(Files.readAllBytes(file)).orElseThrow(() -> unreadable(file, "it is not JSON", null));
        } catch (IOException e) {
            throw unreadable(file, why(file, e), e);
        }
        JsonNode format = tree.path("format");
        if (!format.canConvertToInt() || format.intValue() < 1) {
            throw unreadable(file, "it has no format number", null);
        }
        if (format.intValue() > Manifest.FORMAT) {
            throw new CaptureException(
                    Category.INPUT,
                    folder + " was written by a newer mcp-reel (format " + format.intValue()
                            + "); this one reads up to " + Manifest.FORMAT + ": update mcp-reel");
        }
        try {
            return Json.mapper().treeToValue(tree, Manifest.class);
        } catch (JacksonException e) {
            throw unreadable(file, "a field is missing or wrong", e);
        }
    }

    private static String why(Path file, IOException e) {
        if (e instanceof AccessDeniedException) {
            return "no permission to read it";
        }
        return Files.exists(file) ? "the disk or the file system failed" : "it is missing";
    }

    private static CaptureException unreadable(Path file, String why, @Nullable Exception e) {
        String message = file.getFileName() + " cannot be read: " + why;
        return e == null
                ? new CaptureException(Category.DAMAGED, message)
                : new CaptureException(Category.DAMAGED, message, e);
    }
}

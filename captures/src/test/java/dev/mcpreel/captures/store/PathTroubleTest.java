package dev.mcpreel.captures.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Refusals are made up where a superuser would not meet them. */
@Timeout(30)
class PathTroubleTest {
    @TempDir
    Path folder;

    @Test
    void inWords_accessDenied_namesTheNearestFolderThatIsThere() {
        Path wanted = folder.resolve("a").resolve("b");
        assertThat(PathTrouble.inWords(wanted, "write to", new AccessDeniedException(wanted.toString())))
                .isEqualTo("no permission to write to " + folder);
    }

    @Test
    void inWords_aFileOnTheWay_saysWhichIsAFile() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThat(PathTrouble.inWords(
                        file.resolve("b"), "write to", new FileSystemException("x", null, "Not a directory")))
                .isEqualTo(file + " is a file");
        assertThat(PathTrouble.inWords(file, "write to", new AccessDeniedException("x")))
                .isEqualTo(file + " is a file");
    }

    @Test
    void inWords_anythingElse_saysWhatTheFileSystemSays() {
        assertThat(PathTrouble.inWords(folder, "write to", new FileSystemException("x", null, "Read-only file system")))
                .isEqualTo("the file system says: Read-only file system");
        assertThat(PathTrouble.inWords(folder.resolve("a"), "write to", new NoSuchFileException("x")))
                .isEqualTo(folder + " takes no folders");
        assertThat(PathTrouble.inWords(folder, "write to", new IOException())).isEqualTo("the file system refused it");
    }

    @Test
    void unseen_accessDenied_isNotCalledMissing() {
        Path given = folder.resolve("closed").resolve("run");
        assertThat(CapturePath.unseen(given, new AccessDeniedException(given.toString())))
                .isEqualTo("cannot look at " + given + ": no permission to look into " + folder);
        assertThat(CapturePath.unseen(given, new NoSuchFileException(given.toString())))
                .startsWith(given + " does not exist: name a capture");
    }

    @Test
    void create_belowAFile_namesTheFile() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        for (Path out : new Path[] {file, file.resolve("captures"), file.resolve("a/b")}) {
            assertThatThrownBy(() -> CaptureWriter.create(out, Captures.SEED, Captures.options(new FakeClock(0))))
                    .isInstanceOf(CaptureException.class)
                    .hasMessage("cannot make a capture in " + out + ": " + file
                            + " is a file; name another folder, one you may write to");
        }
        assertThatThrownBy(() -> CaptureReader.open(file.resolve("captures")))
                .isInstanceOf(CaptureException.class)
                .hasMessage("cannot look at " + file.resolve("captures") + ": " + file + " is a file");
    }
}

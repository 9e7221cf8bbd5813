package dev.mcpreel.cli.system;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * A disk of a test's own that can be filled, frozen and broken. Needs root and loop devices. It is unmounted however the
 * test ends, and a frozen one thaws by itself even when the test's JVM is killed.
 */
final class DiskUnderTest implements AutoCloseable {
    /** EXT4_IOC_SHUTDOWN without a flush of the journal: from then on every write fails with EIO. */
    private static final String SHUT_DOWN =
            "import fcntl,os,struct,sys; fcntl.ioctl(os.open(sys.argv[1], os.O_RDONLY), 0x8004587d, struct.pack('I', 2))";

    private final Path mount;
    private final Thread atExit = new Thread(this::unmount);
    private Process frozen;

    private DiskUnderTest(Path mount) {
        this.mount = mount;
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** Skips the test where no disk can be had; where CI runs as root, one must be. */
    static void assumePossible() throws IOException, InterruptedException {
        boolean root = run("id", "-u").strip().equals("0");
        if (root && "true".equals(System.getenv("CI"))) {
            return;
        }
        Assumptions.assumeTrue(root, "only root can mount disks");
        Assumptions.assumeTrue(Files.exists(Path.of("/dev/loop-control")), "no loop devices here");
    }

    /** In memory; pages that are written are taken from it one by one. */
    static DiskUnderTest tmpfs(Path work, int mebibytes) throws IOException, InterruptedException {
        Path mount = Files.createDirectory(work.resolve("disk"));
        run("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "tmpfs", mount.toString());
        return new DiskUnderTest(mount);
    }

    /** A file system in a file; it becomes read-only at the first error it finds in itself. */
    static DiskUnderTest ext4(Path work, int mebibytes) throws IOException, InterruptedException {
        Path mount = Files.createDirectory(work.resolve("disk"));
        Path image = work.resolve("image");
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength((long) mebibytes << 20);
        }
        run("mkfs.ext4", "-q", "-F", "-m", "0", image.toString());
        run("mount", "-o", "loop,errors=remount-ro", image.toString(), mount.toString());
        return new DiskUnderTest(mount);
    }

    Path folder() {
        return mount;
    }

    /** Leaves so much room. */
    void fill(int mebibytesLeft) throws IOException, InterruptedException {
        long bytes = Files.getFileStore(mount).getUsableSpace() - ((long) mebibytesLeft << 20);
        run("fallocate", "-l", String.valueOf(bytes), mount.resolve("filler").toString());
    }

    /** Takes what is left, to the last page. */
    void fillUp() throws IOException {
        try (RandomAccessFile file =
                new RandomAccessFile(mount.resolve("filler").toFile(), "rw")) {
            for (byte[] block = new byte[1 << 20]; block.length > 0; ) {
                try {
                    file.write(block);
                } catch (IOException full) {
                    block = new byte[block.length == 1 << 20 ? 4096 : 0];
                }
            }
        }
    }

    /** Gives back what was taken. */
    void free() throws IOException {
        Files.delete(mount.resolve("filler"));
    }

    /** Makes every write wait until {@link #thaw}, but for no longer than this. */
    void freeze(Duration atMost) throws IOException, InterruptedException {
        run("sync", "-f", mount.toString());
        String script = "fsfreeze -f \"$1\" && echo frozen; sleep \"$2\"; fsfreeze -u \"$1\"";
        frozen = new ProcessBuilder("sh", "-c", script, "sh", mount.toString(), String.valueOf(atMost.toSeconds()))
                .start();
        if (!"frozen".equals(frozen.inputReader().readLine())) {
            throw new IOException("cannot freeze " + mount);
        }
    }

    /** Does nothing when nothing is frozen. */
    void thaw() throws IOException, InterruptedException {
        if (frozen != null) {
            frozen.descendants().forEach(ProcessHandle::destroyForcibly);
            frozen.waitFor();
            frozen = null;
        }
    }

    /** What the kernel does when it finds the file system damaged. */
    void failToReadOnly() throws IOException, InterruptedException {
        String device = run("findmnt", "-n", "-o", "SOURCE", mount.toString()).strip();
        Files.writeString(Path.of("/sys/fs/ext4", Path.of(device).getFileName().toString(), "trigger_fs_error"), "1");
    }

    void readOnly() throws IOException, InterruptedException {
        run("mount", "-o", "remount,ro", mount.toString());
    }

    /** What is on the disk after all, as the next mount finds it. */
    void mountAgain() throws IOException, InterruptedException {
        run("umount", mount.toString());
        run("mount", "-o", "loop", mount.resolveSibling("image").toString(), mount.toString());
    }

    /** Keeps what has reached the disk by now, and nothing that only the kernel has. Whoever writes must be stopped. */
    void keepAsItIs() throws IOException, InterruptedException {
        run("cp", "--sparse=always", mount.resolveSibling("image").toString(), kept());
    }

    /** The power comes back: in place of the disk is what was kept of it. */
    void mountKept() throws IOException, InterruptedException {
        run("umount", mount.toString());
        run("mount", "-o", "loop", kept(), mount.toString());
    }

    private String kept() {
        return mount.resolveSibling("kept").toString();
    }

    /** The device goes away: every write fails from now on. */
    void die() throws IOException, InterruptedException {
        run("python3", "-c", SHUT_DOWN, mount.toString());
    }

    @Override
    public void close() {
        unmount();
        Runtime.getRuntime().removeShutdownHook(atExit);
    }

    private void unmount() {
        try {
            thaw();
            if (new ProcessBuilder("umount", mount.toString()).start().waitFor() != 0) {
                run("umount", "-l", mount.toString());
            }
        } catch (IOException e) {
            System.out.println("cannot unmount " + mount + ": " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException(List.of(command) + ": " + said);
        }
        return said;
    }
}

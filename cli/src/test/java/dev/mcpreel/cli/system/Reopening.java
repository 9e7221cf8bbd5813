package dev.mcpreel.cli.system;

import dev.mcpreel.captures.exchange.EndCause;
import dev.mcpreel.captures.exchange.EndedBy;
import dev.mcpreel.captures.exchange.ExchangeEnd;
import dev.mcpreel.captures.store.CaptureAppender;
import dev.mcpreel.captures.store.CaptureWriter;
import dev.mcpreel.captures.store.ManifestSeed;
import dev.mcpreel.captures.store.Role;
import dev.mcpreel.captures.store.WriterOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/** How long it takes until a store in which a recorder was killed has another record that is durable. */
final class Reopening {
    private static final ManifestSeed SEED = new ManifestSeed(Role.RECORDED, "test", "", List.of(), List.of(), null);

    private Reopening() {}

    /** From nothing to an exchange that is acknowledged; leaves nothing behind. */
    static Duration measure(Path store) {
        long from = System.nanoTime();
        CaptureWriter writer = CaptureWriter.create(store, SEED, WriterOptions.defaults());
        CaptureAppender appender = writer.newAppender();
        appender.append(new ExchangeEnd(1, 1, from, EndCause.COMPLETE, EndedBy.CLIENT, 0, 0, 0, 0, ""));
        appender.flush();
        Awaitility.await().pollInterval(Duration.ofMillis(1)).until(() -> writer.syncedSeq() >= 1);
        Duration took = Duration.ofNanos(System.nanoTime() - from);
        writer.discard();
        return took;
    }

    /** The same in a process that has process id 1 of its namespace. */
    static Duration measureAsFirstProcess(Path store, Path warmUp) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(ChildCommand.commandLine(
                        true, List.of(), Reopening.class.getName(), List.of(store.toString(), warmUp.toString())))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String nanos = process.inputReader().readLine();
        if (process.waitFor() != 0) {
            throw new IOException("no time measured: " + nanos);
        }
        return Duration.ofNanos(Long.parseLong(nanos));
    }

    public static void main(String[] arguments) {
        // What a JVM takes to load its classes is no part of it.
        measure(Path.of(arguments[1]));
        System.out.println(measure(Path.of(arguments[0])).toNanos());
        System.exit(0);
    }
}

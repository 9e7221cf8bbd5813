package dev.mcpreel.cli.system;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** {@code mcp-reel record} in a process of its own. */
final class ChildRecorder implements AutoCloseable {
    private static final Pattern LISTENING = Pattern.compile("listening on (http://\\S+?),");

    private final ChildCommand command;

    private ChildRecorder(ChildCommand command) {
        this.command = command;
    }

    static ChildRecorder start(URI upstream, Path out, Path ackFile, boolean ownPidNamespace) throws IOException {
        return new ChildRecorder(ChildCommand.start(
                ownPidNamespace,
                LISTENING,
                List.of(
                        "record",
                        "--upstream",
                        upstream.toString(),
                        "--listen",
                        "127.0.0.1:0",
                        "--out",
                        out.toString(),
                        "--ack-file",
                        ackFile.toString())));
    }

    /**
     * With a young generation so small that its garbage is collected all the time: whatever keeps a thread from reaching a
     * safepoint is felt by every client.
     */
    static ChildRecorder start(URI upstream, Path out, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "record", "--upstream", upstream.toString(), "--listen", "127.0.0.1:0", "--out", out.toString()));
        arguments.addAll(List.of(more));
        return new ChildRecorder(ChildCommand.start(false, LISTENING, List.of("-Xmn8m"), arguments));
    }

    /** For what is not asked often. */
    ChildCommand command() {
        return command;
    }

    @Override
    public void close() {
        try {
            command.kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    URI address() {
        return URI.create(command.ready().group(1));
    }

    void kill() throws InterruptedException {
        command.kill();
    }

    int end() throws InterruptedException {
        return command.end();
    }
}

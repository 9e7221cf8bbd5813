package dev.mcpreel.cli.system;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** {@code mcp-reel record} in a process of its own. */
final class ChildRecorder {
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

package dev.mcpreel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.store.CaptureReader;
import dev.mcpreel.cli.system.ChildCommand;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whoever binds wider than loopback is told so, with {@code --quiet} too. */
@Timeout(60)
class ListenWordsTest {
    @TempDir
    private Path folder;

    @Test
    void everyAddress_isSaidAndRecordedAsItWasAskedFor() throws Exception {
        ChildCommand recorder = record("0.0.0.0:0");
        int port = Integer.parseInt(recorder.ready().group(2));
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            assertThat(socket.isConnected()).isTrue();
        }
        assertThat(recorder.ready().group(1)).isEqualTo("http://0.0.0.0");
        assertThat(recorder.end()).isZero();
        assertThat(recorder.rest().lines())
                .contains("every address of this machine is listened on, and can be reached from other machines:"
                        + " --listen 0.0.0.0:0");
        assertThat(CaptureReader.open(folder).manifest().listen()).isEqualTo("http://0.0.0.0:" + port);
    }

    @Test
    void loopback_isNothingToSpeakOf() throws Exception {
        ChildCommand recorder = record("127.0.0.1:0");
        assertThat(recorder.end()).isZero();
        assertThat(recorder.rest()).isEmpty();
    }

    private ChildCommand record(String listen) throws Exception {
        return ChildCommand.start(
                false,
                Pattern.compile("^listening on (\\S+):(\\d+),"),
                List.of(
                        "record",
                        "--quiet",
                        "--max-connections",
                        "10",
                        "--upstream",
                        "http://127.0.0.1:1",
                        "--listen",
                        listen,
                        "--out",
                        folder.toString()));
    }
}

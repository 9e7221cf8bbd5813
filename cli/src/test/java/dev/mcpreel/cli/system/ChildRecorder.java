package dev.mcpreel.cli.system;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code mcp-reel record} in a process of its own, so that it can be killed. */
final class ChildRecorder {
    private static final Pattern LISTENING = Pattern.compile("listening on (http://\\S+?),");
    private static final List<String> OPENS = List.of(
            "--add-opens", "java.base/java.lang.reflect=ALL-UNNAMED",
            "--add-opens", "java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-opens", "java.base/jdk.internal.ref=ALL-UNNAMED");

    private final Process process;
    private final URI address;

    private ChildRecorder(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    /**
     * Starts it and waits until it listens.
     *
     * @param ownPidNamespace whether it gets process id 1 of a namespace of its own, as in a container
     */
    static ChildRecorder start(URI upstream, Path out, Path ackFile, boolean ownPidNamespace) throws IOException {
        List<String> command = new ArrayList<>();
        if (ownPidNamespace) {
            command.addAll(List.of("unshare", "--pid", "--fork", "--kill-child"));
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(OPENS);
        command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of("dev.mcpreel.cli.Main", "record", "--upstream", upstream.toString()));
        command.addAll(List.of("--listen", "127.0.0.1:0", "--out", out.toString(), "--ack-file", ackFile.toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        StringBuilder said = new StringBuilder();
        BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line;
        while ((line = reader.readLine()) != null) {
            Matcher matcher = LISTENING.matcher(line);
            if (matcher.find()) {
                return new ChildRecorder(process, URI.create(matcher.group(1)));
            }
            said.append(line).append('\n');
        }
        throw new IOException("the recorder did not start: " + said);
    }

    static boolean canHaveOwnPidNamespace() {
        try {
            return new ProcessBuilder("unshare", "--pid", "--fork", "--kill-child", "true")
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    URI address() {
        return address;
    }

    /** SIGKILL, to the whole family; returns when it is gone. */
    void kill() throws InterruptedException {
        List<ProcessHandle> family = Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
        family.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle member : family) {
            // Not until the last one is gone has the kernel let go of its locks.
            member.onExit().join();
        }
        process.waitFor();
    }

    /** SIGTERM, as a person would end it. */
    int end() throws InterruptedException {
        process.destroy();
        return process.waitFor(30, TimeUnit.SECONDS) ? process.exitValue() : -1;
    }
}

package dev.mcpreel.cli.system;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code mcp-reel} in a process of its own, so that it can be interrupted and killed. */
public final class ChildCommand {
    private static final List<String> OPENS = List.of(
            "--add-opens",
            "java.base/java.lang.reflect=ALL-UNNAMED",
            "--add-opens",
            "java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-opens",
            "java.base/jdk.internal.ref=ALL-UNNAMED");

    private final Process process;
    private final Matcher ready;
    private final List<String> said = new CopyOnWriteArrayList<>();
    private final Thread listener;

    private ChildCommand(Process process, BufferedReader output, Matcher ready) {
        this.process = process;
        this.ready = ready;
        this.listener = new Thread(() -> output.lines().forEach(said::add), "child-output");
        listener.setDaemon(true);
        listener.start();
    }

    /**
     * Starts it and waits for a line.
     *
     * @param ownPidNamespace whether it gets process id 1 of a namespace of its own, as in a container
     * @param until found in the line that says it is ready
     */
    public static ChildCommand start(boolean ownPidNamespace, Pattern until, List<String> arguments)
            throws IOException {
        return start(ownPidNamespace, until, List.of(), arguments);
    }

    /** As {@link #start(boolean, Pattern, List)}, with flags for its JVM. */
    static ChildCommand start(boolean ownPidNamespace, Pattern until, List<String> flags, List<String> arguments)
            throws IOException {
        Process process = new ProcessBuilder(commandLine(ownPidNamespace, flags, arguments))
                .redirectErrorStream(true)
                .start();
        BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder said = new StringBuilder();
        String line;
        while ((line = output.readLine()) != null) {
            Matcher matcher = until.matcher(line);
            if (matcher.find()) {
                return new ChildCommand(process, output, matcher);
            }
            said.append(line).append('\n');
        }
        throw new IOException("the command did not start: " + said);
    }

    /** What to start for a command in a process of its own. */
    static List<String> commandLine(boolean ownPidNamespace, List<String> flags, List<String> arguments) {
        List<String> command = new ArrayList<>();
        if (ownPidNamespace) {
            command.addAll(List.of("unshare", "--pid", "--fork", "--kill-child"));
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(OPENS);
        command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
        command.addAll(flags);
        command.add("dev.mcpreel.cli.Main");
        command.addAll(arguments);
        return command;
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

    /** What was found in the line that said it is ready. */
    public Matcher ready() {
        return ready;
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

    /** SIGTERM, as a person would end it; the exit code, -1 when it does not end. */
    public int end() throws InterruptedException {
        terminate();
        return exitCode();
    }

    /** SIGTERM, without waiting for what becomes of it. */
    void terminate() {
        // Not Process.destroy(), which closes the streams as well.
        process.toHandle().destroy();
    }

    /** Waits for its end; -1 when it does not end. */
    int exitCode() throws InterruptedException {
        return process.waitFor(30, TimeUnit.SECONDS) ? process.exitValue() : -1;
    }

    long pid() {
        return process.pid();
    }

    /** What it printed since it was ready; blocks until it is gone. */
    public String rest() throws InterruptedException {
        listener.join();
        return String.join("\n", said);
    }

    /** What it printed so far since it was ready. */
    List<String> said() {
        return List.copyOf(said);
    }
}

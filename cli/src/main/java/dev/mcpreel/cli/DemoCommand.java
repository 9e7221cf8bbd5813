package dev.mcpreel.cli;

import dev.mcpreel.captures.store.CaptureReader;
import dev.mcpreel.captures.store.Ending;
import dev.mcpreel.captures.store.Manifest;
import dev.mcpreel.captures.store.WriterOptions;
import dev.mcpreel.captures.tap.RecorderOptions;
import dev.mcpreel.demo.DemoAgents;
import dev.mcpreel.demo.DemoRun;
import dev.mcpreel.demo.DemoServer;
import dev.mcpreel.proxy.ProxyConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code mcp-reel demo}: the whole way on one machine, with a real server and real agents. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Record four real agents, play them back tenfold, report. Needs nothing else; about half a minute.")
final class DemoCommand implements Callable<Integer> {
    private static final int COPIES = 10;
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final Terminal terminal;

    @Option(
            names = "--keep",
            paramLabel = "DIR",
            description = "Keep the captures there; otherwise nothing is left behind.")
    private @Nullable Path keep;

    @Option(names = "--seed", defaultValue = "1", hidden = true, description = "Seed of the server and its agents.")
    private long seed = 1;

    DemoCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path folder = keep == null ? Files.createTempDirectory("mcp-reel-demo-") : kept(keep);
        if (keep == null) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> Folders.delete(folder)));
            Interrupts.beforeHalt(() -> Folders.delete(folder));
        }
        try {
            return play(folder);
        } finally {
            if (keep == null) {
                Folders.delete(folder);
            }
        }
    }

    private static Path kept(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw CommandFailure.usage("--keep " + folder + " cannot be made: name a folder you may write to");
        }
    }

    private int play(Path folder) throws IOException, InterruptedException {
        Path captures = folder.resolve("captures");
        Path replays = folder.resolve("replays");
        record(captures);
        say("");
        say("3. What the agents did");
        int code = run("sessions", captures.toString());
        if (code == ExitCode.OK.code()) {
            code = replay(captures, replays);
        }
        boolean invalid = code == ExitCode.INVALID_RUN.code();
        if (invalid && CaptureReader.open(replays).manifest().ending() == Ending.STOPPED) {
            return code;
        }
        if (code == ExitCode.OK.code() || invalid) {
            say("");
            say("5. How it went");
            code = run("report", replays.toString());
            if (invalid) {
                say("");
                say(
                        "This machine was too busy to keep the rhythm, and the run says so: no verdict may be built on it.");
                say("Outside of this demo a replay ends with exit code 6 then.");
            }
            farewell(captures);
        }
        return code;
    }

    private void record(Path captures) throws IOException, InterruptedException {
        try (DemoServer server = DemoServer.start(DemoServer.Options.defaults().withSeed(seed))) {
            say("1. A real MCP server: a support desk with five tools (MCP Java SDK, Streamable HTTP), at "
                    + server.uri());
            say("");
            say("2. Recording: four agents work through the proxy; they think, call tools in bursts, and idle");
            command("record --upstream " + server.origin() + " --listen 127.0.0.1:0 --out " + captures);
            ProxyConfig config = ProxyConfig.of("127.0.0.1:0", server.origin().toString());
            try (Recording recording =
                    Recording.start(config, captures, RecorderOptions.DEFAULT, WriterOptions.defaults())) {
                URI target = URI.create(Addresses.origin(recording.address()) + "/mcp");
                DemoRun agents = ProgressLine.during(
                        terminal,
                        false,
                        recording::progress,
                        () -> DemoAgents.run(DemoAgents.Options.defaults(target)));
                Manifest manifest = recording.stop(GRACE);
                say("recorded " + Amounts.count(recording.counts().sessions(), "session") + ", "
                        + Amounts.count(recording.counts().calls(), "call") + ", "
                        + Amounts.count(manifest.counts().recorded(), "exchange") + " in "
                        + Amounts.duration(agents.elapsedNanos()));
                if (!agents.errors().isEmpty()) {
                    throw new CommandFailure(
                            ExitCode.FAILED,
                            "the demo's agents failed: " + agents.errors().get(0),
                            null);
                }
            }
        }
    }

    private int replay(Path captures, Path replays) throws IOException {
        try (DemoServer staging = DemoServer.start(DemoServer.Options.defaults().withSeed(seed))) {
            say("");
            say("4. Replaying: " + COPIES + " agents for each recorded one, against a second server at "
                    + staging.uri());
            return run(
                    "replay",
                    captures.toString(),
                    "--target",
                    staging.uri().toString(),
                    "--copies",
                    String.valueOf(COPIES),
                    "--tools",
                    "all",
                    "--out",
                    replays.toString());
        }
    }

    private int run(String... arguments) {
        command(String.join(" ", arguments));
        terminal.err().flush();
        int code = Main.execute(terminal, arguments);
        terminal.out().flush();
        return code;
    }

    private void farewell(Path captures) {
        say("");
        say("On your own server:");
        command("record --upstream http://HOST:PORT --listen 127.0.0.1:8080 --out captures");
        say("    and point your agents at http://127.0.0.1:8080; then");
        command("replay captures --target http://STAGING:PORT/mcp --copies 10 --out replays");
        command("report replays");
        if (keep == null) {
            say("Nothing of this demo is left behind; --keep DIR keeps its captures.");
        } else {
            say("The captures are in " + captures.getParent() + ".");
        }
    }

    private void command(String text) {
        say("    $ mcp-reel " + text);
    }

    private void say(String text) {
        terminal.out().println(text);
        terminal.out().flush();
    }
}

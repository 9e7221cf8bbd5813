package dev.mcpreel.cli;

import dev.mcpreel.captures.redact.Redaction;
import dev.mcpreel.captures.store.Manifest;
import dev.mcpreel.captures.store.WriterOptions;
import dev.mcpreel.captures.tap.RecorderOptions;
import dev.mcpreel.captures.tap.TrafficFilter;
import dev.mcpreel.proxy.ProxyConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code mcp-reel record}: stands between agents and a server until told to stop. */
@Command(
        name = "record",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Record the agents' traffic through a reverse proxy in front of an MCP server.",
        footer = {
            "",
            "Example:  mcp-reel record --upstream http://127.0.0.1:3001 --out captures-out",
            "          mcp-reel record --upstream http://10.0.0.1:3001 --upstream http://10.0.0.2:3001 \\",
            "              --balance session --out captures-out",
            "          mcp-reel record --upstream http://127.0.0.1:3001 --out captures-out \\",
            "              --max-size 10G --max-age 7d"
        })
final class RecordCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private RelayOptions relay = new RelayOptions();

    @Mixin
    private FilterOptions filters = new FilterOptions();

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Where captures are kept; each run makes a folder of its own in it.")
    private Path out = Path.of("");

    @Mixin
    private RetentionOptions retention = new RetentionOptions();

    @Option(
            names = "--recorder-threads",
            defaultValue = "1",
            paramLabel = "N",
            description = "Threads that redact and encode. Default: ${DEFAULT-VALUE}")
    private int recorderThreads = 1;

    @Option(
            names = "--drain",
            defaultValue = "10s",
            paramLabel = "TIME",
            description = {
                "How long calls in flight may take to end after Ctrl-C or SIGTERM; 0s for not at all. A second signal ends at"
                        + " once. Default: ${DEFAULT-VALUE}"
            })
    private String drain = "";

    @Mixin
    private RedactOptions redact = new RedactOptions();

    @Option(
            names = "--ack-file",
            hidden = true,
            description = "Testing: write down the exchanges the disk acknowledged.")
    private @Nullable Path ackFile;

    @Option(names = "--quiet", description = "Only the address, warnings and errors.")
    private boolean quiet;

    RecordCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (recorderThreads < 1 || recorderThreads > 64) {
            throw CommandFailure.usage("--recorder-threads " + recorderThreads + ": write a number from 1 to 64");
        }
        Duration grace = Duration.ofNanos(Durations.nanosOrZero("--drain", drain));
        ProxyConfig config = relay.config();
        Redaction redaction = redact.redaction(terminal);
        TrafficFilter filter = filters.filter().tellingPaths(redaction::target);
        RecorderOptions recorder =
                new RecorderOptions(RecorderOptions.DEFAULT.laneBytes(), recorderThreads).withFilter(filter);
        CountDownLatch stop = new CountDownLatch(1);
        // From before there is a capture, so that one signal never leaves half a capture behind.
        Interrupts.Installed interrupts = Interrupts.onFirst(stop::countDown);
        try (Recording recording = Recording.start(config, out, redaction, recorder, options())) {
            greet(recording, config);
            if (!filter.isEmpty() && !quiet) {
                terminal.err().println(RecordingWords.filter(filter.rules()));
            }
            Supplier<String> news = recording.news();
            ProgressLine.during(terminal, quiet, recording::progress, news, () -> {
                stop.await();
                return stop;
            });
            tellWaiting(recording, grace);
            Manifest manifest =
                    ProgressLine.during(terminal, quiet, recording::progress, news, () -> recording.stop(grace));
            if (!quiet) {
                summarise(recording, manifest);
                RelayWords.turnedAway(recording.proxy().stats().turnedAway(), config)
                        .ifPresent(terminal.err()::println);
            }
        } finally {
            interrupts.remove();
        }
        return ExitCode.OK.code();
    }

    private WriterOptions options() {
        WriterOptions options = WriterOptions.defaults().withRetention(retention.retention());
        return ackFile == null ? options : options.withListener(new AckFile(ackFile));
    }

    private void greet(Recording recording, ProxyConfig config) {
        String origin = Addresses.origin(recording.address());
        String upstreams = RelayWords.names(config);
        terminal.err()
                .println("listening on " + origin + ", relaying to " + upstreams + " ("
                        + String.join(
                                ", ", RelayWords.of(config, recording.proxy().transport())) + ")");
        RelayWords.reachable(recording.address(), relay.listen()).ifPresent(terminal.err()::println);
        RelayWords.tooManyConnections(config).ifPresent(terminal.err()::println);
        if (!quiet) {
            terminal.err().println("recording to " + recording.folder());
            terminal.err()
                    .println("point your agents at "
                            + RelayWords.clientOrigin(config, Addresses.origin(Addresses.fromHere(recording.address())))
                            + " instead of "
                            + upstreams + "; Ctrl-C ends the recording");
        }
    }

    private void tellWaiting(Recording recording, Duration grace) {
        int waiting = recording.callsInFlight();
        if (waiting > 0) {
            terminal.err()
                    .println("stopping: " + Amounts.count(waiting, "exchange") + " in flight, up to "
                            + Amounts.duration(grace.toNanos()) + "; Ctrl-C again ends at once");
        }
    }

    private void summarise(Recording recording, Manifest manifest) {
        Path folder = recording.folder();
        LiveCounts counts = recording.counts();
        terminal.err()
                .println("recorded " + Amounts.count(counts.sessions(), "session") + ", "
                        + Amounts.count(counts.calls(), "call") + ", "
                        + Amounts.count(manifest.counts().recorded(), "exchange") + ", "
                        + Amounts.bytes(counts.bodyBytes())
                        + " of bodies; "
                        + RecordingWords.notRecorded(manifest.counts()));
        RelayWords.upstreams(recording.proxy().upstreams()).forEach(terminal.err()::println);
        RetentionNews.total(recording.retention()).ifPresent(terminal.err()::println);
        terminal.err().println("capture  " + folder);
        terminal.err().println("next     mcp-reel sessions " + folder);
        terminal.err().println("         mcp-reel report " + folder);
        terminal.err().println("         mcp-reel replay " + folder + " --target URL --copies 10 --out DIR");
    }
}

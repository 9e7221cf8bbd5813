package dev.mcpreel.cli;

import dev.mcpreel.analysis.report.TailJson;
import dev.mcpreel.analysis.report.TailLines;
import dev.mcpreel.analysis.report.TailText;
import dev.mcpreel.analysis.report.TerminalText;
import dev.mcpreel.captures.session.SessionOptions;
import dev.mcpreel.captures.store.Accounting;
import dev.mcpreel.captures.store.CaptureFollower;
import dev.mcpreel.captures.store.CaptureFollower.State;
import dev.mcpreel.captures.store.CaptureStore;
import dev.mcpreel.captures.store.LoggedExchanges;
import dev.mcpreel.captures.store.Manifest;
import dev.mcpreel.cli.TailOutput.EnoughException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mcp-reel tail}: a capture while it is being recorded. */
@Command(
        name = "tail",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Follow a capture while it is being recorded: a line for each request as soon as it is over.",
        footer = {
            "",
            "Ends with the recording: 0, or 6 when the recorder is gone without having ended it. Times are UTC.",
            "Example:  mcp-reel tail captures --tool 'search_*' --longer-than 2s"
        })
final class TailCommand implements Callable<Integer> {
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Terminal terminal;
    private final AtomicBoolean stopped = new AtomicBoolean();

    @Parameters(
            paramLabel = "DIR",
            description = "A folder of captures for the one being recorded, or a capture's folder.")
    private Path dir = Path.of("");

    @Option(names = "--tool", paramLabel = "GLOB", description = "Show calls of such tools; * stands for anything.")
    private List<String> tools = new ArrayList<>();

    @Option(
            names = "--outcome",
            split = ",",
            paramLabel = "OUTCOME",
            description = "Show requests and calls that ended so: tool_error, http_error, ...; error for any error.")
    private List<String> outcomes = new ArrayList<>();

    @Option(names = "--longer-than", paramLabel = "TIME", description = "Show requests that took longer, such as 2s.")
    private @Nullable String longerThan;

    @Option(
            names = "--agent",
            paramLabel = "TEXT",
            description = "Show clients with this text in their name and version; * stands for anything.")
    private List<String> agents = new ArrayList<>();

    @Option(
            names = "--lines",
            paramLabel = "N",
            description = "How much of what happened before. Default: ${DEFAULT-VALUE}")
    private int lines = 10;

    @Option(names = "--all", description = "All of what happened before.")
    private boolean all;

    @Option(names = "--full", description = "Print arguments and results whole, on lines of their own.")
    private boolean full;

    @Option(names = "--json", description = "Print a JSON object on each line; with --full results, too.")
    private boolean json;

    @Option(
            names = "--follow-runs",
            description =
                    "Wait for a recording where there is none, and go on with the next one when it ends, until Ctrl-C.")
    private boolean followRuns;

    @Mixin
    private SessionModelOptions model = new SessionModelOptions();

    TailCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (lines < 0) {
            throw CommandFailure.usage("--lines " + lines + ": write 0 or more, or --all");
        }
        SessionOptions how = model.options();
        TailFilter filter = new TailFilter(
                Choices.globs("--tool", tools),
                Choices.outcomes("--outcome", outcomes),
                Choices.agents("--agent", agents),
                longerThan == null ? -1 : Durations.nanosOrZero("--longer-than", longerThan));
        Thread self = Thread.currentThread();
        Interrupts.Installed interrupts = Interrupts.onFirst(() -> {
            stopped.set(true);
            LockSupport.unpark(self);
        });
        try {
            return follow(how, filter).code();
        } catch (EnoughException e) {
            return ExitCode.OK.code();
        } finally {
            interrupts.remove();
        }
    }

    private ExitCode follow(SessionOptions how, TailFilter filter) {
        if (CaptureStore.isCapture(dir)) {
            if (followRuns) {
                throw CommandFailure.usage(
                        "--follow-runs needs the folder of captures, and " + dir + " is one capture: name its folder");
            }
            return follow(dir, how, filter);
        }
        if (!Files.isDirectory(dir)) {
            throw CommandFailure.usage(
                    dir + " is no folder: name the folder given to --out when recording, or a capture");
        }
        Path run = CaptureFollower.newestLive(dir).orElse(null);
        if (run == null && !followRuns) {
            throw CommandFailure.usage("nothing in " + dir + " is being recorded: start `mcp-reel record --out " + dir
                    + "`, wait for it with --follow-runs, or name a capture");
        }
        while (true) {
            run = run == null ? await() : run;
            ExitCode code = follow(run, how, filter);
            if (!followRuns) {
                return code;
            }
            run = null;
        }
    }

    private Path await() {
        terminal.err().println("waiting for a recording in " + TerminalText.escape(dir.toString()));
        while (true) {
            Path run = CaptureFollower.newestLive(dir).orElse(null);
            if (run != null) {
                return run;
            }
            pause(WAIT_NANOS);
        }
    }

    private ExitCode follow(Path run, SessionOptions how, TailFilter filter) {
        TailOutput output = new TailOutput(terminal.out(), stopped::get, all ? -1 : lines);
        Following[] following = new Following[1];
        try (CaptureFollower follower = CaptureFollower.open(run, event -> following[0].accept(event))) {
            Manifest manifest = follower.manifest();
            following[0] = new Following(how, filter, lines(manifest), output::print);
            terminal.err()
                    .println("following " + TerminalText.escape(run.toString()) + ", recorded since "
                            + manifest.startedAt().replaceFirst("\\.\\d+Z$", "Z"));
            State state = follower.poll();
            following[0].missing(follower.missing());
            if (state == State.GOING_ON) {
                output.goLive();
            }
            while (state == State.GOING_ON) {
                pause(LOOK_NANOS);
                state = follower.poll();
                following[0].missing(follower.missing());
                following[0].quiet(System.nanoTime());
            }
            following[0].finish();
            output.goLive();
            return ended(state, follower.manifest());
        }
    }

    private TailLines lines(Manifest manifest) {
        return json
                ? new TailJson(manifest.anchor(), full)
                : new TailText(
                        manifest.anchor(),
                        new TailText.Layout(
                                terminal.width(),
                                terminal.colour(),
                                manifest.upstreams().size() > 1,
                                full));
    }

    private ExitCode ended(State state, Manifest manifest) {
        if (state == State.INTERRUPTED) {
            terminal.err().println("interrupted: its recorder is gone without having ended it");
            return ExitCode.INVALID_RUN;
        }
        terminal.err()
                .println("ended (" + manifest.ending().name().toLowerCase(Locale.ROOT) + "): "
                        + AccountingWords.equation(Accounting.of(manifest, LoggedExchanges.NONE)));
        return ExitCode.OK;
    }

    private void pause(long nanos) {
        if (!stopped.get()) {
            LockSupport.parkNanos(nanos);
        }
        if (stopped.get() || terminal.out().checkError()) {
            throw new EnoughException();
        }
    }
}

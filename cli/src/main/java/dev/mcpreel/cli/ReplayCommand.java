package dev.mcpreel.cli;

import dev.mcpreel.captures.exchange.Outcome;
import dev.mcpreel.captures.redact.Redaction;
import dev.mcpreel.captures.session.AgentSession;
import dev.mcpreel.captures.session.SessionOptions;
import dev.mcpreel.captures.store.Ending;
import dev.mcpreel.replay.plan.Plan;
import dev.mcpreel.replay.plan.PlanOptions;
import dev.mcpreel.replay.plan.Planner;
import dev.mcpreel.replay.plan.Secrets;
import dev.mcpreel.replay.plan.Skipped;
import dev.mcpreel.replay.plan.ToolPolicy;
import dev.mcpreel.replay.rig.RigConfig;
import dev.mcpreel.replay.rig.RunResult;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mcp-reel replay}: plays a capture's agents against a target, as many of them as asked. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Play the agent sessions of a capture against a target, with their recorded rhythm.",
        footer = {
            "",
            "--copies is how many agents play each recorded session; --speed divides their think times.",
            "Example:  mcp-reel replay captures-out --target http://127.0.0.1:3002/mcp --copies 10 --out replays"
        })
final class ReplayCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "CAPTURE", description = "A capture's folder, or a folder of captures for the newest.")
    private Path capture = Path.of("");

    @Option(
            names = "--target",
            paramLabel = "URL",
            description = "The MCP end point to play against, for example http://127.0.0.1:3002/mcp.")
    private @Nullable String target;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where the replay's own capture is kept, in a folder of its own.")
    private @Nullable Path out;

    @Option(
            names = "--dry-run",
            description =
                    "Send nothing; say what would be played, and print the values that are needed and that the capture"
                            + " holds only as hashes, as a file to fill in for --secrets. Needs no --target and no --out.")
    private boolean dryRun;

    @Option(
            names = "--secrets",
            paramLabel = "FILE",
            description =
                    "What stands behind hashes of the capture, one to a line: redacted:HASH=VALUE, where VALUE may be"
                            + " $${env:NAME}. Sent to the target, never written down.")
    private @Nullable Path secretsFile;

    @Option(names = "--copies", paramLabel = "N", description = "Agents for each recorded session. Default: 1")
    private @Nullable Integer copies;

    @Option(
            names = "--agents",
            paramLabel = "N",
            description = "So many agents, each playing one recorded session after another; wants --duration.")
    private @Nullable Integer agents;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            description = "How long --agents begin new sessions, for example 60s.")
    private @Nullable String duration;

    @Option(
            names = "--speed",
            defaultValue = "1",
            paramLabel = "X",
            description = "Divides think times and arrivals, never the server's time. Default: ${DEFAULT-VALUE}")
    private double speed = 1;

    @Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "S",
            description = "Same capture, options and seed: the same plan. Default: ${DEFAULT-VALUE}")
    private long seed = 1;

    @Option(
            names = "--call-timeout",
            defaultValue = "60s",
            paramLabel = "TIME",
            description = "How long an agent waits for an answer; never divided by --speed. Default: ${DEFAULT-VALUE}")
    private String callTimeout = "60s";

    @Option(
            names = "--graceful-stop",
            defaultValue = "30s",
            paramLabel = "TIME",
            description = "How long calls in flight may take after Ctrl-C. Default: ${DEFAULT-VALUE}")
    private String gracefulStop = "30s";

    @Option(
            names = "--tools",
            defaultValue = "safe",
            paramLabel = "safe|all|LIST",
            description = "Which tools may be called: those declared read-only, all, or names with commas between"
                    + " (safe may be one of them). Default: ${DEFAULT-VALUE}")
    private String tools = "safe";

    @Option(
            names = "--allow-recorded-upstream",
            description = "Play against the very server the capture was recorded from.")
    private boolean allowRecordedUpstream;

    @Mixin
    private RedactOptions redact = new RedactOptions();

    @Option(names = "--quiet", description = "No progress and no closing words; warnings and errors only.")
    private boolean quiet;

    @Mixin
    private SessionModelOptions model = new SessionModelOptions();

    ReplayCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        return dryRun ? preview() : play();
    }

    private int preview() {
        PlanOptions options = planOptions();
        SessionOptions how = model.options();
        Secrets secrets = SecretsFile.read(secretsFile, terminal);
        OpenCapture recorded = OpenCapture.open(capture, terminal);
        Plan plan = Planner.preview(recorded.sessions(how.keepingExchanges(), terminal), options, secrets);
        tellPlan(plan, PlanWords.wouldPlay(plan, how.agentKey()));
        NeedsText.of(plan.summary().lacking()).forEach(terminal.out()::println);
        return ExitCode.OK.code();
    }

    private int play() throws InterruptedException {
        String url = required("--target", target, "--target http://127.0.0.1:3002/mcp");
        Path store = required("--out", out, "--out replays");
        URI endpoint = Addresses.http("--target", url, "http://127.0.0.1:3002/mcp");
        RigConfig config = RigConfig.of(endpoint)
                .withUserAgent(Version.product().replace(' ', '/'))
                .withGracefulStopNanos(Durations.nanos("--graceful-stop", gracefulStop));
        PlanOptions options = planOptions();
        SessionOptions how = model.options();
        Secrets secrets = SecretsFile.read(secretsFile, terminal);
        OpenCapture recorded = OpenCapture.open(capture, terminal);
        Redaction redaction = redact.redaction(terminal, recorded.manifest().redaction());
        redaction.learn(secrets.values());
        String shown = redaction.target(url);
        List<AgentSession> sessions = recorded.sessions(how.keepingExchanges(), terminal);
        if (!allowRecordedUpstream && RecordedUpstream.is(endpoint, recorded.manifest(), sessions)) {
            throw CommandFailure.usage("--target " + shown + " is the server this capture was recorded from;"
                    + " name another one, or add --allow-recorded-upstream if you mean it");
        }
        Plan plan = Planner.plan(sessions, options, secrets);
        tellPlan(plan, PlanWords.playing(plan, how.agentKey(), shown));
        PlanWords.lacking(plan.summary().lacking(), recorded.folder()).ifPresent(terminal.err()::println);
        Replaying replaying = Replaying.start(plan, config, recorded.manifest(), store, redaction);
        RunResult result;
        Ending ending;
        Interrupts.Installed interrupts = Interrupts.onFirst(() -> replaying.stop("interrupted"));
        try {
            result = ProgressLine.during(terminal, quiet, replaying::progress, replaying::await);
            ending = replaying.close(result);
        } finally {
            interrupts.remove();
        }
        tellResult(replaying, result, ending);
        if (ending != Ending.STOPPED && result.outcomes().getOrDefault(Outcome.OK, 0L) == 0) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    "--target " + shown + " answered no request: " + outcomes(result) + "; is the URL's path right?",
                    null);
        }
        return (result.isValid() && ending == Ending.COMPLETE ? ExitCode.OK : ExitCode.INVALID_RUN).code();
    }

    private static <T> T required(String option, @Nullable T value, String example) {
        if (value == null) {
            throw CommandFailure.usage(option + " is missing: write " + example + ", or --dry-run to send nothing");
        }
        return value;
    }

    private PlanOptions planOptions() {
        boolean byDuration = agents != null || duration != null;
        if (byDuration && copies != null) {
            throw CommandFailure.usage("--copies goes without --agents and --duration: give one or the other");
        }
        if (byDuration && (agents == null || duration == null)) {
            throw CommandFailure.usage("--agents and --duration go together, for example --agents 50 --duration 60s");
        }
        PlanOptions options = agents != null && duration != null
                ? PlanOptions.ofAgents(agents, Durations.nanos("--duration", duration))
                : PlanOptions.ofCopies(copies == null ? 1 : copies);
        return options.withSpeed(speed)
                .withSeed(seed)
                .withTools(ToolPolicy.parse(tools))
                .withCallTimeoutNanos(Durations.nanos("--call-timeout", callTimeout));
    }

    private void tellPlan(Plan plan, String words) {
        for (Skipped skipped : plan.summary().skipped()) {
            terminal.err().println("not played: " + PlanWords.skipped(skipped));
        }
        PlanWords.leftOut(plan.summary()).ifPresent(terminal.err()::println);
        if (!quiet) {
            terminal.err().println(words);
        }
    }

    private static String outcomes(RunResult result) {
        return result.outcomes().entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey().label())
                .collect(Collectors.joining(", "));
    }

    private void tellResult(Replaying replaying, RunResult result, Ending ending) {
        if (!quiet) {
            terminal.err().println(replaying.summary(result, ending));
            terminal.err().println("capture  " + replaying.folder());
            terminal.err().println("next     mcp-reel report " + replaying.folder());
        }
        result.invalid().forEach(reason -> terminal.err().println("INVALID RUN: " + reason));
    }
}

package dev.mcpreel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.session.AgentSession;
import dev.mcpreel.captures.session.SessionOptions;
import dev.mcpreel.captures.store.CaptureStore;
import dev.mcpreel.captures.testkit.CaptureScript;
import dev.mcpreel.captures.testkit.ScriptedAgent;
import dev.mcpreel.captures.testkit.ScriptedCapture;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code --outcome}, {@code --tool} and {@code --agent} mean the same in each command. */
@Timeout(60)
class SharedFiltersTest {
    @TempDir
    private Path folder;

    private Path capture;

    /** ann's task fails, bob's call succeeds though a list of his does not, and cid's call runs into a gateway. */
    @BeforeEach
    void write() {
        CaptureScript script = new CaptureScript();
        ScriptedAgent ann = script.agent("ann").initialize();
        ann.call("research").json(10, "{\"task\":{\"taskId\":\"t-1\",\"status\":\"working\"}}");
        ann.think(50)
                .request("tasks/get", "{\"taskId\":\"t-1\"}")
                .json(5, "{\"taskId\":\"t-1\",\"status\":\"failed\"}");
        ann.think(50).request("tasks/result", "{\"taskId\":\"t-1\"}").json(5, "{\"content\":[],\"isError\":true}");
        ann.delete();
        ScriptedAgent bob = script.agent("bob").startingAt(50).initialize();
        bob.request("prompts/list", "{}").http(5, 500, "no");
        bob.call("search").json(10).delete();
        ScriptedAgent cid = script.agent("cid").startingAt(80).initialize();
        cid.call("search").http(20, 503, "no").delete();
        capture = ScriptedCapture.write(folder.resolve("store"), script);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--outcome error | ann cid",
                "--outcome ERROR | ann cid",
                "--outcome tool_error | ann",
                "--outcome tool_error,gateway_timeout | ann cid",
                "--outcome tool_error --outcome gateway_timeout | ann cid",
                "--outcome ok | bob",
                "--tool res* --outcome tool_error | ann",
                "--agent nn | ann",
                "--agent b*1.0 | bob",
            })
    void filter_findsTheSameSessions_inEachCommand(String options, String agents) {
        List<String> expected = List.of(agents.split(" ", -1));
        String[] typed = options.split(" ", -1);
        CommandRun sessions = run(List.of("sessions", capture.toString()), typed);
        assertThat(sessions.code()).as(sessions.err()).isZero();
        assertThat(Stream.of("ann", "bob", "cid")
                        .filter(name -> sessions.out().contains(name + " 1.0"))
                        .toList())
                .isEqualTo(expected);
        Path out = folder.resolve("out");
        CommandRun cut = run(List.of("cut", capture.toString(), "--out", out.toString()), typed);
        assertThat(cut.code()).as(cut.err()).isZero();
        assertThat(clients(CaptureStore.runs(out).get(0))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--outcome tool_error | s1 research tool_error",
                "--tool res* --longer-than 60ms | s1 research tool_error",
            })
    void tail_showsTheTaskThatFailed(String options, String expected) {
        CommandRun tail = run(List.of("tail", capture.toString()), options.split(" ", -1));
        assertThat(tail.code()).as(tail.err()).isZero();
        assertThat(tail.out()).contains("task, asked for 2 times");
        assertThat(tail.out().replaceAll(" +", " ")).contains(expected);
        assertThat(run(List.of("tail", capture.toString(), "--json"), options.split(" ", -1))
                        .out())
                .contains("\"type\":\"call\"", "\"kind\":\"task\"", "\"outcome\":\"tool_error\"");
    }

    private static CommandRun run(List<String> command, String... options) {
        return CommandRun.of(Stream.concat(command.stream(), Stream.of(options)).toArray(String[]::new));
    }

    private static List<String> clients(Path cut) {
        return OpenCapture.open(cut, CommandRun.silent())
                .sessions(SessionOptions.defaults().keepingExchanges(), CommandRun.silent())
                .stream()
                .map(AgentSession::client)
                .map(client -> client.replace(" 1.0", ""))
                .sorted()
                .toList();
    }
}

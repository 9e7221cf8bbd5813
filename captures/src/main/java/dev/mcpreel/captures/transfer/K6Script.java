package dev.mcpreel.captures.transfer;

import dev.mcpreel.captures.wire.Json;
import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Writes the script. Whatever comes from the wire stands in it as a JSON string, and nowhere else. */
final class K6Script {
    /** An agent that is held up by a slow server is not to be stopped by k6. */
    private static final long PATIENCE_SECONDS = 600;

    private static final String HEAD = """
            // Agent sessions recorded by mcp-reel, for k6 with the extension xk6-infobip-mcp: the same tools in the same order,
            // with the recorded arguments and think times, one scenario for each session.
            //
            //   xk6 build --with github.com/infobip/xk6-infobip-mcp
            //   ./k6 run -e MCP_ENDPOINT=http://127.0.0.1:3001/mcp script.js
            //
            //   MCP_ENDPOINT       the server; there is no default
            //   MCP_AUTHORIZATION  sent as Authorization
            //   MCP_TIMEOUT        seconds for connecting and for each call, 60 unless told otherwise
            //   MCP_SPEED          divides think times and the starts of sessions, 1 unless told otherwise
            //
            // What the extension cannot do: it only calls tools, so other requests, cancellations and answers to the server are
            // not here; a call is made when the one before it was answered; it opens one transport session for each agent.
            """;

    private static final String TAIL = """

            function setting(name, otherwise) {
              const value = Number(__ENV[name] || otherwise);
              if (!(value > 0)) {
                throw new Error(name + " must be a number above 0");
              }
              return value;
            }

            export function agent() {
              const headers = __ENV.MCP_AUTHORIZATION ? { Authorization: __ENV.MCP_AUTHORIZATION } : {};
              const client = mcp.NewClient({ endpoint: __ENV.MCP_ENDPOINT, timeout: TIMEOUT, headers: headers });
              for (const [think, tool, args] of SESSIONS[exec.scenario.name].steps) {
                if (think > 0) {
                  sleep(think / SPEED);
                }
                client.callTool(tool, JSON.parse(args));
              }
              client.closeConnection();
            }
            """;

    private final LineSink out;

    K6Script(LineSink out) {
        this.out = out;
    }

    void write(List<K6Session> sessions, List<String> notes) {
        out.text(HEAD);
        notes.forEach(note -> out.line("// Of this capture: " + note + "."));
        out.text("""
                import { sleep } from "k6";
                import exec from "k6/execution";
                import mcp from "k6/x/infobip_mcp";

                if (!__ENV.MCP_ENDPOINT) {
                  throw new Error("name the server: k6 run -e MCP_ENDPOINT=http://HOST/mcp SCRIPT");
                }
                const TIMEOUT = setting("MCP_TIMEOUT", 60);
                const SPEED = setting("MCP_SPEED", 1);

                // start, length: seconds since the first session began, and how long it took.
                // steps: think time in seconds, tool, arguments as JSON.
                const SESSIONS = {
                """);
        long first = sessions.isEmpty() ? 0 : sessions.get(0).startNanos();
        sessions.forEach(session -> session(session, first));
        out.text("""
                };

                export const options = { scenarios: {} };
                for (const name of Object.keys(SESSIONS)) {
                  const session = SESSIONS[name];
                  options.scenarios[name] = {
                    executor: "per-vu-iterations",
                    exec: "agent",
                    vus: 1,
                    iterations: 1,
                    startTime: Math.round((session.start / SPEED) * 1000) + "ms",
                    maxDuration: Math.ceil(session.length / Math.min(1, SPEED)) + %d + "s",
                  };
                }
                """.formatted(PATIENCE_SECONDS));
        out.text(TAIL);
    }

    private void session(K6Session session, long firstNanos) {
        out.line("  " + session.id() + ": {");
        out.line("    start: " + seconds(session.startNanos() - firstNanos) + ",");
        out.line("    length: " + seconds(session.lengthNanos()) + ",");
        out.line("    steps: [");
        for (K6Session.Step step : session.steps()) {
            out.line("      [" + seconds(step.thinkNanos()) + ", " + literal(step.tool()) + ", "
                    + literal(step.argumentsJson()) + "]," + (step.overlaps() ? " // was made in parallel" : ""));
        }
        out.line("    ],");
        out.line("  },");
    }

    /** To the microsecond, as exact as any sleep. */
    private static String seconds(long nanos) {
        return BigDecimal.valueOf(TimeUnit.NANOSECONDS.toMicros(nanos), 6)
                .stripTrailingZeros()
                .toPlainString();
    }

    /** A JSON string is a JavaScript string; without the sign that ends a script element it may stand in a page too. */
    private static String literal(String text) {
        return SafeText.json(Json.mapper().writeValueAsString(text)).replace("<", "\\u003c");
    }
}

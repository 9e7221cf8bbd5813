package dev.mcpreel.captures.testkit;

import dev.mcpreel.captures.exchange.NameDefined;
import dev.mcpreel.captures.exchange.Outcome;
import dev.mcpreel.captures.exchange.StepKind;
import dev.mcpreel.captures.exchange.StepRecord;
import dev.mcpreel.captures.exchange.UpstreamChoice;
import dev.mcpreel.captures.exchange.UpstreamFailed;
import dev.mcpreel.captures.exchange.UpstreamPick;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Texts that break out of wherever they are printed, and a capture in which every name, value and message is one of them.
 * Every output is to be tried with {@link #capture()}, and what lands on a terminal with {@link #assertTerminalSafe}.
 */
public final class HostileStrings {
    /** HTML and what runs scripts in it. */
    public static final List<String> MARKUP = List.of(
            "<script>alert(1)</script>",
            "\"><img src=x onerror=alert(1)>",
            "' onmouseover='alert(1)",
            "<!--",
            "-->",
            "</textarea></title></style></svg>",
            "&lt;b&gt;&#x3c;&amp;",
            "javascript:alert(1)",
            "<svg/onload=alert(1)>",
            "]]><failure message=\"broken\"/><![CDATA[");

    /** What moves a cursor, changes colours and titles, makes links, or hides and reorders text. */
    public static final List<String> TERMINAL = List.of(
            "\u001b[2J\u001b[H\u001b[31mred",
            "\u001b]0;title\u0007",
            "\u001b]8;;http://evil.example/\u001b\\link\u001b]8;;\u001b\\",
            "\u009b31mC1\u009d0;title\u009c",
            "bell\u0007back\b\b\bspace\u007fdelete",
            "over\rwritten",
            "two\nlines\r\nthree\u000bfour\u000cfive\u0085six",
            "tab\tbed",
            "abc\u202etxt.exe\u202c",
            "\u2066isolated\u2069\u200f\u200e\u061c",
            "zero\u200bwidth\u200c\u200d\u2060\ufeff",
            "tag\udb40\udc41\udb40\udc42",
            "Z\u0300\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308\u0309algo",
            "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67\u200d\ud83d\udc66",
            "\uff37\uff29\uff24\uff25\u6f22\u5b57\ud83d\ude00".repeat(20),
            "\ufdfd\u2e3b",
            "private\ue000use\ud83f\udfff");

    /** What a spreadsheet takes for a formula. */
    public static final List<String> FORMULAS = List.of(
            "=cmd|'/c calc'!A0",
            "=HYPERLINK(\"http://evil.example\")",
            "+1+1",
            "-1-1",
            "@SUM(1)",
            "\t=1+1",
            "\r=1+1",
            "=1;2,3\"");

    /** What ends a text in JavaScript, JSON and lines of JSON. */
    public static final List<String> SCRIPT = List.of(
            "</script><script>alert(1)</script>",
            "\u2028alert(1)\u2029",
            "`${alert(1)}`",
            "\\u0022;alert(1)//",
            "\\",
            "\\\"",
            "';alert(1);'",
            "\",\"x\":\"",
            "}\n{\"outcome\":\"ok\"}",
            "__proto__",
            "constructor",
            "{{7*7}}",
            "$(id)`id`");

    /** What makes tables, links and code of Markdown. */
    public static final List<String> MARKDOWN = List.of(
            "| a | b |",
            "[link](javascript:alert(1))",
            "![x](http://evil.example/x.png)",
            "```\n# head",
            "**bold** _it_ ~no~",
            "<details>",
            "\n\n---\n");

    /** Ends of text, halves of characters, paths, and much of anything. */
    public static final List<String> ODDITIES = List.of(
            "nul\0nul",
            "high\ud800alone",
            "low\udc00alone",
            "\ud83d",
            "../../../../etc/passwd",
            "C:\\con",
            "%00%0a%2e%2e/",
            "%s%n%d{0}",
            " ",
            "",
            "null",
            "NaN",
            "1e999",
            "x".repeat(3000),
            "\ufffe\uffff");

    private static final double STEP_MILLIS = 1000;

    /** The number of the name of every step's method. */
    private static final int CALL = 1;

    private HostileStrings() {}

    /** All of them. */
    public static List<String> all() {
        return Stream.of(MARKUP, TERMINAL, FORMULAS, SCRIPT, MARKDOWN, ODDITIES)
                .flatMap(List::stream)
                .toList();
    }

    /**
     * An agent session for each text, in which the text is the client's name, its session id, its tool, an argument and its
     * name, a result, an error, an id, a path, a header, an instance. A capture of a replay finds it in the names of steps too.
     */
    public static CaptureScript capture() {
        CaptureScript script = new CaptureScript();
        script.other(new NameDefined(CaptureScript.at(0), CALL, "tools/call"));
        List<String> all = all();
        for (int i = 0; i < all.size(); i++) {
            new Session(script, i, all.get(i)).play();
        }
        return script;
    }

    /** A text as a JSON text in ASCII, halves of characters as the escapes that name them. */
    public static String json(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < 0x20 || c > 0x7e) {
                out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }

    /**
     * Fails at the first character that a terminal obeys instead of printing it, that reorders or hides text, or that is half
     * of one. Line feeds are the output's own.
     */
    public static void assertTerminalSafe(String text) {
        int line = 1;
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            if (point == '\n') {
                line++;
            } else if (isUnsafe(point)) {
                String around = text.substring(Math.max(0, i - 40), Math.min(text.length(), i + 40));
                throw new AssertionError(
                        String.format(Locale.ROOT, "U+%04X in line %d, at %s", point, line, json(around)));
            }
            i += Character.charCount(point);
        }
    }

    private static boolean isUnsafe(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    /** One agent that has but one thing to say. */
    private static final class Session {
        private final CaptureScript script;
        private final int number;
        private final String text;
        private final String quoted;

        /** Readers of JSON refuse halves of characters in the names of members. */
        private final String member;

        private final long connection;
        private double now;
        private int requests;

        Session(CaptureScript script, int number, String text) {
            this.script = script;
            this.number = number;
            this.text = text;
            this.quoted = json(text);
            this.member = json(text.replaceAll("\\p{Cs}", "?"));
            this.connection = script.nextConnection();
            this.now = number * STEP_MILLIS;
        }

        void play() {
            String info = "{\"protocolVersion\":" + quoted + ",\"capabilities\":{}";
            answered(
                    "initialize",
                    info + ",\"clientInfo\":{\"name\":" + quoted + ",\"version\":" + quoted + "}}",
                    info + ",\"serverInfo\":{\"name\":" + quoted + "}}");
            answered("tools/list", "{}", "{\"tools\":[{\"name\":" + quoted + ",\"description\":" + quoted + "}]}");
            String call = "{\"name\":" + quoted + ",\"arguments\":{" + member + ":" + quoted + "},\"_meta\":{" + member
                    + ":" + quoted + ",\"vscode.conversationId\":" + quoted + "}}";
            answered("tools/call", call, content(false));
            answered("tools/call", call, content(true));
            answer(ask("tools/call", call), 200, message("\"error\":{\"code\":-32603,\"message\":" + quoted + "}"));
            events(ask("tools/call", call));
            answer(ask("tools/call", call), 503, text);
            answer(ask("tools/call", call), 404, "session not found: " + text);
            answered("resources/read", "{\"uri\":" + quoted + "}", "{\"contents\":[{\"uri\":" + quoted + "}]}");
            answer(ask(text, "{}"), 200, message("\"error\":{\"code\":-32601,\"message\":" + quoted + "}"));
            failed();
            step();
        }

        private void answered(String method, String params, String result) {
            answer(ask(method, params), 200, message("\"result\":" + result));
        }

        private ScriptedExchange ask(String method, String params) {
            requests++;
            now += 10;
            return script.exchange(now)
                    .connection(connection)
                    .peer("127.0.0.1:" + (1024 + number))
                    .request("POST", "/mcp/" + text)
                    .header("User-Agent", text)
                    .header("Mcp-Session-Id", number + text)
                    .header("MCP-Protocol-Version", text)
                    .header("X-" + text, text)
                    .body("{\"jsonrpc\":\"2.0\",\"id\":" + id() + ",\"method\":" + HostileStrings.json(method)
                            + ",\"params\":" + params + "}")
                    .upstream(now + 1, "http://" + text);
        }

        private void answer(ScriptedExchange exchange, int status, String body) {
            exchange.head(
                            now + 2,
                            status,
                            "Content-Type",
                            "application/json",
                            "Mcp-Session-Id",
                            number + text,
                            "X-" + text,
                            text)
                    .answer(now + 3, body)
                    .end(now + 3);
        }

        private void events(ScriptedExchange exchange) {
            exchange.head(now + 2, 200, "Content-Type", "text/event-stream", "Mcp-Session-Id", number + text)
                    .block(
                            now + 3,
                            "event: " + text.replaceAll("[\r\n]", " ") + "\nid: " + quoted + "\ndata: " + quoted
                                    + "\n\n")
                    .event(
                            now + 4,
                            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{\"data\":" + quoted
                                    + "}}")
                    .event(now + 5, quoted, message("\"result\":" + content(false)))
                    .end(now + 6);
        }

        private String content(boolean error) {
            return "{\"content\":[{\"type\":\"text\",\"text\":" + quoted + "}],\"structuredContent\":{" + member + ":"
                    + quoted + "},\"isError\":" + error + "}";
        }

        private String message(String member) {
            return "{\"jsonrpc\":\"2.0\",\"id\":" + id() + "," + member + "}";
        }

        private String id() {
            String shortened = text.length() > 500 ? text.substring(0, 500) : text;
            return HostileStrings.json(requests + shortened);
        }

        private void failed() {
            now += 10;
            ScriptedExchange get = script.exchange(now).connection(connection).request("GET", text);
            UpstreamPick pick = new UpstreamPick(text, UpstreamChoice.REBOUND, text);
            script.other(new UpstreamFailed(get.id(), connection, CaptureScript.at(now + 1), pick, text, 1));
            get.head(now + 2, 502).answer(now + 2, text).end(now + 2);
        }

        private void step() {
            long at = CaptureScript.at(now + 10);
            int name = number + CALL + 1;
            script.other(new NameDefined(at, name, text));
            script.other(new StepRecord(
                    at,
                    0,
                    connection,
                    number,
                    number,
                    0,
                    StepKind.REQUEST,
                    CALL,
                    name,
                    name,
                    Outcome.OK,
                    200,
                    at,
                    at,
                    at,
                    at,
                    at,
                    0,
                    10,
                    10));
        }
    }
}

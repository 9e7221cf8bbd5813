package dev.mcpreel.captures.tap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mcpreel.captures.exchange.Headers;
import dev.mcpreel.captures.store.CaptureException;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class TrafficFilterTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /mcp      | /mcp           | true
            /mcp      | /mcp/          | false
            /mcp*     | /mcp/x         | true
            *         | ''             | true
            **        | a              | true
            *mcp      | /a/mcp         | true
            *mcp      | /a/mcp/        | false
            a*b*c     | aXbYbZc        | true
            a*b*c     | aXbYcZ         | false
            search_*  | search_        | true
            a.c       | abc            | false
            ''        | ''             | true
            """)
    void glob_matches(String pattern, String text, boolean expected) {
        assertThat(new Glob(pattern).matches(text)).isEqualTo(expected);
    }

    @Test
    void glob_ofManyStars_onHostileText_isFast() {
        assertThat(new Glob("*a".repeat(100) + "b").matches("a".repeat(64_000))).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /mcp                       | kept
            /mcp?path=/health          | kept
            /health                    | only path
            /health?x=/mcp             | only path
            /.well-known/oauth         | kept
            http://host:1/mcp?x        | kept
            http://host:1/health       | only path
            http://host:1              | only path
            /mcp/secret                | except path:*secret
            *                          | only path
            -                          | only path
            """)
    void byTarget_twoOnlyAndOneExcept(String target, String expected) {
        TrafficFilter filter = TrafficFilter.of(List.of("path:/mcp*", "path:/.well-known/*"), List.of("path:*secret"));
        assertThat(reason(filter, filter.byTarget(target))).isEqualTo(expected);
    }

    @Test
    void byMessage_toolRules_judgeCallsAlone() {
        TrafficFilter filter = TrafficFilter.of(List.of("tool:search"), List.of());
        assertThat(filter.byMessage("tools/call", "search")).isEqualTo(TrafficFilter.KEPT);
        assertThat(reason(filter, filter.byMessage("tools/call", "echo"))).isEqualTo("only tool:search");
        assertThat(filter.byMessage("tools/call", null)).isEqualTo(TrafficFilter.KEPT);
        assertThat(filter.byMessage("prompts/get", "echo")).isEqualTo(TrafficFilter.KEPT);
        assertThat(filter.byMessage("initialize", null)).isEqualTo(TrafficFilter.KEPT);
    }

    @Test
    void byMessage_severalReasons_isTheFirst_onlyBeforeExceptAndMethodBeforeTool() {
        TrafficFilter filter = TrafficFilter.of(
                List.of("tool:a*", "method:tools/*", "method:initialize"), List.of("tool:ab", "method:*list"));
        assertThat(reason(filter, filter.byMessage("ping", null))).isEqualTo("only method");
        assertThat(reason(filter, filter.byMessage("tools/list", null))).isEqualTo("except method:*list");
        assertThat(reason(filter, filter.byMessage("tools/call", "b"))).isEqualTo("only tool:a*");
        assertThat(reason(filter, filter.byMessage("tools/call", "ab"))).isEqualTo("except tool:ab");
        assertThat(filter.byMessage("tools/call", "ac")).isEqualTo(TrafficFilter.KEPT);
        assertThat(filter.rules())
                .containsExactly(
                        "only tool:a*",
                        "only method:tools/*",
                        "only method:initialize",
                        "except tool:ab",
                        "except method:*list");
    }

    @Test
    void tellingPaths_changesWordsAndCountsOnly() {
        TrafficFilter filter = TrafficFilter.of(List.of("tool:token"), List.of("path:/token/hush*"))
                .tellingPaths(path -> path.replace("hush", "..."));
        assertThat(filter.rules()).containsExactly("only tool:token", "except path:/token/...*");
        assertThat(reason(filter, filter.byTarget("/token/hush1"))).isEqualTo("except path:/token/...*");
        assertThat(filter.byTarget("/token/...1")).isEqualTo(TrafficFilter.KEPT);
    }

    @Test
    void byHeaders_modernRevision_decidesWhereTheySayEnough() {
        TrafficFilter filter = TrafficFilter.of(List.of(), List.of("tool:echo", "method:ping"));
        assertThat(reason(filter, filter.byHeaders(modern("Mcp-Method", "tools/call", "Mcp-Name", "echo"))))
                .isEqualTo("except tool:echo");
        assertThat(filter.byHeaders(modern("Mcp-Method", "tools/call", "Mcp-Name", "search")))
                .isEqualTo(TrafficFilter.KEPT);
        assertThat(reason(filter, filter.byHeaders(modern("mcp-method", "ping"))))
                .isEqualTo("except method:ping");
        assertThat(filter.byHeaders(modern("Mcp-Method", "tools/call"))).isNull();
        assertThat(filter.byHeaders(modern("Mcp-Method", "tools/call", "Mcp-Name", "=?base64?ZWNobw==?=")))
                .isNull();
        assertThat(filter.byHeaders(Headers.of("MCP-Protocol-Version", "2025-11-25", "Mcp-Method", "ping")))
                .as("before that revision no server holds it against the body")
                .isNull();
        assertThat(filter.byHeaders(Headers.of("Mcp-Method", "ping"))).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            search        | --only search: write path:GLOB, method:NAME, tool:NAME, for example tool:search
            tools:search  | --only tools:search: write path:GLOB, method:NAME, tool:NAME, for example tool:search
            tool:         | --only tool:: a pattern is missing; * stands for anything, as in tool:*
            path:mcp      | --only path:mcp: a path begins with / or *; write path:/mcp
            """)
    void wrongRule_isOneLineWithTheCure(String rule, String message) {
        assertThatThrownBy(() -> TrafficFilter.of(List.of(rule), List.of()))
                .isInstanceOfSatisfying(
                        CaptureException.class,
                        e -> assertThat(e.category()).isEqualTo(CaptureException.Category.INPUT))
                .hasMessage(message);
    }

    @Test
    void tooLongOrTooMany_isOneLineWithTheCure() {
        assertThatThrownBy(() -> TrafficFilter.of(List.of(), List.of("tool:" + "x".repeat(257))))
                .hasMessageStartingWith("--except tool:xxx")
                .hasMessageEndingWith("...: longer than 256 characters; use *");
        assertThatThrownBy(() -> TrafficFilter.of(Collections.nCopies(51, "tool:x"), List.of()))
                .hasMessage("--only ...: more than 50 rules; write fewer, with *");
    }

    private static Headers modern(String... fields) {
        String[] all = new String[fields.length + 2];
        System.arraycopy(fields, 0, all, 2, fields.length);
        all[0] = "MCP-Protocol-Version";
        all[1] = "2026-07-28";
        return Headers.of(all);
    }

    private static String reason(TrafficFilter filter, Integer number) {
        return number == TrafficFilter.KEPT ? "kept" : filter.reasons().get(number);
    }
}

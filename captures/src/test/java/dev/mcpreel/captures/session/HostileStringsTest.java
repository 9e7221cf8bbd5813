package dev.mcpreel.captures.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mcpreel.captures.testkit.CollectedSessions;
import dev.mcpreel.captures.testkit.HostileStrings;
import dev.mcpreel.captures.wire.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class HostileStringsTest {
    @Test
    void capture_everyText_arrivesInTheSessionModelAsItWas() {
        List<String> all = HostileStrings.all();
        assertThat(all).doesNotHaveDuplicates();

        CollectedSessions sessions = CollectedSessions.of(HostileStrings.capture());

        // A blank name and none are one client, whose server lost its session before it began another.
        assertThat(sessions.sessions().size()).isEqualTo(all.size() - 1);
        assertThat(sessions.calls().size()).isEqualTo(6 * all.size());
        assertThat(sessions.calls().stream().map(RequestTrace::tool).distinct()).containsExactlyElementsOf(all);
        assertThat(sessions.calls().stream().map(RequestTrace::instance).distinct())
                .containsExactlyElementsOf(
                        all.stream().map(text -> "http://" + text).toList());
        assertThat(sessions.sessions())
                .extracting(session -> session.client().length())
                .anyMatch(length -> length > 3000);
    }

    @Test
    void json_everyText_isThatText() {
        assertThat(HostileStrings.all())
                .allSatisfy(text -> assertThat(Json.parse(HostileStrings.json(text))
                                .orElseThrow()
                                .stringValue())
                        .isEqualTo(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\u001b", "\r", "\t", "\u007f", "\u009b", "\u202e", "\u200b", "\u2028", "\ud800", "\0", "\ufeff"
            })
    void assertTerminalSafe_whatTerminalsObey_fails(String text) {
        assertThatThrownBy(() -> HostileStrings.assertTerminalSafe("one\ntwo" + text + "three"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("in line 2");
    }

    @Test
    void assertTerminalSafe_plainText_passes() {
        HostileStrings.assertTerminalSafe("plain \\x1b[31m text,\n\u6f22\u5b57 \ud83d\ude00 e\u0301\n");
    }
}

package dev.mcpreel.captures.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(10)
class AgentKeyTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"path", "trace", "token", "client", "address", "auto", "header:X-Agent-Id", "meta:vendor/chat"})
    void parse_everySpelling_isReadAndSaidAlike(String text) {
        assertThat(AgentKey.parse(text)).hasToString(text);
    }

    @Test
    void parse_otherCaseAndSpace_isTheSame() {
        assertThat(AgentKey.parse("HEADER: X-Agent-Id")).isEqualTo(new AgentKey(AgentKey.Kind.HEADER, "X-Agent-Id"));
        assertThat(AgentKey.parse("Auto")).isEqualTo(AgentKey.AUTO);
    }

    @Test
    void parse_nameWithColons_keepsThem() {
        assertThat(AgentKey.parse("meta:urn:chat").name()).isEqualTo("urn:chat");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "header", "header:", "meta: ", "path:x", "cookie:sid", "session"})
    void parse_anythingElse_saysWhatIsOne(String text) {
        assertThatThrownBy(() -> AgentKey.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'" + text + "' is no agent key: give " + AgentKey.SPELLINGS);
    }
}

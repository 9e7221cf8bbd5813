package dev.mcpreel.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class BalanceTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"round-robin", "least", "session", "client-ip", "header:X-User-Id", "header:!#$%&'*+-.^_`|~9"})
    void strategy_isReadAndWrittenAlike(String text) {
        assertThat(Balance.parse(text)).hasToString(text).isEqualTo(Balance.parse(text));
    }

    @Test
    void headerName_keepsItsCase() {
        assertThat(Balance.parse("header:X-User").header()).isEqualTo("X-User");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "random", "Session", "roundrobin", " least", "header", "client-ip:1"})
    void anythingElse_isRefusedWithTheCure(String text) {
        assertThatThrownBy(() -> Balance.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"" + text + "\" is no way to balance; "
                        + "write round-robin, least, session, client-ip or header:NAME");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a:b", "a\r\nb", "caf\u00e9", "a\u0000", "(a)", "a,b"})
    void headerName_thatIsNoToken_isRefusedWithTheCure(String name) {
        assertThatThrownBy(() -> Balance.parse("header:" + name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"" + name + "\" cannot be the name of a header; write for example header:X-User-Id");
    }
}

package dev.mcpreel.replay.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class TargetTest {
    @Test
    void of_fullUrl_keepsPathQueryAndAuthority() throws Exception {
        Target target = Target.of(URI.create("http://Staging:3001/a/mcp?key=1%202"));
        assertThat(target).isEqualTo(new Target("Staging", 3001, "/a/mcp?key=1%202", "Staging:3001"));
        assertThat(target.origin()).isEqualTo("http://Staging:3001");
    }

    @Test
    void of_bareUrl_takesPort80AndTheRoot() throws Exception {
        assertThat(Target.of(URI.create("HTTP://example.org")))
                .isEqualTo(new Target("example.org", 80, "/", "example.org"));
    }

    @Test
    void of_ipv6_keepsItsBracketsInTheHostHeaderAlone() throws Exception {
        assertThat(Target.of(URI.create("http://[::1]:8080/mcp")))
                .isEqualTo(new Target("::1", 8080, "/mcp", "[::1]:8080"));
    }

    @Test
    void of_anythingElse_saysWhatIsWrong() {
        assertThatThrownBy(() -> Target.of(URI.create("https://example.org/mcp")))
                .hasMessageContaining("https");
        assertThatThrownBy(() -> Target.of(URI.create("localhost:3001"))).hasMessageContaining("http://HOST:PORT");
        assertThatThrownBy(() -> Target.of(URI.create("http:///mcp"))).hasMessageContaining("http://HOST:PORT");
        assertThatThrownBy(() -> Target.of(URI.create("http://h:70000/"))).hasMessageContaining("65535");
    }
}

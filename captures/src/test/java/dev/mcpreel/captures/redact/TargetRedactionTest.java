package dev.mcpreel.captures.redact;

import static dev.mcpreel.captures.redact.Redacting.mask;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TargetRedactionTest {
    private final Redacting redacting = Redacting.standard();

    @Test
    void target_parameters_areHashedOverTheBareValue() {
        assertThat(target("/messages?session_id=ab%2Dcd&x=1&code=q#t"))
                .isEqualTo("/messages?session_id=" + mask("ab-cd") + "&x=1&code=" + mask("q") + "#t");
        assertThat(target("/a;jsessionid=abc;v=1/b?c=d")).isEqualTo("/a;jsessionid=" + mask("abc") + ";v=1/b?c=d");
        assertThat(target("/?user[password]=a%41&y=1")).isEqualTo("/?user[password]=" + mask("aA") + "&y=1");
        assertThat(target("http://h:1/mcp?api_key=abc")).isEqualTo("http://h:1/mcp?api_key=" + mask("abc"));
    }

    @Test
    void target_segments_thatAreOrFollowAKeyAreHashed() {
        String uuid = "550e8400-e29b-41d4-a716-446655440000";
        String hex = "d41d8cd98f00b204e9800998ecf8427e";
        String mixed = "Zm9vYmFy-aB3dE_fG7hI9";

        assertThat(target("/api/mcp/s/" + uuid + "/mcp")).isEqualTo("/api/mcp/s/" + mask(uuid) + "/mcp");
        assertThat(target("/s/" + hex)).isEqualTo("/s/" + mask(hex));
        assertThat(target("/s/" + mixed + "/x?y")).isEqualTo("/s/" + mask(mixed) + "/x?y");
        assertThat(target("/token/abc/mcp")).isEqualTo("/token/" + mask("abc") + "/mcp");
    }

    @Test
    void target_wordsVersionsDatesAndNumbers_stay() {
        for (String target : List.of(
                "/",
                "*",
                "example.com:443",
                "/mcp",
                "/v1.2.3-beta4-20240101/mcp",
                "/2024-11-26T07-44-42Z/12345678901234567890",
                "/my-very-long-service-name-for-agents-2024/mcp2",
                "/oauth/token",
                "/.well-known/oauth-protected-resource/mcp",
                "/static/app.4f3c2b1a9d8e7f6a5b4c.js",
                "/mcp?cursor=abc&x=%20&y")) {
            assertThat(target(target)).isEqualTo(target);
        }
    }

    @Test
    void target_learntSecret_isFoundInPathsAndOtherSpellings() {
        redacting.body("{\"password\":\"pa/ss w\u00f6rd\"}");

        assertThat(target("/x/pa%2Fss%20w%C3%B6rd/y?q=pa%2fss+w%c3%b6rd"))
                .isEqualTo("/x/" + mask("pa/ss w\u00f6rd") + "/y?q=" + mask("pa/ss w\u00f6rd"));
    }

    @Test
    void target_pathTokensSwitchedOff_stay() {
        String target = "/token/abc/550e8400-e29b-41d4-a716-446655440000";
        Redacting off = new Redacting(RedactionPolicy.standard().without("path-token"));

        assertThat(off.redaction.target(target)).isEqualTo(target);
    }

    private String target(String target) {
        return redacting.redaction.target(target);
    }
}

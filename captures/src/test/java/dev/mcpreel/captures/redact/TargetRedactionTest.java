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
        assertThat(target("/token/abc1/mcp")).isEqualTo("/token/" + mask("abc1") + "/mcp");
        assertThat(target("/token/abc-def")).isEqualTo("/token/" + mask("abc-def"));
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
                "/oauth/token/revoke",
                "/v1/credentials/list",
                "/api/password/reset",
                "/.well-known/oauth-protected-resource/mcp",
                "/static/app.4f3c2b1a9d8e7f6a5b4c.js",
                "/mcp?cursor=abc&x=%20&y")) {
            assertThat(target(target)).isEqualTo(target);
        }
    }

    @Test
    void target_secretsInOddSpellings_areHashed() {
        for (String target : List.of(
                "//u:%s@h/x",
                "//%s@h/x",
                "u:%s@h:443",
                "/proxy/https://u:%s@h/",
                "/proxy/https:/u:%s@h/",
                "/p/https%%3A%%2F%%2Fh%%2F%%3Ftoken%%3D%s",
                "/p/https%%3A%%2F%%2Fu%%3A%s%%40h/x",
                "/x%%3Ftoken%%3D%s",
                "/y?next=%%252Fx%%253Ftoken%%253D%s",
                "/y?next=%%2Fx%%3Ftoken%%3D%s",
                "/y?%%2574oken=%s",
                "/y?token[]=%s",
                "/y?token[0]=%s&x=1",
                "/y?user[token][]=%s",
                "/y?token%%5B%%5D=%s",
                "/y?api+key=%s",
                "/y?x=1&api%%20key=%s",
                "/y?%%22token%%22=%s",
                "https://%s:x-oauth-basic@github.com/",
                "https://%s:@h/")) {
            assertThat(target(String.format(target, "ab-34")))
                    .as(target)
                    .isEqualTo(String.format(target, mask("ab-34")));
        }
        assertThat(redacting.form("a=1&code[]=ab-34")).isEqualTo("a=1&code[]=" + mask("ab-34"));
    }

    @Test
    void target_learntSecret_isFoundWhereOnlySomeOfItIsCoded() {
        redacting.body("{\"password\":\"a+b/Zx9q==\"}");

        assertThat(target("/x/a+b%2FZx9q==/y")).isEqualTo("/x/" + mask("a+b/Zx9q==") + "/y");
    }

    @Test
    void target_learntSecret_isFoundInPathsAndOtherSpellings() {
        redacting.body("{\"password\":\"pa/ss w\u00f6rd\"}");

        assertThat(target("/x/pa%2Fss%20w%C3%B6rd/y?q=pa%2fss+w%c3%b6rd"))
                .isEqualTo("/x/" + mask("pa/ss w\u00f6rd") + "/y?q=" + mask("pa/ss w\u00f6rd"));
    }

    @Test
    void target_pathTokensSwitchedOff_stay() {
        String target = "/token/abc1/550e8400-e29b-41d4-a716-446655440000";
        Redacting off = new Redacting(RedactionPolicy.standard().without("path-token"));

        assertThat(off.redaction.target(target)).isEqualTo(target);
    }

    private String target(String target) {
        return redacting.redaction.target(target);
    }
}

package dev.mcpreel.proxy.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.HttpMethod;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The upstream is http://127.0.0.1:3001, the client asks for proxy.local:8080, and Host is preserved. */
@Timeout(30)
class ResponseHeadTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    http://127.0.0.1:3001/mcp/          | https://mcp.example/mcp/
                    HTTP://127.0.0.1:3001               | https://mcp.example
                    http://127.0.0.1:3001?a=b           | https://mcp.example?a=b
                    http://127.0.0.1:3001#a             | https://mcp.example#a
                    https://127.0.0.1:3001/mcp          | https://mcp.example/mcp
                    http://localhost:3001/mcp           | https://mcp.example/mcp
                    http://[::1]:3001/mcp               | https://mcp.example/mcp
                    http://Proxy.Local:8080/mcp         | https://mcp.example/mcp
                    https://proxy.local:8080/mcp        | https://mcp.example/mcp
                    //proxy.local:8080/mcp              | https://mcp.example/mcp
                    http://proxy.local:8080/a?u=http://127.0.0.1:3001/ | https://mcp.example/a?u=http://127.0.0.1:3001/
                    """)
    void location_ofTheUpstreamItself_getsThePublicOrigin(String location, String expected) {
        assertThat(location(new RewriteRig(), location)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    /mcp/
                    mcp/
                    ?a=b
                    https://auth.example/authorize?redirect_uri=http://127.0.0.1:3001/cb
                    http://127.0.0.1:3002/authorize
                    http://127.0.0.1/mcp
                    http://127.0.0.1:30010/mcp
                    http://proxy.local/mcp
                    http://proxy.local.evil:8080/mcp
                    http://proxy.local:8080@evil.example/mcp
                    http://user@127.0.0.1:3001/mcp
                    http://127.0.0.1:3001\\@evil.example/mcp/..
                    http:/127.0.0.1:3001/mcp
                    http://
                    http:///mcp
                    http://[::1:3001/mcp
                    ws://127.0.0.1:3001/mcp
                    https://mcp.example/mcp
                    https://MCP.example:443/mcp
                    //auth.example/x
                    """)
    void location_ofAnybodyElse_stays(String location) {
        assertThat(location(new RewriteRig(), location)).isEqualTo(location);
    }

    @Test
    void location_withDefaultPorts_isComparedByWhatTheyMean() {
        RewriteRig rig = new RewriteRig(
                        new Rewriting(HostMode.PRESERVE, RewriteRig.PUBLIC, false, false), "http://backend")
                .asking(HttpMethod.POST, "/mcp", "mcp.example");
        assertThat(location(rig, "http://backend:80/x")).isEqualTo("https://mcp.example/x");
        assertThat(location(rig, "http://backend:/x")).isEqualTo("https://mcp.example/x");
        assertThat(location(rig, "http://backend:443/x")).isEqualTo("http://backend:443/x");
        assertThat(location(rig, "http://mcp.example/x")).isEqualTo("https://mcp.example/x");
        assertThat(location(rig, "http://mcp.example:8443/x")).isEqualTo("http://mcp.example:8443/x");
    }

    @Test
    void location_withTheClientsHost_isTheUpstreamsOwnOnlyIfItWasTold() {
        Rewriting untold = new Rewriting(HostMode.UPSTREAM, RewriteRig.PUBLIC, false, false);
        Rewriting told = new Rewriting(HostMode.UPSTREAM, RewriteRig.PUBLIC, true, false);
        String url = "http://proxy.local:8080/x";
        assertThat(location(new RewriteRig(untold, "http://backend:1"), url)).isEqualTo(url);
        assertThat(location(new RewriteRig(told, "http://backend:1"), url)).isEqualTo("https://mcp.example/x");
        assertThat(location(new RewriteRig(untold, "http://backend:1"), "http://localhost:1/x"))
                .isEqualTo("http://localhost:1/x");
    }

    @Test
    void otherFields_stay_andOrderAndSpellingToo() {
        RewriteRig rig = new RewriteRig()
                .asking(HttpMethod.POST, "/mcp", "127.0.0.1:3001")
                .head(
                        201,
                        "Content-Location: http://127.0.0.1:3001/a",
                        "lOcation: http://127.0.0.1:3001/b",
                        "Link: <http://127.0.0.1:3001/c>; rel=\"next\"",
                        "location: http://127.0.0.1:3001/d",
                        "Refresh: 0; url=http://127.0.0.1:3001/e")
                .body("http://127.0.0.1:3001/")
                .last("");
        assertThat(rig.fields())
                .containsExactly(
                        "Content-Location: http://127.0.0.1:3001/a",
                        "lOcation: https://mcp.example/b",
                        "Link: <http://127.0.0.1:3001/c>; rel=\"next\"",
                        "location: https://mcp.example/d",
                        "Refresh: 0; url=http://127.0.0.1:3001/e");
        assertThat(rig.done()).isEqualTo("http://127.0.0.1:3001/");
    }

    @Test
    void nothingConfigured_noResponseIsTouched() {
        RewriteRig rig = new RewriteRig(new Rewriting(HostMode.UPSTREAM, null, true, false), "http://h:1");
        assertThat(rig.head(302, "Location: http://h:1/").isUntouched()).isTrue();
    }

    @Test
    void watchingAlone_touchesOnlyGet() {
        Rewriting rewriting = new Rewriting(HostMode.PRESERVE, null, false, true);
        RewriteRig rig = new RewriteRig(rewriting, "http://h:1");
        assertThat(rig.head(302, "Location: http://h:1/").isUntouched()).isFalse();
        assertThat(rig.fields()).containsExactly("Location: http://h:1/");
        assertThat(rig.asking(HttpMethod.POST, "/mcp", "h").head(200).isUntouched())
                .isTrue();
    }

    private static String location(RewriteRig rig, String url) {
        rig.head(307, "Location: " + url).last("").done();
        return rig.fields().get(0).substring("Location: ".length());
    }
}

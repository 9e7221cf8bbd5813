package dev.mcpreel.proxy;

import static dev.mcpreel.proxy.testkit.Wire.lines;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.proxy.testkit.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A change of origin on the wire: what clients get to see, and that the capture keeps what the server said. */
@Timeout(60)
class PublicUrlTest {
    private static final String PUBLIC = "https://mcp.example.com";

    private ProxyRig rig;

    @BeforeEach
    void start() throws IOException {
        rig = new ProxyRig(
                Transport.best(), config -> config.withPublicUrl(PUBLIC).withForwarded(true));
    }

    @AfterEach
    void stop() throws IOException {
        rig.close();
    }

    private String relayed(String target, String response) throws IOException {
        Wire client = rig.client().send(lines("GET " + target + " HTTP/1.1", "Host: " + rig.host(), "", ""));
        Wire upstream = rig.upstream.accept();
        upstream.readHead();
        upstream.send(response).close();
        return client.readToEnd();
    }

    @Test
    void metadata_namesThePublicResource() throws IOException {
        String json = "{ \"resource\": \"" + rig.upstream.url() + "/mcp\", \"scopes_supported\": [\"a\"] }";
        String response = lines(
                "HTTP/1.1 200 OK", "Content-Type: application/json", "Content-Length: " + json.length(), "", json);
        String seen = relayed("/.well-known/oauth-protected-resource/mcp", response);
        String expected = json.replace(rig.upstream.url(), PUBLIC);
        assertThat(seen).endsWith("\r\n\r\n" + expected).contains("ontent-Length: " + expected.length() + "\r\n");
        assertThat(new String(rig.ended(0).responseBytes(), StandardCharsets.UTF_8))
                .isEqualTo(json);
        assertThat(rig.ended(0).ending()).isEqualTo("COMPLETE by UPSTREAM");
    }

    @Test
    void challengeAndRedirect_leadToThePublicOrigin() throws IOException {
        String seen = relayed(
                "/mcp",
                lines(
                        "HTTP/1.1 401 Unauthorized",
                        "WWW-Authenticate: Bearer realm=\"x\", resource_metadata=\"" + rig.upstream.url()
                                + "/.well-known/oauth-protected-resource\"",
                        "Location: " + rig.upstream.url() + "/mcp/",
                        "Content-Length: 0",
                        "",
                        ""));
        assertThat(seen)
                .contains("resource_metadata=\"" + PUBLIC + "/.well-known/oauth-protected-resource\"\r\n")
                .contains("Location: " + PUBLIC + "/mcp/\r\n");
    }

    @Test
    void endpointEvent_isAtThePublicOrigin_andLaterEventsPassAtOnce() throws IOException {
        Wire client = rig.client().send(lines("GET /sse HTTP/1.1", "Host: " + rig.host(), "", ""));
        Wire upstream = rig.upstream.accept();
        upstream.readHead();
        upstream.send(lines("HTTP/1.1 200 OK", "Content-Type: text/event-stream", "", ""));
        upstream.send("event: endpoint\ndata: " + rig.upstream.url() + "/message?sessionId=1\n\n");
        client.readHead();
        assertThat(client.readThrough("\n\n"))
                .isEqualTo("event: endpoint\ndata: " + PUBLIC + "/message?sessionId=1\n\n");
        upstream.send("data: " + rig.upstream.url() + "\n\n");
        assertThat(client.readThrough("\n\n")).isEqualTo("data: " + rig.upstream.url() + "\n\n");
    }

    @Test
    void metadataCutShort_isPassedOnAsFarAsItCame() throws IOException {
        String cut = lines(
                "HTTP/1.1 200 OK", "Content-Type: application/json", "Content-Length: 50", "", "{\"resource\": \"ht");
        assertThat(relayed("/.well-known/oauth-protected-resource", cut)).isEqualTo(cut);
        assertThat(rig.ended(0).ending()).isEqualTo("CLOSED by UPSTREAM");
    }

    @Test
    void forwarded_tellsTheUpstreamOfTheClient() throws IOException {
        rig.client().send(lines("GET / HTTP/1.1", "Host: mcp.example.com", "", ""));
        assertThat(rig.upstream.accept().readHead())
                .contains("orwarded: for=127.0.0.1")
                .contains("X-Forwarded-For: 127.0.0.1\r\n");
    }
}

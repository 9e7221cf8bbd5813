package dev.mcpreel.proxy.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class ChallengeTest {
    private static final String OWN = "http://127.0.0.1:3001";
    private static final String WELL_KNOWN = "/.well-known/oauth-protected-resource";

    /** «» surround what is to be replaced. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer resource_metadata=\"«http://127.0.0.1:3001»/.well-known/oauth-protected-resource\"",
                "Bearer resource_metadata=\"«http://127.0.0.1:3001»/meta/prm\"",
                "Bearer resource_metadata=\"«http://127.0.0.1:3001»\"",
                "Bearer resource_metadata=\"«http://other.example»/.well-known/oauth-protected-resource/mcp?x=y\"",
                "Bearer error=\"invalid_token\", resource_metadata=\"«https://proxy.local:8080»/m\", scope=\"a b\"",
                "bearer RESOURCE_Metadata = \"«http://localhost:3001»/m\"",
                "Bearer resource_metadata=«http://127.0.0.1:3001»/m,scope=x",
                "Bearer resource_metadata=«http://127.0.0.1:3001»/m scope=x",
                "Bearer resource_metadata=\"«http:\\/\\/127.0.0.1\\:3001»\\/m\\\"x\"",
                "Bearer a=\"\\\"\", resource_metadata=\"«http://127.0.0.1:3001»/m\"",
                "Basic realm=\"r, Bearer resource_metadata=\\\"http://127.0.0.1:3001/\\\"\","
                        + " Bearer resource_metadata=\"«http://127.0.0.1:3001»/m\"",
                "Negotiate YWJj/+==, DPoP algs=\"ES256\", resource_metadata=\"«http://127.0.0.1:3001»/m\"",
                "Bearer resource_metadata=\"«http://127.0.0.1:3001»/a\", DPoP resource_metadata=\"«http://127.0.0.1:3001»/b\"",
                "Bearer x=1; resource_metadata=\"«http://127.0.0.1:3001»/m\"",
                "Bearer resource_metadata=\"/relative\"",
                "Bearer resource_metadata=\"https://cdn.example/meta.json\"",
                "Bearer resource_metadata=\"https://cdn.example/.well-known/oauth-protected-resources\"",
                "Bearer resource_metadata=\"https://cdn.example/x/.well-known/oauth-protected-resource\"",
                "Bearer resource_metadata=\"http://127.0.0.1:3001@evil.example/m\"",
                "Bearer resource_metadata=\"https://mcp.example/.well-known/oauth-protected-resource\"",
                "Bearer resource_metadata=\"https://MCP.example:443/.well-known/oauth-protected-resource\"",
                "Bearer resource_metadata=\"http://127.0.0.1:3001/never closed",
                "Bearer resource_metadata=\"http://127.0.0.1:3001/never closed\\\"",
                "Bearer resource_metadata=\"",
                "Bearer resource_metadata=",
                "Bearer resource_metadata",
                "Bearer x_resource_metadata=\"http://127.0.0.1:3001/m\"",
                "Bearer resource_metadata_uri=\"http://127.0.0.1:3001/m\"",
                "Bearer realm=\"resource_metadata=http://127.0.0.1:3001/m\"",
                "Bearer realm=a/resource_metadata=http://127.0.0.1:3001/m",
                "Bearer error_uri=\"http://127.0.0.1:3001/help\"",
                "\"\\",
                ",,,=,=\"\"",
                "="
            })
    void challenge_hasItsMetadataUrlReplaced_andNothingElse(String marked) {
        String sent = marked.replace("«", "").replace("»", "");
        String expected = marked.replaceAll("«[^»]*»", "https://mcp.example");
        assertThat(challenged(new RewriteRig(), sent)).containsExactly("WWW-Authenticate: " + expected);
    }

    @Test
    void severalFields_areAllLookedAt() {
        RewriteRig rig = new RewriteRig();
        assertThat(challenged(rig, "Basic realm=\"x\"", "Bearer resource_metadata=\"" + OWN + WELL_KNOWN + "\""))
                .containsExactly(
                        "WWW-Authenticate: Basic realm=\"x\"",
                        "WWW-Authenticate: Bearer resource_metadata=\"https://mcp.example" + WELL_KNOWN + "\"");
    }

    @Test
    void otherStatusAndMethod_makeNoDifference() {
        RewriteRig rig = new RewriteRig().head(403, "WWW-Authenticate: Bearer resource_metadata=" + OWN + "/m");
        assertThat(rig.fields()).containsExactly("WWW-Authenticate: Bearer resource_metadata=https://mcp.example/m");
    }

    @Test
    void namedPath_isKnownFromThenOn_underAnyOrigin() {
        RewriteRig rig = new RewriteRig();
        String foreign = "Bearer resource_metadata=\"https://other.example/meta?x\"";
        assertThat(challenged(rig, foreign)).containsExactly("WWW-Authenticate: " + foreign);
        challenged(rig, "Bearer resource_metadata=\"" + OWN + "/meta\"");
        assertThat(challenged(rig, foreign))
                .containsExactly("WWW-Authenticate: Bearer resource_metadata=\"https://mcp.example/meta?x\"");
    }

    @Test
    void namedPaths_areBounded_andTheNewestStay() {
        MetadataPaths paths = new MetadataPaths();
        for (int i = 0; i < MetadataPaths.KEPT + 10; i++) {
            paths.remember("/" + i);
            paths.remember("/kept");
        }
        assertThat(paths.contains("/" + (MetadataPaths.KEPT + 9))).isTrue();
        assertThat(paths.contains("/9")).isFalse();
        paths.remember("/" + "x".repeat(2000));
        assertThat(paths.contains("/" + "x".repeat(2000))).isFalse();
        assertThat(paths.contains(WELL_KNOWN)).isTrue();
    }

    private static List<String> challenged(RewriteRig rig, String... challenges) {
        String[] fields = new String[challenges.length];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = "WWW-Authenticate: " + challenges[i];
        }
        rig.head(401, fields).last("").done();
        return rig.fields();
    }
}

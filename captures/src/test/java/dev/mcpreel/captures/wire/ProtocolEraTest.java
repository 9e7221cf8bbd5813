package dev.mcpreel.captures.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(10)
class ProtocolEraTest {
    private static final String MODERN = "2026-07-28";

    @Test
    void of_claimInBody_isModernWhateverTheHeaderSays() {
        assertThat(post(MODERN, claiming("'2026-07-28'"))).isEqualTo(modern(MODERN, false));
        assertThat(post(null, claiming("'2026-07-28'"))).isEqualTo(modern(MODERN, false));
        assertThat(post("2025-11-25", claiming("'2026-07-28'"))).isEqualTo(modern(MODERN, true));
    }

    @ParameterizedTest
    @CsvSource({
        "2024-11-05,LEGACY",
        "2025-11-25,LEGACY",
        "2026-07-27,LEGACY",
        "2026-07-28,MODERN",
        "2027-01-15,MODERN",
        "9999-12-31,MODERN",
        "DRAFT-2026-v1,MODERN",
        "DRAFT-2025-v3,LEGACY"
    })
    void of_claim_hasTheEraOfTheRevisionItNames(String revision, Era era) {
        assertThat(post(null, claiming("'" + revision + "'"))).isEqualTo(new MessageEra(era, revision, false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"'latest'", "'2026-13-28'", "'2026-07-28-RC'"})
    void of_claimThatIsNoRevision_isModernBecauseItClaims(String claim) {
        assertThat(post(null, claiming(claim))).isEqualTo(modern(claim.replace("'", ""), false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"20260728", "null", "{}", "'2026 07'", "'\\u001b[31m'", "''"})
    void of_claimThatCannotBeShown_isModernOfNoRevision(String claim) {
        assertThat(post(null, claiming(claim))).isEqualTo(modern("", false));
        assertThat(post(MODERN, claiming(claim)).contradictory()).isTrue();
    }

    @Test
    void of_longClaim_isModernOfNoRevision() {
        assertThat(post(null, claiming("'" + "2".repeat(100_000) + "'"))).isEqualTo(modern("", false));
    }

    @Test
    void of_initializeWithoutClaim_isLegacyAndAsksForARevision() {
        JsonRpcMessage initialize = Wire.request("initialize", "{'protocolVersion':'2025-11-25'}");
        assertThat(post(null, initialize)).isEqualTo(legacy("2025-11-25", false));
        assertThat(post(null, Wire.request("initialize", "{'protocolVersion':'2026-07-28'}")))
                .isEqualTo(legacy(MODERN, false));
        assertThat(post(MODERN, initialize)).isEqualTo(legacy("2025-11-25", true));
        assertThat(post(null, Wire.request("initialize", "{'protocolVersion':7}")))
                .isEqualTo(legacy("", false));
    }

    @Test
    void of_initializeWithClaim_isModern() {
        JsonRpcMessage both = Wire.request(
                "initialize",
                "{'protocolVersion':'2025-11-25','_meta':{'io.modelcontextprotocol/protocolVersion':'2026-07-28'}}");
        assertThat(post(null, both)).isEqualTo(modern(MODERN, false));
    }

    @Test
    void of_requestWithoutClaim_isLegacyOfTheRevisionOfItsHeader() {
        JsonRpcMessage call = Wire.request("tools/call", "{'name':'a'}");
        assertThat(post(null, call)).isEqualTo(legacy("", false));
        assertThat(post("2025-06-18", call)).isEqualTo(legacy("2025-06-18", false));
        assertThat(post(MODERN, call)).isEqualTo(legacy("", true));
        assertThat(post(null, Wire.request("server/discover", "{}"))).isEqualTo(legacy("", false));
    }

    @Test
    void of_metaThatIsNoObject_makesNoClaim() {
        assertThat(post(null, Wire.request("tools/call", "{'_meta':['io.modelcontextprotocol/protocolVersion']}")))
                .isEqualTo(legacy("", false));
        assertThat(post(null, Wire.request("tools/call", "[]"))).isEqualTo(legacy("", false));
    }

    @Test
    void of_notificationWithoutClaim_isDecidedByItsHeader() {
        JsonRpcMessage told = Wire.told("notifications/custom", "{}");
        assertThat(post(null, told)).isEqualTo(legacy("", false));
        assertThat(post("2025-11-25", told)).isEqualTo(legacy("2025-11-25", false));
        assertThat(post("nonsense", told)).isEqualTo(legacy("nonsense", false));
        assertThat(post(MODERN, told)).isEqualTo(modern(MODERN, false));
        JsonRpcMessage claiming =
                Wire.told("notifications/custom", "{'_meta':{'io.modelcontextprotocol/protocolVersion':'2026-07-28'}}");
        assertThat(post("2025-11-25", claiming)).isEqualTo(modern(MODERN, true));
    }

    @Test
    void of_postedResponse_isLegacy() {
        JsonRpcMessage answer = Wire.result("{'_meta':{'io.modelcontextprotocol/protocolVersion':'2026-07-28'}}");
        assertThat(post("2025-11-25", answer)).isEqualTo(legacy("2025-11-25", false));
        assertThat(post(MODERN, answer)).isEqualTo(legacy("", true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "DELETE", "OPTIONS"})
    void of_otherMethodThanPost_isLegacy(String method) {
        assertThat(ProtocolEra.of(method, "2025-11-25", JsonRpcBody.EMPTY)).isEqualTo(legacy("2025-11-25", false));
        assertThat(ProtocolEra.of(method, MODERN, JsonRpcBody.EMPTY)).isEqualTo(legacy("", true));
        assertThat(ProtocolEra.of(method, null, claiming("'2026-07-28'"))).isEqualTo(legacy("", false));
    }

    @Test
    void of_exchange_isThatOfItsMessage() {
        JsonRpcBody body = Wire.body(
                "{'id':1,'method':'tools/list','params':{'_meta':{'io.modelcontextprotocol/protocolVersion':'2026-07-28'}}}");
        assertThat(ProtocolEra.of("POST", MODERN, body)).isEqualTo(modern(MODERN, false));
    }

    @Test
    void of_array_isLegacyEvenOfOneClaimingMessage() {
        assertThat(ProtocolEra.of("POST", "2025-03-26", Wire.body("[{'id':1,'method':'ping'}]")))
                .isEqualTo(legacy("2025-03-26", false));
        JsonRpcBody claiming = Wire.body(
                "[{'id':1,'method':'x','params':{'_meta':{'io.modelcontextprotocol/protocolVersion':'2026-07-28'}}}]");
        assertThat(ProtocolEra.of("POST", null, claiming)).isEqualTo(legacy("", true));
    }

    @Test
    void of_bodyThatCouldNotBeRead_isDecidedByTheHeader() {
        assertThat(ProtocolEra.of("POST", MODERN, JsonRpcBody.UNREADABLE)).isEqualTo(modern(MODERN, false));
        assertThat(ProtocolEra.of("POST", null, JsonRpcBody.UNREADABLE)).isEqualTo(legacy("", false));
    }

    private static JsonRpcMessage claiming(String claim) {
        return Wire.request(
                "tools/call", "{'name':'a','_meta':{'io.modelcontextprotocol/protocolVersion':" + claim + "}}");
    }

    private static MessageEra post(@Nullable String header, JsonRpcMessage message) {
        return ProtocolEra.of("POST", header, message);
    }

    private static MessageEra legacy(String revision, boolean contradictory) {
        return new MessageEra(Era.LEGACY, revision, contradictory);
    }

    private static MessageEra modern(String revision, boolean contradictory) {
        return new MessageEra(Era.MODERN, revision, contradictory);
    }
}

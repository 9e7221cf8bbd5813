package dev.mcpreel.captures.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(10)
class InputRequiredTest {
    @Test
    void inputRequests_questionsOfAnAnswer_areKeysInOrder() {
        JsonRpcMessage.Response answer = Wire.result("{'resultType':'input_required','inputRequests':{"
                + "'github_login':{'method':'elicitation/create','params':{'mode':'form'}},"
                + "'capital_of_france':{'method':'sampling/createMessage','params':{}}},"
                + "'requestState':'AEAD-protected blob'}");
        assertThat(ResultType.of(answer)).isEqualTo(ResultType.INPUT_REQUIRED);
        assertThat(InputRequired.inputRequests(answer)).containsExactly("github_login", "capital_of_france");
        assertThat(InputRequired.requestState(answer)).isEqualTo("AEAD-protected blob");
    }

    @Test
    void inputResponses_answersOfARetry_areKeysAndTheState() {
        JsonRpcMessage.Request retry = Wire.request(
                "tools/call",
                "{'name':'a','arguments':{},'inputResponses':{'github_login':{'action':'accept'}},'requestState':'s'}");
        assertThat(InputRequired.inputResponses(retry)).containsExactly("github_login");
        assertThat(InputRequired.requestState(retry)).isEqualTo("s");
    }

    @Test
    void readers_ofOrdinaryMessages_findNothing() {
        JsonRpcMessage.Response answer = Wire.result("{'content':[]}");
        assertThat(InputRequired.inputRequests(answer)).isEmpty();
        assertThat(InputRequired.requestState(answer)).isNull();
        JsonRpcMessage.Request call = Wire.request("tools/call", "{'inputResponses':['a'],'requestState':{}}");
        assertThat(InputRequired.inputResponses(call)).isEmpty();
        assertThat(InputRequired.requestState(call)).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|COMPLETE",
                "{'resultType':'complete'}|COMPLETE",
                "{'resultType':'input_required'}|INPUT_REQUIRED",
                "{'resultType':'task'}|TASK",
                "{'resultType':'Task'}|UNKNOWN",
                "{'resultType':null}|UNKNOWN",
                "7|COMPLETE"
            },
            quoteCharacter = '"')
    void resultType_ofAResult_isRead(String result, ResultType type) {
        assertThat(ResultType.of(Wire.result(result))).isEqualTo(type);
    }

    @Test
    void cursor_emptyText_isACursor() {
        assertThat(Lists.cursor(Wire.request("tools/list", "{'cursor':''}"))).isEmpty();
        assertThat(Lists.cursor(Wire.request("tools/list", "{}"))).isNull();
        assertThat(Lists.cursor(Wire.request("tools/list", "{'cursor':null}"))).isNull();
        assertThat(Lists.nextCursor(Wire.result("{'tools':[],'nextCursor':'p2'}")))
                .isEqualTo("p2");
        assertThat(Lists.nextCursor(Wire.result("{'tools':[]}"))).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'ttlMs':60000,'cacheScope':'public'}|60000|true",
                "{'ttlMs':0,'cacheScope':'private'}|0|false",
                "{'ttlMs':5}|5|false",
                "{'ttlMs':-1}||",
                "{'ttlMs':1e999999999}||",
                "{'ttlMs':'5'}||",
                "{'cacheScope':'public'}||"
            },
            quoteCharacter = '"')
    void cacheHint_needsATimeThatCanBeRead(String result, Long ttl, Boolean shared) {
        assertThat(Lists.cacheHint(Wire.result(result))).isEqualTo(ttl == null ? null : new CacheHint(ttl, shared));
    }
}

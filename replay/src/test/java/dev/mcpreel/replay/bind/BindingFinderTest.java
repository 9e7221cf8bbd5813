package dev.mcpreel.replay.bind;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is not to be bound. */
@Timeout(20)
class BindingFinderTest {
    @Test
    void agentsOwnValue_isNotBound() {
        Flow flow = new Flow()
                .call("create", "{\"key\":\"cus-9912ab\"}", "{}")
                .call("list", "{}", "{\"structuredContent\":{\"id\":\"cus-9912ab\"}}")
                .call("get", "{\"id\":\"cus-9912ab\"}", "{}");

        assertThat(flow.bindings(2)).isEmpty();
    }

    @Test
    void agentsOwnValue_insideALongerText_isNotBound() {
        Flow flow = new Flow()
                .call("search", "{\"q\":\"all of cus-9912ab please\"}", "{}")
                .call("list", "{}", "{\"structuredContent\":{\"id\":\"cus-9912ab\"}}")
                .call("get", "{\"id\":\"cus-9912ab\"}", "{}");

        assertThat(flow.bindings(2)).isEmpty();
    }

    @Test
    void answerThatCameTooLate_issuesNothing() {
        Flow flow = new Flow()
                .at("tools/call", "{\"name\":\"slow\"}", "{\"structuredContent\":{\"id\":\"tck-1a2b\"}}", 0, 500)
                .at("tools/call", "{\"name\":\"get\",\"arguments\":{\"id\":\"tck-1a2b\"}}", "{}", 100, 110)
                .at("tools/call", "{\"name\":\"get\",\"arguments\":{\"id\":\"tck-1a2b\"}}", "{}", 600, 610);

        assertThat(flow.bindings(1)).isEmpty();
        assertThat(flow.bindings(2)).as("used before it was issued").isEmpty();
    }

    @Test
    void commonValues_areNotBound() {
        String values = "{\"status\":\"open\",\"page\":2,\"limit\":10000,\"ok\":true,\"price\":12.50,\"big\":12345.678,"
                + "\"region\":\"us-east-1\",\"day\":\"2026-11-21\",\"version\":\"1.24.3\",\"model\":\"gpt-4\","
                + "\"name\":\"John Smith\",\"x\":\"ab\",\"none\":\"\",\"quarter\":\"Q3-2026\"}";
        Flow flow = new Flow()
                .call("a", "{}", "{\"structuredContent\":" + values + "}")
                .call("b", values, "{}");

        assertThat(flow.bindings(1)).isEmpty();
    }

    @Test
    void namesOfTheServer_areNotBound() {
        Flow flow = new Flow()
                .request(
                        "tools/list",
                        "{}",
                        "{\"tools\":[{\"name\":\"get\",\"inputSchema\":{\"enum\":[\"plan-2001-x\"]}}]}")
                .call("a", "{}", "{\"structuredContent\":{\"id\":\"plan-2001-x\",\"tool\":\"tool-88213\"}}")
                .call("tool-88213", "{\"id\":\"plan-2001-x\"}", "{}");

        assertThat(flow.bindings(2)).isEmpty();
    }

    @Test
    void listedResource_isNotBound() {
        Flow flow = new Flow()
                .request("resources/list", "{}", "{\"resources\":[{\"uri\":\"demo://r/17342\"}]}")
                .request("resources/read", "{\"uri\":\"demo://r/17342\"}", "{}");

        assertThat(flow.bindings(1)).isEmpty();
    }

    @Test
    void valueThatOnlyBeginsLikeAnIssuedOne_isNotBound() {
        Flow flow = new Flow()
                .call("a", "{}", "{\"structuredContent\":{\"id\":\"tck-1a2b\"}}")
                .call("b", "{\"id\":\"tck-1a2b3c\",\"text\":\"xtck-1a2b\"}", "{}");

        assertThat(flow.bindings(1)).isEmpty();
    }

    @Test
    void wordsInText_areNotBoundToProse() {
        Flow flow = new Flow()
                .text("a", "{}", "The printer of the third floor is broken again.")
                .call("b", "{\"note_id\":\"printer\",\"text\":\"The printer is broken\"}", "{}");

        assertThat(flow.bindings(1)).isEmpty();
    }

    @Test
    void handshake_issuesNothing() {
        Flow flow = new Flow()
                .request(
                        "initialize", "{\"protocolVersion\":\"2025-11-25\"}", "{\"serverInfo\":{\"id\":\"srv-10442\"}}")
                .call("b", "{\"id\":\"srv-10442\"}", "{}");

        assertThat(flow.bindings(0)).isEmpty();
        assertThat(flow.bindings(1)).isEmpty();
    }
}

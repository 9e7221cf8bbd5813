package dev.mcpreel.replay.bind;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.core.JsonPointer;

/** Flows whose truth is known: what a later request took from an earlier answer. */
@Timeout(20)
class BindingFlowsTest {
    private static final String CREATED = "{\"content\":[{\"type\":\"text\",\"text\":"
            + "\"{\\\"ticket_id\\\":\\\"tck-1a2b3c4d\\\"}\"}],\"structuredContent\":{\"ticket_id\":\"tck-1a2b3c4d\"}}";

    @Test
    void structuredContent_isPreferredToTheSameInText() {
        Flow flow = new Flow()
                .call("create_ticket", "{\"subject\":\"Printer\"}", CREATED)
                .call("get_ticket", "{\"ticket_id\":\"tck-1a2b3c4d\"}", CREATED);

        assertThat(flow.bindings(1))
                .containsExactly(new Binding(
                        JsonPointer.compile("/params/arguments/ticket_id"),
                        0,
                        Binding.WHOLE,
                        0,
                        new Source.Pointer(JsonPointer.compile("/structuredContent/ticket_id")),
                        "tck-1a2b3c4d"));
        assertThat(flow.liveArguments(1, 0, "{\"structuredContent\":{\"ticket_id\":\"tck-ffee0011\"}}"))
                .isEqualTo("{\"ticket_id\":\"tck-ffee0011\"}");
    }

    @Test
    void echoOfARequest_issuesNothing() {
        Flow flow = new Flow()
                .call("create_ticket", "{}", CREATED)
                .call("get_ticket", "{\"ticket_id\":\"tck-1a2b3c4d\"}", CREATED)
                .call("close_ticket", "{\"ticket_id\":\"tck-1a2b3c4d\"}", "{}");

        assertThat(flow.bindings(2)).extracting(Binding::producer).containsExactly(0);
    }

    @Test
    void jsonInText_isFoundByPointer() {
        Flow flow = new Flow()
                .text("create_ticket", "{}", "{\"ticket\":{\"id\":\"tck-1a2b3c4d\"}}")
                .call("get_ticket", "{\"id\":\"tck-1a2b3c4d\"}", "{}");

        assertThat(flow.bindings(1))
                .extracting(Binding::source)
                .containsExactly(new Source.TextPointer(
                        JsonPointer.compile("/content/0/text"), JsonPointer.compile("/ticket/id")));
        assertThat(flow.liveArguments(1, 0, Flow.textResult("{\"ticket\":{\"id\":\"tck-0\"}}")))
                .isEqualTo("{\"id\":\"tck-0\"}");
    }

    @Test
    void tokenInASentence_isFoundByWhatStandsAround() {
        Flow flow = new Flow()
                .text("create_ticket", "{}", "Created ticket tck-1a2b3c4d for Bob.")
                .call("get_ticket", "{\"ticket_id\":\"tck-1a2b3c4d\"}", "{}");

        assertThat(flow.liveArguments(1, 0, Flow.textResult("Created ticket tck-9z8y for Alice.")))
                .isEqualTo("{\"ticket_id\":\"tck-9z8y\"}");
        assertThat(flow.live(1, 0, Flow.textResult("No ticket was created")).isComplete())
                .isFalse();
    }

    @Test
    void tokenInATable_isFoundByItsLine() {
        Flow flow = new Flow()
                .text("search", "{}", "Found:\n- 88213: Printer (open)\n- 88214: Screen (open)\n")
                .call("get_ticket", "{\"ticket_id\":\"88214\"}", "{}");

        assertThat(flow.liveArguments(1, 0, Flow.textResult("Found:\n- 5: Mouse (new)\n- 66177: Keyboard\n")))
                .isEqualTo("{\"ticket_id\":\"66177\"}");
    }

    @Test
    void digitsBeforeAValue_areNoContext() {
        Flow flow = new Flow()
                .text("create", "{}", "Order 5517 of 12:30, reference 9f3c7a21.")
                .call("get", "{\"reference\":\"9f3c7a21\"}", "{}");

        assertThat(flow.liveArguments(1, 0, Flow.textResult("Order 1 of 08:15, reference 00aabb11.")))
                .isEqualTo("{\"reference\":\"00aabb11\"}");
    }

    @Test
    void elementOfAList_isTakenFromTheLatestList() {
        String found = "{\"structuredContent\":{\"orders\":[{\"id\":\"ord-1001\"},{\"id\":\"ord-1002\"}]}}";
        Flow flow = new Flow()
                .call("search", "{\"q\":\"late\"}", found)
                .call("search", "{\"q\":\"later\"}", found)
                .call("get_order", "{\"order_id\":\"ord-1002\"}", "{}");

        assertThat(flow.bindings(2)).extracting(Binding::producer).containsExactly(1);
        assertThat(flow.liveArguments(
                        2, 1, "{\"structuredContent\":{\"orders\":[{\"id\":\"ord-7\"},{\"id\":\"ord-8\"}]}}"))
                .isEqualTo("{\"order_id\":\"ord-8\"}");
        assertThat(flow.live(2, 1, "{\"structuredContent\":{\"orders\":[]}}").missing())
                .hasSize(1);
    }

    @Test
    void createdValue_isNotTakenFromALaterList() {
        Flow flow = new Flow()
                .call("create_ticket", "{}", CREATED)
                .call("list_tickets", "{}", "{\"structuredContent\":{\"all\":[{\"ticket_id\":\"tck-1a2b3c4d\"}]}}")
                .call("get_ticket", "{\"ticket_id\":\"tck-1a2b3c4d\"}", "{}");

        assertThat(flow.bindings(2)).extracting(Binding::producer).containsExactly(0);
        assertThat(flow.bindingsWithout(0, 2)).extracting(Binding::producer).containsExactly(1);
    }

    @Test
    void number_staysANumberAndAStringAString() {
        Flow flow = new Flow()
                .call("create", "{}", "{\"structuredContent\":{\"issue\":881234,\"run\":\"778899\"}}")
                .call("get", "{\"issue\":881234,\"text\":\"881234\",\"run\":778899}", "{}");

        assertThat(flow.liveArguments(1, 0, "{\"structuredContent\":{\"issue\":5,\"run\":\"6\"}}"))
                .isEqualTo("{\"issue\":5,\"text\":\"5\",\"run\":6}");
    }

    @Test
    void partOfAUrl_isReplacedInPlace() {
        Flow flow = new Flow()
                .call("create", "{}", "{\"structuredContent\":{\"id\":\"doc-77ab12\",\"rev\":\"r19x20\"}}")
                .call("fetch", "{\"url\":\"https://h/docs/doc-77ab12?rev=r19x20#doc-77ab12\"}", "{}");

        assertThat(flow.bindings(1))
                .extracting(Binding::recorded)
                .containsExactly("doc-77ab12", "r19x20", "doc-77ab12");
        assertThat(flow.liveArguments(1, 0, "{\"structuredContent\":{\"id\":\"doc-1\",\"rev\":\"r2\"}}"))
                .isEqualTo("{\"url\":\"https://h/docs/doc-1?rev=r2#doc-1\"}");
    }

    @Test
    void partOfAnIssuedUrl_isCutOutOfIt() {
        Flow flow = new Flow()
                .call("create", "{}", "{\"structuredContent\":{\"url\":\"https://h/docs/doc-77ab12/view\"}}")
                .call("get", "{\"doc\":\"doc-77ab12\"}", "{}");

        assertThat(flow.liveArguments(1, 0, "{\"structuredContent\":{\"url\":\"https://h/docs/doc-5c/view\"}}"))
                .isEqualTo("{\"doc\":\"doc-5c\"}");
    }

    @Test
    void wordsAsIds_areBoundWhereBothSidesSaySo() {
        Flow flow = new Flow()
                .call("create_basket", "{}", "{\"structuredContent\":{\"id\":\"brave-otter\",\"status\":\"open\"}}")
                .call("add_item", "{\"basketId\":\"brave-otter\",\"status\":\"open\"}", "{}");

        assertThat(flow.bindings(1)).extracting(Binding::recorded).containsExactly("brave-otter");
    }

    @Test
    void cursor_comesFromThePageBeforeOfTheSameList() {
        Flow flow = new Flow()
                .request("tools/list", "{}", "{\"tools\":[],\"nextCursor\":\"p2\"}")
                .request("resources/list", "{}", "{\"resources\":[],\"nextCursor\":\"p2\"}")
                .request("tools/list", "{\"cursor\":\"p2\"}", "{\"tools\":[],\"nextCursor\":\"\"}")
                .request("tools/list", "{\"cursor\":\"\"}", "{\"tools\":[]}");

        assertThat(flow.bindings(2)).extracting(Binding::producer).containsExactly(0);
        assertThat(flow.bindings(3)).extracting(Binding::producer).containsExactly(2);
    }

    @Test
    void stateOfTheProtocol_isBoundByItsOwnFlow() {
        Flow flow = new Flow()
                .request(
                        "tools/call",
                        "{\"name\":\"book\",\"task\":{\"ttl\":881234}}",
                        "{\"task\":{\"taskId\":\"5a1f0c7e-22aa\",\"ttl\":881234}}")
                .request("tasks/get", "{\"taskId\":\"5a1f0c7e-22aa\"}", "{\"taskId\":\"5a1f0c7e-22aa\"}")
                .request(
                        "tasks/result",
                        "{\"taskId\":\"5a1f0c7e-22aa\",\"_meta\":{\"progressToken\":881234,"
                                + "\"io.modelcontextprotocol/related-task\":{\"taskId\":\"5a1f0c7e-22aa\"}}}",
                        "{}")
                .call("book", "{}", "{\"resultType\":\"input_required\",\"requestState\":\"abc\"}")
                .request("tools/call", "{\"name\":\"book\",\"requestState\":\"abc\"}", "{}");

        assertThat(flow.bindings(0)).isEmpty();
        assertThat(flow.bindings(1)).extracting(Binding::producer).containsExactly(0);
        assertThat(flow.bindings(2))
                .extracting(binding -> binding.consumer().toString())
                .containsExactlyInAnyOrder(
                        "/params/taskId", "/params/_meta/io.modelcontextprotocol~1related-task/taskId");
        assertThat(flow.bindings(2)).extracting(Binding::producer).containsOnly(0);
        assertThat(flow.bindings(4)).extracting(Binding::producer).containsExactly(3);
    }

    @Test
    void resourceLinkOfATool_isFollowed() {
        Flow flow = new Flow()
                .call(
                        "report",
                        "{}",
                        "{\"content\":[{\"type\":\"text\",\"text\":\"ready\"},"
                                + "{\"type\":\"resource_link\",\"uri\":\"demo://reports/august\"}]}")
                .request("resources/read", "{\"uri\":\"demo://reports/august\"}", "{}");

        assertThat(flow.bindings(1))
                .extracting(Binding::source)
                .containsExactly(new Source.Pointer(JsonPointer.compile("/content/1/uri")));
    }
}

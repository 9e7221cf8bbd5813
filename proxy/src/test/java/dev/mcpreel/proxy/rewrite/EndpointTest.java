package dev.mcpreel.proxy.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.HttpMethod;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class EndpointTest {
    private static final String STREAM = "Content-Type: text/event-stream";
    private static final String EVENT = "event: endpoint\ndata: http://127.0.0.1:3001/message?sessionId=1\n\n";
    private static final String CHANGED = "event: endpoint\ndata: https://mcp.example/message?sessionId=1\n\n";

    /** ⟦⟧ surround what is to be replaced. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "event: endpoint\ndata: ⟦http://127.0.0.1:3001⟧/m?s=1\n\n",
                "event: endpoint\r\ndata: ⟦http://127.0.0.1:3001⟧/m?s=1\r\n\r\n",
                "event: endpoint\rdata: ⟦http://127.0.0.1:3001⟧/m?s=1\r\r",
                "event:endpoint\ndata:⟦https://known-to-itself.example⟧/m\n\n",
                "data: ⟦http://h⟧/m\nevent: endpoint\n\n",
                "id: 1\nretry: 10\nevent: endpoint\n: in between\ndata: ⟦http://h⟧\nother\n\n",
                "event: message\nevent: endpoint\ndata: ⟦http://h⟧/m\n\n",
                "event: endpoint\ndata: ⟦//h:1⟧/m\n\n",
                "event: endpoint\ndata:   ⟦http://h⟧/m\n\n",
                "event: endpoint\ndata: ⟦http://h:1\ndata: ⟧/m\ndata: x\n\n",
                "event: endpoint\ndata\ndata: ⟦http://h:1⟧/m\ndata\n\n",
                ": hello\n\n: again\r\n\r\nevent: endpoint\ndata: ⟦http://h⟧/m\n\n",
                "retry: 3000\n\nevent: endpoint\ndata: ⟦http://h⟧/m\n\n",
                "event: message\n\nevent: endpoint\ndata: ⟦http://h⟧/m\n\n",
                "\r\n\n\revent: endpoint\ndata: ⟦http://h⟧/m\n\n",
                "\u00ef\u00bb\u00bfevent: endpoint\ndata: ⟦http://h⟧/m\n\n",
                "event: endpoint\ndata: ⟦http://h⟧/m\n\nevent: endpoint\ndata: http://127.0.0.1:3001/later\n\n",
                "event: endpoint\ndata: /m?s=1\n\n",
                "event: endpoint\ndata: m?s=http://127.0.0.1:3001\n\n",
                "event: endpoint\ndata: https://mcp.example/m\n\n",
                "event: endpoint\ndata: //mcp.example/m\n\n",
                "event: endpoint\ndata: http://u@h/m\n\n",
                "event: endpoint\ndata: ws://h/m\n\n",
                "event: endpoint\ndata: \n\n",
                "event: endpoint\n\n",
                "event: Endpoint\ndata: http://h/m\n\n",
                "event:  endpoint\ndata: http://h/m\n\n",
                "event: endpoint\nevent: message\ndata: http://h/m\n\n",
                "event: message\ndata: http://h/m\n\nevent: endpoint\ndata: http://h/m\n\n",
                "id: 1\ndata:\n\nevent: endpoint\ndata: http://h/m\n\n",
                "data: http://h/m\n\n",
                "event: endpoint\ndata: http://h/m\n",
                "event: endpoint\r\ndata: http://h/m\r\n",
                "\u00ef\u00bbevent: endpoint\ndata: http://h/m\n\n",
                " event: endpoint\ndata: http://h/m\n\n",
                "event: endpoint\n\u00ef\u00bb\u00bfdata: http://h/m\n\n",
                ": only a comment",
                "\u00ef\u00bb",
                "\n\n\n",
                ""
            })
    void stream_hasItsEndpointReplaced_andNothingElse_howeverItArrives(String marked) {
        String later = "event: message\ndata: {\"a\":\"http://127.0.0.1:3001/\"}\n\n";
        String end = marked.endsWith("\n\n") || marked.endsWith("\r\r") || marked.endsWith("\r\n\r\n") ? later : "";
        String sent = marked.replace("⟦", "").replace("⟧", "") + end;
        String expected = marked.replaceAll("⟦[^⟧]*⟧", "https://mcp.example") + end;
        assertThat(stream().last(sent).done()).isEqualTo(expected);
        assertThat(stream().body(sent.split("(?!^)", -1)).last("").done()).isEqualTo(expected);
        for (int i = 0; i <= sent.length(); i++) {
            assertThat(stream()
                            .body(sent.substring(0, i), sent.substring(i))
                            .last("")
                            .done())
                    .as("cut at %d", i)
                    .isEqualTo(expected);
        }
    }

    @Test
    void firstEvent_waitsForItsBlankLine_andOnlyIt() {
        RewriteRig rig = stream().body(": hi\n\nevent: endp");
        assertThat(rig.text()).isEqualTo(": hi\n\n");
        assertThat(rig.body("oint\ndata: http://h/m\n").text()).isEqualTo(": hi\n\n");
        assertThat(rig.body("\nevent: mess").text())
                .isEqualTo(": hi\n\nevent: endpoint\ndata: https://mcp.example/m\n\nevent: mess");
        assertThat(rig.body("age\n").passedLastBuffer()).isTrue();
        rig.last("").done();
    }

    @Test
    void blockWithoutData_thatWaited_goesOutBeforeTheNextBegins() {
        RewriteRig rig = stream().body("r", "\n\nevent: e");
        assertThat(rig.text()).isEqualTo("r\n\n");
        assertThat(rig.body("ndpoint\ndata: http://h/m\n\n").text())
                .isEqualTo("r\n\nevent: endpoint\ndata: https://mcp.example/m\n\n");
        rig.last("").done();
    }

    @Test
    void comments_passAsTheyCome() {
        RewriteRig rig = stream();
        StringBuilder sent = new StringBuilder();
        for (String piece : new String[] {":", " a", "\r", "\n\r\n", ": long".repeat(5000), "\n", "\n"}) {
            sent.append(piece);
            assertThat(rig.body(piece).passedLastBuffer()).isTrue();
            assertThat(rig.text()).isEqualTo(sent.toString());
        }
        assertThat(rig.body("event: endpoint\ndata: http://h/m\n\n").text())
                .isEqualTo(sent + "event: endpoint\ndata: https://mcp.example/m\n\n");
        rig.last("").done();
    }

    @Test
    void secondHalfOfALineEnd_doesNotBelongToTheEvent() {
        RewriteRig rig = stream().body("event: endpoint\r\ndata: http://h/m\r\n\r");
        assertThat(rig.text()).isEqualTo("event: endpoint\r\ndata: https://mcp.example/m\r\n\r");
        assertThat(rig.body("\n").passedLastBuffer()).isTrue();
        rig.last("").done();
    }

    @ParameterizedTest
    @CsvSource({"0, true", "1, false"})
    void eventOverTheBound_passesAsItIs(int over, boolean changed) {
        String event = "event: endpoint\ndata: http://h/";
        String sent = event + "m".repeat(FirstEvent.BOUND + over - event.length() - 2) + "\n\n";
        String expected = changed ? sent.replace("http://h", "https://mcp.example") : sent;
        assertThat(stream().body(sent).last("").done()).isEqualTo(expected);
        assertThat(stream().body(sent.split("(?!^)", -1)).last("").done()).isEqualTo(expected);
    }

    @Test
    void eventOverTheBound_isNotHeldLonger() {
        RewriteRig rig = stream().body("data: " + "x".repeat(FirstEvent.BOUND - 6));
        assertThat(rig.text()).isEmpty();
        assertThat(rig.body("x").text()).hasSize(FirstEvent.BOUND + 1);
        assertThat(rig.body("x").passedLastBuffer()).isTrue();
        rig.last("").done();
    }

    @Test
    void cut_givesOutWhatCame() {
        for (int i = 0; i <= EVENT.length(); i++) {
            String came = EVENT.substring(0, i);
            assertThat(stream().body(came).cut().done()).isEqualTo(i < EVENT.length() ? came : CHANGED);
        }
        assertThat(stream().cut().done()).isEmpty();
    }

    @Test
    void otherResponses_passAtOnce() {
        passesAtOnce(new RewriteRig().asking(HttpMethod.POST, "/sse", "h").head(200, STREAM));
        passesAtOnce(new RewriteRig().get("/sse").head(201, STREAM));
        passesAtOnce(new RewriteRig().get("/sse").head(200, "Content-Type: text/plain"));
        passesAtOnce(new RewriteRig().get("/sse").head(200, STREAM, "Content-Encoding: gzip"));
        passesAtOnce(new RewriteRig().get("/sse").head(200, STREAM, "Content-Length: 70"));
        assertThat(new RewriteRig()
                        .get("/sse")
                        .head(200, "Content-Type: Text/Event-Stream; charset=utf-8")
                        .last(EVENT)
                        .done())
                .isEqualTo(CHANGED);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    /sse       | /message?s=1           | /message?s=1
                    /a/sse?x=/ | message?s=1            | /a/message?s=1
                    /a/sse?x   | ?s=1                   | /a/sse?s=1
                    /a/sse?x   | #y                     | /a/sse?x
                    /a/b/sse   | ../m?s=../1#x          | /a/m?s=../1
                    /sse       | ./../../m              | /m
                    /sse       | /a/./b/..              | /a/
                    /sse       | /a//b                  | /a//b
                    /sse       | http://h:1/m?s=1       | /m?s=1
                    /sse       | https://h?s=1          | /?s=1
                    /sse       | https://h              | /
                    /sse       | //h/m                  | /m
                    /sse       | /m?a=b:c               | /m?a=b:c
                    /sse       | /m x?s=\u00c3\u00bc    | /m%20x?s=%C3%BC
                    http://proxy:1/a/sse | m            | /a/m
                    http://proxy:1       | m            | /m
                    """)
    void watching_tellsTheEndpoint_andChangesNothing(String target, String reference, String expected) {
        String sent = "event: endpoint\ndata: " + reference + "\n\nevent: message\ndata: 1\n\n";
        RewriteRig rig = new RewriteRig(new Rewriting(HostMode.PRESERVE, null, false, true), "http://h:1");
        rig.get(target).head(200, STREAM);
        for (String piece : sent.split("(?!^)", -1)) {
            rig.body(piece);
            assertThat(rig.passedLastBuffer()).isTrue();
        }
        assertThat(rig.endpoints).containsExactly(expected);
        rig.last("").done();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "event: endpoint\ndata: mailto:x\n\n",
                "event: endpoint\ndata: //u@h/m\n\n",
                "event: endpoint\ndata: http://u@h/m\n\n",
                "event: message\ndata: /m\n\n",
                "event: endpoint\ndata: /m\n",
                ""
            })
    void watching_otherStreams_tellNothing(String sent) {
        RewriteRig rig = new RewriteRig(new Rewriting(HostMode.PRESERVE, null, false, true), "http://h:1");
        assertThat(rig.get("/sse").head(200, STREAM).body(sent).last("").done()).isEqualTo(sent);
        assertThat(rig.endpoints).isEmpty();
    }

    @Test
    void watchingWithAPublicUrl_doesBoth_beforeTheClientKnows() {
        RewriteRig rig = new RewriteRig(new Rewriting(HostMode.PRESERVE, RewriteRig.PUBLIC, false, true), "http://h:1");
        assertThat(rig.get("/sse").head(200, STREAM).body(EVENT).last("").done())
                .isEqualTo(CHANGED);
        assertThat(rig.endpoints).containsExactly("/message?sessionId=1");
        rig.head(200, STREAM, "Content-Length: " + EVENT.length());
        assertThat(rig.last(EVENT).done()).isEqualTo(EVENT);
        assertThat(rig.endpoints).containsExactly("/message?sessionId=1", "/message?sessionId=1");
    }

    @Test
    void publicUrlAlone_tellsNobody() {
        RewriteRig rig = stream();
        rig.last(EVENT).done();
        assertThat(rig.endpoints).isEmpty();
    }

    private static RewriteRig stream() {
        return new RewriteRig().get("/sse").head(200, STREAM, "Transfer-Encoding: chunked");
    }

    private static void passesAtOnce(RewriteRig rig) {
        assertThat(rig.body(EVENT).passedLastBuffer()).isTrue();
        assertThat(rig.last("").done()).isEqualTo(EVENT);
    }
}

package dev.mcpreel.captures.session;

import static dev.mcpreel.captures.testkit.CaptureScript.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.exchange.BodyState;
import dev.mcpreel.captures.exchange.Outcome;
import dev.mcpreel.captures.testkit.CaptureScript;
import dev.mcpreel.captures.testkit.CollectedSessions;
import dev.mcpreel.captures.testkit.ScriptedAgent;
import dev.mcpreel.captures.testkit.ScriptedCall;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class SessionGroupingTest {
    private final CaptureScript script = new CaptureScript();

    @Test
    void accept_sessionIds_groupWhateverTheConnection() {
        ScriptedAgent ann = script.agent("ann").initialize();
        ScriptedAgent bob =
                script.agent("bob").startingAt(1).sharingConnectionOf(ann).initialize();
        ann.think(10).call("a").json(5);
        bob.think(20).reconnect().call("b").json(5);
        ann.sharingConnectionOf(bob).think(30).call("c").json(5);
        CollectedSessions heard = CollectedSessions.of(script);
        assertThat(tools(heard)).containsExactly(List.of("a", "c"), List.of("b"));
        assertThat(heard.sessions())
                .extracting(AgentSession::key)
                .containsExactly(
                        new SessionKey(KeyKind.SESSION_ID, "session-ann"),
                        new SessionKey(KeyKind.SESSION_ID, "session-bob"));
    }

    @Test
    void accept_noSessionId_connectionsGroup() {
        ScriptedAgent ann = stateless("ann").initialize();
        ScriptedAgent bob = stateless("bob").startingAt(1).initialize();
        ann.think(10).call("a").json(5);
        bob.think(20).call("b").json(5);
        ann.think(30).call("c").json(5);
        CollectedSessions heard = CollectedSessions.of(script);
        assertThat(tools(heard)).containsExactly(List.of("a", "c"), List.of("b"));
        assertThat(heard.sessions())
                .extracting(session -> session.key().kind())
                .containsExactly(KeyKind.CONNECTION, KeyKind.CONNECTION);
        assertThat(heard.sessions())
                .extracting(AgentSession::transportSessionId)
                .containsOnlyNulls();
    }

    @Test
    void accept_noSessionIdAndSecondInitialize_beginsAnotherSession() {
        ScriptedAgent ann = stateless("ann").initialize();
        ann.think(10).call("a").json(5);
        stateless("bob")
                .sharingConnectionOf(ann)
                .startingAt(100)
                .initialize()
                .call("b")
                .json(5);
        assertThat(tools(CollectedSessions.of(script))).containsExactly(List.of("a"), List.of("b"));
    }

    @Test
    void accept_noSessionIdAndNewConnections_countingIdsGroup() {
        ScriptedAgent ann = stateless("ann").initialize();
        ann.listTools();
        ScriptedAgent bob = stateless("bob").startingAt(50).initialize();
        ann.clock(100).reconnect().call("a2").json(5);
        bob.clock(110).reconnect().call("b1").json(5);
        ann.clock(120).reconnect().call("a3").json(5);
        CollectedSessions heard = CollectedSessions.of(script);
        assertThat(tools(heard)).containsExactly(List.of("a2", "a3"), List.of("b1"));
        assertThat(heard.sessions())
                .extracting(session -> session.key().kind())
                .containsExactly(KeyKind.ID_SEQUENCE, KeyKind.ID_SEQUENCE);
    }

    @Test
    void accept_noSessionIdAndPrefixedIds_thePrefixGroups() {
        ScriptedAgent ann = stateless("ann").idPrefix("1f2e3d4c").initialize();
        ScriptedAgent bob = stateless("bob").idPrefix("99aa88bb").startingAt(50).initialize();
        ann.clock(100).reconnect().nextId(40).call("a").json(5);
        bob.clock(110).reconnect().call("b").json(5);
        CollectedSessions heard = CollectedSessions.of(script);
        assertThat(tools(heard)).containsExactly(List.of("a"), List.of("b"));
        assertThat(heard.sessions().get(0).key()).isEqualTo(new SessionKey(KeyKind.ID_SEQUENCE, "1f2e3d4c"));
    }

    @Test
    void accept_alwaysTheSameId_theClientsLastSessionTakesIt() {
        stateless("ann").nextId(1).initialize();
        ScriptedAgent bob = stateless("bob").startingAt(50).nextId(1).initialize();
        bob.clock(100).reconnect().nextId(1).call("b").json(5);
        CollectedSessions heard = CollectedSessions.of(script);
        assertThat(tools(heard)).containsExactly(List.of(), List.of("b"));
        assertThat(heard.sessions().get(1).key()).isEqualTo(new SessionKey(KeyKind.CLIENT, "10.0.0.1 node"));
    }

    @Test
    void accept_otherHostOrAgentOrToken_isAnotherClient() {
        stateless("ann").token("hash-1").initialize();
        stateless("h")
                .client("10.0.0.2", "node")
                .token("hash-1")
                .startingAt(100)
                .nextId(1)
                .call("host")
                .json(5);
        stateless("u")
                .client("10.0.0.1", "curl")
                .token("hash-1")
                .startingAt(200)
                .nextId(1)
                .call("agent")
                .json(5);
        stateless("t").token("hash-2").startingAt(300).nextId(1).call("token").json(5);
        assertThat(tools(CollectedSessions.of(script)))
                .containsExactly(List.of(), List.of("host"), List.of("agent"), List.of("token"));
    }

    @Test
    void accept_recordingBegunMidSession_opensSessionByItsIdOrItsClient() {
        script.agent("ann").midSession().nextId(17).call("a").json(5);
        ScriptedAgent bob = stateless("bob").startingAt(10).nextId(9).call("b").json(5);
        bob.reconnect().call("c").json(5);
        CollectedSessions heard = CollectedSessions.of(script);
        assertThat(tools(heard)).containsExactly(List.of("a"), List.of("b", "c"));
        assertThat(heard.sessions())
                .extracting(session -> session.key().kind())
                .containsExactly(KeyKind.SESSION_ID, KeyKind.CLIENT);
        assertThat(heard.sessions().get(0).revision()).isEqualTo("2025-11-25");
        assertThat(heard.sessions()).extracting(AgentSession::client).containsOnly("");
    }

    @Test
    void accept_oneRequestWithoutItsSessionId_joinsByItsConnection() {
        ScriptedAgent ann = script.agent("ann").initialize();
        script.agent("bare")
                .withoutSessionId()
                .sharingConnectionOf(ann)
                .startingAt(50)
                .nextId(7)
                .call("x")
                .http(2, 400, "Bad Request: No valid session ID provided");
        AgentSession session = CollectedSessions.of(script).session();
        assertThat(session.key().kind()).isEqualTo(KeyKind.CONNECTION);
        assertThat(session.calls()).extracting(Call::outcome).containsExactly(Outcome.SESSION_LOST);
    }

    @Test
    void accept_authChallengeThenInitialize_isOneSession() {
        ScriptedAgent ann = script.agent("ann");
        ann.initializeRequest().http(3, 401, "");
        script.exchange(10)
                .request("GET", "/.well-known/oauth-protected-resource")
                .head(12, 200)
                .end(12);
        ann.clock(500).token("hash").initialize().call("a").json(5);
        CollectedSessions heard = CollectedSessions.of(script);
        assertThat(heard.session().requests())
                .extracting(RequestTrace::outcome)
                .containsExactly(Outcome.HTTP_ERROR, Outcome.OK, Outcome.OK);
        assertThat(heard.session().key().kind()).isEqualTo(KeyKind.SESSION_ID);
        assertThat(heard.session().startNanos()).isEqualTo(at(0));
        assertThat(heard.exchanges()).extracting(SessionExchange::kind).contains(ExchangeKind.OTHER);
    }

    @Test
    void accept_probeThenInitializeOnANewConnection_isOneSession() {
        ScriptedAgent ann = script.agent("ann").client("10.0.0.1", "node");
        ann.request("server/discover", "{}").http(3, 400, "Bad Request: Server not initialized");
        ann.reconnect().initialize().call("a").json(5);
        AgentSession session = CollectedSessions.of(script).session();
        assertThat(session.requests())
                .extracting(RequestTrace::method)
                .containsExactly("server/discover", "initialize", "tools/call");
        assertThat(session.key().kind()).isEqualTo(KeyKind.SESSION_ID);
    }

    @Test
    void accept_weakLinksBeforeTheSessionHadAName_doNotWeakenIt() {
        ScriptedAgent ann = script.agent("ann").client("10.0.0.1", "node");
        ann.request("server/discover", "{}").http(3, 400, "no");
        ann.reconnect().request("tools/list", "{}").http(3, 400, "no");
        ann.initialize();
        AgentSession session = CollectedSessions.of(script).session();
        assertThat(session.requests()).hasSize(3);
        assertThat(session.key()).isEqualTo(new SessionKey(KeyKind.SESSION_ID, "session-ann"));
    }

    @Test
    void accept_twoSessionsOnAPooledConnection_idsTellThemApart() {
        ScriptedAgent ann = stateless("ann").initialize();
        ann.listTools().listTools().listTools();
        ScriptedAgent bob =
                stateless("bob").sharingConnectionOf(ann).startingAt(100).initialize();
        ann.clock(200).call("a4").json(5);
        bob.clock(300).call("b1").json(5);
        CollectedSessions heard = CollectedSessions.of(script);
        assertThat(tools(heard)).containsExactly(List.of("a4"), List.of("b1"));
        assertThat(heard.sessions()).extracting(session -> session.key().kind()).containsOnly(KeyKind.CONNECTION);
    }

    @Test
    void accept_initializeReachesTheLogLastOnAnotherConnection_isStillTheBeginning() {
        ScriptedAgent ann = stateless("ann");
        ScriptedCall initialize = ann.initializeRequest().coalesced();
        initialize.event(5, initialize.response("\"result\":" + ann.initializeResult()));
        ann.reconnect().clock(7).initialized().call("a").json(5);
        initialize.exchange().end(400);
        AgentSession session = CollectedSessions.of(script).session();
        assertThat(session.requests()).extracting(RequestTrace::method).containsExactly("initialize", "tools/call");
        assertThat(session.key().kind()).isEqualTo(KeyKind.CLIENT);
    }

    @Test
    void accept_manyAgentsThatReachNoServer_areNotOneSession() {
        for (int i = 0; i < 3; i++) {
            stateless("a" + i).startingAt(i).initializeRequest().refused(2);
        }
        assertThat(CollectedSessions.of(script).sessions()).hasSize(3);
    }

    @Test
    void accept_initializeReachesTheLogLast_isStillTheBeginning() {
        for (boolean named : new boolean[] {true, false}) {
            CaptureScript late = new CaptureScript();
            ScriptedAgent ann = named ? late.agent("ann") : late.agent("ann").withoutSessionId();
            ScriptedCall initialize = ann.initializeRequest().coalesced();
            initialize.event(5, initialize.response("\"result\":" + ann.initializeResult()));
            ann.clock(7).initialized().call("a").json(5);
            initialize.exchange().end(400);
            AgentSession session = CollectedSessions.of(late).session();
            assertThat(session.requests()).extracting(RequestTrace::method).containsExactly("initialize", "tools/call");
            assertThat(session.client()).isEqualTo("ann 1.0");
            assertThat(session.startNanos()).isEqualTo(at(0));
            assertThat(session.key().kind()).isEqualTo(named ? KeyKind.SESSION_ID : KeyKind.CONNECTION);
        }
    }

    @Test
    void accept_slowCallInTheLogAfterTheNextSessionBegan_findsItsOwn() {
        ScriptedAgent ann = stateless("ann").initialize().listTools();
        ann.clock(100).call("slow").coalesced().background().json(900);
        ScriptedAgent bob =
                stateless("bob").sharingConnectionOf(ann).startingAt(500).initialize();
        bob.call("b").json(5);
        CollectedSessions heard = CollectedSessions.of(script);
        assertThat(tools(heard)).containsExactly(List.of("slow"), List.of("b"));
        assertThat(heard.calls()).extracting(RequestTrace::tool).containsExactly("slow", "b");
    }

    @Test
    void accept_unreadablePost_isOfTheSessionItNames() {
        ScriptedAgent ann = script.agent("ann").initialize().clock(100);
        ann.exchange().unkeptBody(BodyState.OMITTED).head(105, 200).end(110);
        ann.clock(200).exchange().body("{\"not\":\"rpc\"}").head(205, 400).end(205);
        CollectedSessions heard = CollectedSessions.of(script);
        assertThat(heard.exchanges())
                .extracting(SessionExchange::kind)
                .containsExactly(
                        ExchangeKind.MESSAGES, ExchangeKind.MESSAGES, ExchangeKind.MESSAGES, ExchangeKind.OTHER);
        assertThat(heard.session().exchanges()).hasSize(3);
        assertThat(heard.requests()).hasSize(1);
    }

    @Test
    void accept_exchangesOutsideAnySession_areToldAndOpenNone() {
        ScriptedAgent ann = script.agent("ann").midSession();
        ann.streamRefused().delete();
        script.exchange(50)
                .request("POST", "/token")
                .body("grant_type=x")
                .head(51, 200)
                .end(51);
        script.exchange(60)
                .request("GET", "/mcp")
                .header("Accept", "text/html")
                .head(61, 200)
                .end(61);
        script.exchange(70).request("DELETE", "/mcp").head(71, 405).end(71);
        CollectedSessions heard = CollectedSessions.of(script);
        assertThat(heard.sessions()).isEmpty();
        assertThat(heard.exchanges())
                .extracting(SessionExchange::kind)
                .containsExactly(
                        ExchangeKind.STREAM,
                        ExchangeKind.DELETE,
                        ExchangeKind.OTHER,
                        ExchangeKind.OTHER,
                        ExchangeKind.OTHER);
    }

    private ScriptedAgent stateless(String name) {
        return script.agent(name).withoutSessionId().client("10.0.0.1", "node");
    }

    private static List<List<String>> tools(CollectedSessions heard) {
        return heard.sessions().stream()
                .map(session -> session.calls().stream().map(Call::tool).toList())
                .toList();
    }
}

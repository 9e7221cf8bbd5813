package dev.mcpreel.proxy.upstream;

import static dev.mcpreel.proxy.upstream.Rig.balanced;
import static dev.mcpreel.proxy.upstream.Rig.bound;
import static dev.mcpreel.proxy.upstream.Rig.name;
import static dev.mcpreel.proxy.upstream.Rig.post;
import static dev.mcpreel.proxy.upstream.Rig.rebound;
import static dev.mcpreel.proxy.upstream.Rig.request;
import static dev.mcpreel.proxy.upstream.Rig.response;
import static dev.mcpreel.proxy.upstream.Rig.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.exchange.UpstreamChoice;
import dev.mcpreel.captures.exchange.UpstreamPick;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class SessionStrategyTest {
    private final Rig rig = new Rig("session", 3);

    @Test
    void session_staysWhereItsIdWasGivenOut() {
        assertThat(rig.serve(post(), response(200))).isEqualTo(balanced('a'));
        assertThat(rig.serve(post(), response(200, "s"))).isEqualTo(balanced('b'));
        assertThat(rig.serve(post("s"))).isEqualTo(bound('b'));
        assertThat(rig.serve(with(request(HttpMethod.GET, "/mcp"), "mcp-session-id", "s")))
                .isEqualTo(bound('b'));
    }

    @Test
    void session_isKnownBeforeItsFirstExchangeHasEnded() {
        Assignment stream = rig.begin(post());
        stream.responseHead(response(200, "s"));
        assertThat(rig.serve(post("s"))).isEqualTo(bound('a'));
    }

    @Test
    void idThatChanges_isFollowed_andTheOldOneStays() {
        rig.serve(post(), response(200, "old"));
        assertThat(rig.serve(post("old"), response(200, "new"))).isEqualTo(bound('a'));
        assertThat(List.of(rig.serve(post("new")), rig.serve(post("old")))).containsOnly(bound('a'));
    }

    @Test
    void idOnAnError_bindsNothing() {
        rig.serve(post());
        rig.serve(post(), response(400, "s"));
        assertThat(rig.serve(post("s")).choice()).isEqualTo(UpstreamChoice.BALANCED);
    }

    @Test
    void unknownId_isPlacedByItsHashAndThenBound() {
        UpstreamPick first = rig.serve(post("from-before"));
        assertThat(first.choice()).isEqualTo(UpstreamChoice.BALANCED);
        assertThat(new Rig("session", 3).serve(post("from-before"))).isEqualTo(first);
        assertThat(rig.serve(post("from-before"))).isEqualTo(bound(letter(first)));
    }

    @Test
    void unknownId_placedWhileItsFirstChoiceIsDown_staysAfterwards() {
        char home = letter(rig.serve(post("x")));
        Rig other = new Rig("session", 3);
        other.probe.kill(name(home));
        UpstreamPick elsewhere = other.serve(post("x"));
        assertThat(elsewhere.choice()).isEqualTo(UpstreamChoice.BALANCED);
        other.probe.revive(name(home));
        other.probe.advance(Duration.ofSeconds(1));
        assertThat(other.serve(post("x"))).isEqualTo(bound(letter(elsewhere)));
    }

    @ParameterizedTest
    @CsvSource({"200, BALANCED", "204, BALANCED", "405, BOUND", "404, BOUND", "500, BOUND"})
    void delete_forgetsTheSessionWhenItSucceeds(int status, UpstreamChoice afterwards) {
        rig.serve(post(), response(200, "s"));
        HttpRequest delete = with(request(HttpMethod.DELETE, "/mcp"), "Mcp-Session-Id", "s");
        assertThat(rig.serve(delete, response(status, "s"))).isEqualTo(bound('a'));
        assertThat(rig.serve(post("s")).choice()).isEqualTo(afterwards);
    }

    @Test
    void deadUpstream_hopsOnce_andTheSessionStaysThere() {
        rig.serve(post(), response(200, "s"));
        rig.probe.kill(name('a'));
        UpstreamPick hop = rig.serve(post("s"));
        char refuge = letter(hop);
        assertThat(hop).isEqualTo(rebound(refuge, 'a'));
        assertThat(rig.serve(post("s"))).isEqualTo(bound(refuge));
        rig.probe.revive(name('a'));
        rig.probe.advance(Duration.ofSeconds(1));
        assertThat(rig.serve(post("s"))).isEqualTo(bound(refuge));
        assertThat(rig.status('a').rebinds()).isEqualTo(1);
    }

    @Test
    void refugeDeadToo_hopsOverIt() {
        rig.serve(post(), response(200, "s"));
        rig.probe.kill(name('a'));
        Assignment moving = rig.upstreams.assign(post("s"), null);
        moving.connectFailed(Rig.REFUSED);
        char refuge = letter(moving.pick());
        rig.probe.kill(name(refuge));
        moving.ended();
        char last = refuge == 'b' ? 'c' : 'b';
        assertThat(rig.serve(post("s"))).isEqualTo(rebound(last, 'a'));
    }

    @Test
    void exchangesThatMoveTogether_makeOneHop() {
        rig.serve(post(), response(200, "s"));
        rig.probe.kill(name('a'));
        Assignment one = rig.upstreams.assign(post("s"), null);
        Assignment two = rig.upstreams.assign(post("s"), null);
        one.connectFailed(Rig.REFUSED);
        two.connectFailed(Rig.REFUSED);
        two.connected();
        one.connected();
        char refuge = letter(two.pick());
        assertThat(two.pick()).isEqualTo(rebound(refuge, 'a'));
        assertThat(one.pick()).isEqualTo(bound(refuge));
        assertThat(rig.status('a').rebinds()).isEqualTo(1);
    }

    @Test
    void clientThatLeavesBeforeTheHop_movesNothing() {
        rig.serve(post(), response(200, "s"));
        Assignment left = rig.upstreams.assign(post("s"), null);
        left.connectFailed(Rig.REFUSED);
        left.ended();
        assertThat(rig.status('a').rebinds()).isZero();
        assertThat(rig.serve(post("s")).choice()).isEqualTo(UpstreamChoice.REBOUND);
    }

    @Test
    void homeThatRefuses_whenAllAreDown_isStillTriedFirst() {
        rig.serve(post(), response(200, "s"));
        for (char letter = 'a'; letter <= 'c'; letter++) {
            rig.probe.kill(name(letter));
        }
        assertThat(rig.connect(rig.upstreams.assign(post(), null))).isFalse();
        rig.probe.revive(name('a'));
        assertThat(rig.serve(post("s"))).isEqualTo(bound('a'));
    }

    @Test
    void endpointOfAStream_bindsItsPosts_asLongAsItStands() {
        rig.serve(post());
        Assignment stream = stream("/message?sessionId=1");
        assertThat(rig.serve(request(HttpMethod.POST, "/message?sessionId=1"))).isEqualTo(bound('b'));
        assertThat(rig.serve(request(HttpMethod.POST, "http://proxy:80/message?sessionId=1")))
                .isEqualTo(bound('b'));
        stream.ended();
        assertThat(rig.serve(request(HttpMethod.POST, "/message?sessionId=1"))).isEqualTo(balanced('c'));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/message", "/message?sessionId=11", "/message?sessionid=1", "/message/?sessionId=1", "*"})
    void endpointOfAStream_isComparedExactly(String target) {
        stream("/message?sessionId=1");
        assertThat(rig.serve(request(HttpMethod.POST, target)).choice()).isEqualTo(UpstreamChoice.BALANCED);
    }

    @Test
    void endpointOfAStream_bindsPostsOnly() {
        stream("/sse");
        assertThat(rig.serve(request(HttpMethod.GET, "/sse")).choice()).isEqualTo(UpstreamChoice.BALANCED);
    }

    @Test
    void endpointNamedAnew_replacesTheOldOne() {
        Assignment stream = stream("/one");
        stream.endpoint("/two");
        assertThat(rig.serve(request(HttpMethod.POST, "/two"))).isEqualTo(bound('a'));
        assertThat(rig.serve(request(HttpMethod.POST, "/one")).choice()).isEqualTo(UpstreamChoice.BALANCED);
    }

    @Test
    void endpointTakenByALaterStream_isNotForgottenWithTheEarlier() {
        Assignment early = stream("/message");
        stream("/message");
        early.ended();
        assertThat(rig.serve(request(HttpMethod.POST, "/message"))).isEqualTo(bound('b'));
    }

    @Test
    void endpointAndId_areNeverMixedUp() {
        stream("/message");
        assertThat(rig.serve(post("/message")).choice()).isEqualTo(UpstreamChoice.BALANCED);
    }

    @Test
    void statelessTraffic_isBalanced() {
        HttpRequest modern = with(with(post(), "MCP-Protocol-Version", "2026-07-28"), "Mcp-Method", "tools/call");
        assertThat(List.of(rig.serve(modern), rig.serve(modern), rig.serve(modern)))
                .containsExactly(balanced('a'), balanced('b'), balanced('c'));
    }

    private Assignment stream(String endpoint) {
        Assignment stream = rig.begin(request(HttpMethod.GET, "/sse"));
        stream.responseHead(response(200));
        stream.endpoint(endpoint);
        return stream;
    }

    private static char letter(UpstreamPick pick) {
        return pick.instance().charAt(7);
    }
}

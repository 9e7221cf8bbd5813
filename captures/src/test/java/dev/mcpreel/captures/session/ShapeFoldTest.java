package dev.mcpreel.captures.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.exchange.Outcome;
import dev.mcpreel.captures.testkit.sim.Found;
import dev.mcpreel.captures.testkit.sim.TrueRequest;
import dev.mcpreel.captures.testkit.sim.TrueShape;
import dev.mcpreel.captures.wire.Era;
import dev.mcpreel.captures.wire.Json;
import dev.mcpreel.captures.wire.JsonRpcMessage;
import dev.mcpreel.captures.wire.MessageEra;
import dev.mcpreel.captures.wire.RpcId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The fold, request by request, against the definitions computed over all requests at once. */
@Timeout(60)
class ShapeFoldTest {
    private static final long BURST = 50;

    @Test
    void of_anyRequests_isWhatTheDefinitionsSay() {
        for (int seed = 1; seed <= 500; seed++) {
            Random random = new Random(seed);
            List<RequestTrace> requests = new ArrayList<>();
            List<TrueRequest> truth = new ArrayList<>();
            int count = random.nextInt(50);
            long scale = 1L << random.nextInt(12);
            for (int i = 0; i < count; i++) {
                long start = 1 + i + random.nextLong(100 * scale);
                long done = start + random.nextLong(200);
                String method = random.nextInt(4) == 0 ? "resources/read" : "tools/call";
                requests.add(request(i, method, start, done));
                truth.add(new TrueRequest("" + i, "", method, start, done, 0, Outcome.OK, 200));
            }
            assertThat(shape(SessionShape.of(requests, BURST)))
                    .as("seed %s", seed)
                    .isEqualTo(TrueShape.of(truth, BURST));
        }
    }

    @Test
    void of_pingsAndListens_changeNothing() {
        List<RequestTrace> requests = List.of(
                request(1, "tools/call", 10, 20),
                request(2, "ping", 21, 22),
                request(3, "subscriptions/listen", 23, 5_000),
                request(4, "tools/call", 100, 110));
        SessionShape shape = SessionShape.of(requests, BURST);
        assertThat(shape.thinkTimes()).isEqualTo(Spread.of(80));
        assertThat(shape.bursts()).isEqualTo(2);
        assertThat(shape.requests()).isEqualTo(4);
    }

    private static TrueShape shape(SessionShape shape) {
        return new TrueShape(
                Found.values(shape.idleGaps()),
                Found.values(shape.thinkTimes()),
                Found.values(shape.burstSizes()),
                Found.values(shape.burstParallelism()),
                shape.parallelism());
    }

    private static RequestTrace request(long id, String method, long start, long done) {
        JsonRpcMessage.Request request = new JsonRpcMessage.Request(
                new RpcId(Long.toString(id), true), method, Json.mapper().createObjectNode());
        RequestTimes times = new RequestTimes(start, start, done, done, List.of(), done, done, 0);
        MessageEra era = new MessageEra(Era.LEGACY, "", false);
        return new RequestTrace("s1", "t1", id, 0, era, request, times, Outcome.OK, 200, null, id, "", 0, 0);
    }
}

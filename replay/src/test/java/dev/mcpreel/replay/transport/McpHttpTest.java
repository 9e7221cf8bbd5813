package dev.mcpreel.replay.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mcpreel.captures.exchange.EndCause;
import dev.mcpreel.captures.exchange.EndedBy;
import dev.mcpreel.captures.exchange.Headers;
import dev.mcpreel.captures.wire.JsonRpcMessage;
import dev.mcpreel.replay.testkit.ExchangeLog;
import dev.mcpreel.replay.testkit.FakeHttp;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class McpHttpTest {
    private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";
    private static final String PONG = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}";
    private static final String NOTE = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{}}";

    private final Loops loops = Loops.start(1);
    private final EventLoop loop = loops.all().get(0);
    private final ExchangeLog log = new ExchangeLog();
    private final TransportCounters counters = new TransportCounters();
    private final List<AutoCloseable> toClose = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable closeable : toClose) {
            closeable.close();
        }
        loops.close();
    }

    @Test
    void post_jsonAnswer_isOneMessageAndTheConnectionIsKept() throws Exception {
        FakeHttp server = server((request, reply) -> reply.json(200, PONG));
        McpHttp client = client(server.url());
        Heard first = post(client, Headers.of("Mcp-Session-Id", "abc"));
        first.awaitClosed();
        Heard second = post(client, Headers.EMPTY);
        second.awaitClosed();

        assertThat(first.words).containsExactly("200", "Response", "COMPLETE UPSTREAM");
        assertThat(first.exchange.bytesOut()).isEqualTo(PING.length());
        assertThat(first.exchange.bytesIn()).isEqualTo(PONG.length());
        assertThat(server.connections()).isEqualTo(1);
        FakeHttp.Request request = server.requests().get(0);
        assertThat(request.target()).isEqualTo("/mcp");
        assertThat(request.body()).isEqualTo(PING);
        assertThat(request.header("accept")).contains("application/json").contains("text/event-stream");
        assertThat(request.header("content-type")).isEqualTo("application/json");
        assertThat(request.header("mcp-session-id")).isEqualTo("abc");
        assertThat(request.header("user-agent")).isEqualTo("mcp-reel/test");
        assertThat(server.requests().get(1).header("mcp-session-id")).isEmpty();
    }

    @Test
    void post_anyAnswer_isToldToTheTapAsARecorderWould() throws Exception {
        FakeHttp server = server((request, reply) -> reply.json(200, PONG));
        Heard heard = post(client(server.url()), Headers.EMPTY);
        heard.awaitClosed();

        ExchangeLog.Entry entry = log.entries().get(0);
        String origin = "http://127.0.0.1:" + server.url().getPort();
        assertThat(entry.words)
                .containsExactly(
                        "head POST /mcp",
                        "connected " + origin + " 127.0.0.1:" + server.url().getPort(),
                        "request " + PING,
                        "request-end",
                        "status 200",
                        "response " + PONG,
                        "response-end",
                        "end COMPLETE UPSTREAM");
        assertThat(entry.peer).startsWith("127.0.0.1:").doesNotEndWith(":0");
        assertThat(heard.exchange.exchangeId()).isEqualTo(entry.id);
        assertThat(heard.exchange.connectionId()).isEqualTo(entry.connectionId);
    }

    @Test
    void post_severalEventsInOneRead_areSeveralMessages() throws Exception {
        String two = "data: " + NOTE + "\n\n: keepalive\n\nid: 1\ndata:\n\ndata: " + PONG + "\n\n";
        FakeHttp server = server((request, reply) -> reply.events().chunk(two).lastChunk());
        Heard heard = post(client(server.url()), Headers.EMPTY);
        heard.awaitClosed();
        assertThat(heard.words).containsExactly("200", "Notification", "Response", "COMPLETE UPSTREAM");
        assertThat(heard.exchange.unreadable()).isFalse();
    }

    @Test
    void post_eventSplitOverReads_isCompleteAtItsBlankLine() throws Exception {
        CountDownLatch half = new CountDownLatch(1);
        FakeHttp server = server((request, reply) -> {
            reply.events().chunk("event: message\r\ndata: " + PONG.substring(0, 9));
            awaitQuietly(half);
            reply.chunk(PONG.substring(9) + "\r\n").chunk("\r\n").lastChunk();
        });
        Heard heard = post(client(server.url()), Headers.EMPTY);
        await().until(() -> heard.words.contains("200"));
        assertThat(onLoop(() -> heard.exchange.firstEventNanos())).isZero();
        half.countDown();
        heard.awaitClosed();
        assertThat(heard.words).containsExactly("200", "Response", "COMPLETE UPSTREAM");
        assertThat(heard.exchange.firstEventNanos()).isGreaterThan(heard.exchange.handedOverNanos());
    }

    @Test
    void post_eventOverTheCap_isUnreadableAndTheRestStillRead() throws Exception {
        String huge = "x".repeat(BodyReader.CAP_BYTES + 1);
        FakeHttp server = server((request, reply) ->
                reply.events().chunk("data: " + huge + "\n\n").event(PONG).lastChunk());
        Heard heard = post(client(server.url()), Headers.EMPTY);
        heard.awaitClosed();
        assertThat(heard.words).containsExactly("200", "Response", "COMPLETE UPSTREAM");
        assertThat(heard.exchange.unreadable()).isTrue();
    }

    @Test
    void post_acceptedWithoutBody_hasNoMessage() throws Exception {
        FakeHttp server = server((request, reply) -> reply.empty(202));
        Heard heard = post(client(server.url()), Headers.EMPTY);
        heard.awaitClosed();
        assertThat(heard.words).containsExactly("202", "COMPLETE UPSTREAM");
        assertThat(heard.exchange.unreadable()).isFalse();
    }

    @Test
    void post_refusedWithText_keepsTheBodyToReadTheReason() throws Exception {
        FakeHttp server = server((request, reply) -> reply.full(404, "text/plain", "session not found"));
        Heard heard = post(client(server.url()), Headers.EMPTY);
        heard.awaitClosed();
        assertThat(heard.words).containsExactly("404", "COMPLETE UPSTREAM");
        assertThat(heard.exchange.responseBody().utf8()).isEqualTo("session not found");
    }

    @Test
    void post_streamCutByClose_endsClosedByUpstream() throws Exception {
        FakeHttp server = server((request, reply) -> reply.events().event(NOTE).close());
        Heard heard = post(client(server.url()), Headers.EMPTY);
        heard.awaitClosed();
        assertThat(heard.words).containsExactly("200", "Notification", "CLOSED UPSTREAM");
        assertThat(log.entries().get(0).words).last().isEqualTo("end CLOSED UPSTREAM");
    }

    @Test
    void post_connectionReset_endsReset() throws Exception {
        FakeHttp server = server((request, reply) -> reply.events().event(NOTE).reset());
        Heard heard = post(client(server.url()), Headers.EMPTY);
        heard.awaitClosed();
        assertThat(heard.words).endsWith("RESET UPSTREAM");
    }

    @Test
    void post_answerIsNoHttp_endsBadResponse() throws Exception {
        FakeHttp server = server((request, reply) -> reply.raw("SSH-2.0-OpenSSH_9.2\r\n\r\n"));
        Heard heard = post(client(server.url()), Headers.EMPTY);
        heard.awaitClosed();
        assertThat(heard.words).containsExactly("BAD_RESPONSE UPSTREAM");
    }

    @Test
    void post_interimResponse_isSkipped() throws Exception {
        FakeHttp server = server((request, reply) ->
                reply.raw("HTTP/1.1 103 Early Hints\r\n\r\n").json(200, PONG));
        Heard heard = post(client(server.url()), Headers.EMPTY);
        heard.awaitClosed();
        assertThat(heard.words).containsExactly("200", "Response", "COMPLETE UPSTREAM");
    }

    @Test
    void post_nobodyListens_endsConnectFailedAfterTheCallReturned() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        Heard heard = post(client(URI.create("http://127.0.0.1:" + free + "/mcp")), Headers.EMPTY);
        heard.awaitClosed();
        assertThat(heard.words).containsExactly("CONNECT_FAILED UPSTREAM");
        assertThat(log.entries().get(0).words).containsExactly("head POST /mcp", "end CONNECT_FAILED UPSTREAM");
        assertThat(counters.localErrors()).isZero();
    }

    @Test
    void post_keptConnectionClosedByServer_isSentOnceMoreOnAFreshOne() throws Exception {
        FakeHttp server = server((request, reply) -> {
            if (request.connection() == 0 && request.exchange() == 1) {
                reply.close();
            } else {
                reply.json(200, PONG);
            }
        });
        McpHttp client = client(server.url());
        post(client, Headers.EMPTY).awaitClosed();
        Heard second = post(client, Headers.EMPTY);
        second.awaitClosed();
        assertThat(second.words).containsExactly("200", "Response", "COMPLETE UPSTREAM");
        assertThat(server.connections()).isEqualTo(2);
        assertThat(counters.staleRetries()).isEqualTo(1);
        assertThat(log.entries()).hasSize(2);
    }

    @Test
    void post_freshConnectionClosedByServer_isNotSentAgain() throws Exception {
        FakeHttp server = server((request, reply) -> reply.close());
        Heard heard = post(client(server.url()), Headers.EMPTY);
        heard.awaitClosed();
        assertThat(heard.words).containsExactly("CLOSED UPSTREAM");
        assertThat(server.requests()).hasSize(1);
        assertThat(counters.staleRetries()).isZero();
    }

    @Test
    void post_keptConnectionCutInsideTheHead_isNotSentAgain() throws Exception {
        FakeHttp server = server((request, reply) -> {
            if (request.exchange() == 1) {
                reply.raw("HTTP/1.1 20").close();
            } else {
                reply.json(200, PONG);
            }
        });
        McpHttp client = client(server.url());
        post(client, Headers.EMPTY).awaitClosed();
        Heard second = post(client, Headers.EMPTY);
        second.awaitClosed();
        assertThat(second.words).containsExactly("CLOSED UPSTREAM");
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void post_allConnectionsBusy_opensAnother() throws Exception {
        CountDownLatch both = new CountDownLatch(2);
        FakeHttp server = server((request, reply) -> {
            both.countDown();
            awaitQuietly(both);
            reply.json(200, PONG);
        });
        McpHttp client = client(server.url());
        Heard first = post(client, Headers.EMPTY);
        Heard second = post(client, Headers.EMPTY);
        first.awaitClosed();
        second.awaitClosed();
        assertThat(server.connections()).isEqualTo(2);
        assertThat(counters.openConnections()).isEqualTo(2);
    }

    @Test
    void post_connectionClose_isNotReused() throws Exception {
        FakeHttp server = server((request, reply) -> {
            reply.json(200, PONG, "Connection", "close");
        });
        McpHttp client = client(server.url());
        post(client, Headers.EMPTY).awaitClosed();
        post(client, Headers.EMPTY).awaitClosed();
        assertThat(server.connections()).isEqualTo(2);
        await().until(() -> counters.openConnections() == 0);
    }

    @Test
    void post_cookiesSet_areSentBackAndForgottenWhenExpired() throws Exception {
        FakeHttp server = server((request, reply) -> {
            if (request.exchange() == 0) {
                reply.json(200, PONG, "Set-Cookie", "AWSALB=one; Path=/", "Set-Cookie", "b=2");
            } else if (request.exchange() == 1) {
                reply.json(200, PONG, "Set-Cookie", "b=; Max-Age=0");
            } else {
                reply.json(200, PONG);
            }
        });
        McpHttp client = client(server.url());
        for (int i = 0; i < 3; i++) {
            post(client, Headers.EMPTY).awaitClosed();
        }
        assertThat(server.requests())
                .extracting(request -> request.header("cookie"))
                .containsExactly("", "AWSALB=one; b=2", "AWSALB=one");
    }

    @Test
    void cancel_whileWaiting_closesTheConnectionAndTellsTheTapOnly() throws Exception {
        FakeHttp server = server((request, reply) -> reply.events());
        Heard heard = post(client(server.url()), Headers.EMPTY);
        await().until(() -> heard.words.contains("200"));
        onLoop(() -> {
            heard.exchange.cancel(EndCause.TIMED_OUT, EndedBy.CLIENT, "no answer");
            heard.exchange.cancel(EndCause.SHUTDOWN, EndedBy.RECORDER, "twice");
            return true;
        });
        await().until(() -> counters.openConnections() == 0);
        assertThat(heard.words).containsExactly("200");
        assertThat(log.entries().get(0).words).last().isEqualTo("end TIMED_OUT CLIENT");
    }

    @Test
    void stream_heldOpen_givesMessagesUntilTheServerEndsIt() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        FakeHttp server = server((request, reply) -> {
            if (request.method().equals("GET")) {
                reply.events().event(NOTE);
                awaitQuietly(end);
                reply.lastChunk();
            } else {
                reply.empty(204);
            }
        });
        McpHttp client = client(server.url());
        Heard stream = new Heard();
        onLoop(() -> stream.exchange = client.stream(Headers.EMPTY, stream));
        await().until(() -> stream.words.contains("Notification"));
        Heard delete = new Heard();
        onLoop(() -> delete.exchange = client.delete(Headers.EMPTY, delete));
        delete.awaitClosed();
        end.countDown();
        stream.awaitClosed();
        assertThat(delete.words).containsExactly("204", "COMPLETE UPSTREAM");
        assertThat(stream.words).containsExactly("200", "Notification", "COMPLETE UPSTREAM");
        assertThat(server.requests().get(0).header("accept")).isEqualTo("text/event-stream");
        assertThat(server.connections()).isEqualTo(2);
    }

    private FakeHttp server(FakeHttp.Handler handler) {
        FakeHttp server = new FakeHttp(handler);
        toClose.add(server);
        return server;
    }

    private McpHttp client(URI url) throws TransportException {
        Target target = Target.of(url);
        InetSocketAddress address = new InetSocketAddress(target.host(), target.port());
        return new Transport(target, address, loops, log, System::nanoTime, "mcp-reel/test", counters).client(loop);
    }

    private Heard post(McpHttp client, Headers headers) throws Exception {
        Heard heard = new Heard();
        onLoop(() -> {
            heard.exchange = client.post(PING.getBytes(StandardCharsets.UTF_8), headers, heard);
            assertThat(heard.words).as("nothing is told from inside the call").isEmpty();
            return true;
        });
        return heard;
    }

    private <T> T onLoop(Callable<T> work) throws Exception {
        return loop.submit(work).get(10, TimeUnit.SECONDS);
    }

    private static void awaitQuietly(CountDownLatch latch) throws IOException {
        try {
            if (!latch.await(10, TimeUnit.SECONDS)) {
                throw new IOException("the test never went on");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class Heard implements ExchangeListener {
        final List<String> words = new CopyOnWriteArrayList<>();
        private final CountDownLatch closed = new CountDownLatch(1);
        volatile Exchange exchange;

        @Override
        public void head(int status, Headers headers, long nanos) {
            words.add(String.valueOf(status));
        }

        @Override
        public void message(JsonRpcMessage message, long nanos) {
            words.add(message.getClass().getSimpleName());
        }

        @Override
        public void closed(EndCause cause, EndedBy endedBy, String detail, long nanos) {
            words.add(cause + " " + endedBy);
            closed.countDown();
        }

        void awaitClosed() throws InterruptedException {
            assertThat(closed.await(10, TimeUnit.SECONDS))
                    .as("closed; heard " + words)
                    .isTrue();
        }
    }
}

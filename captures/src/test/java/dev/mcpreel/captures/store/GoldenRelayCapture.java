package dev.mcpreel.captures.store;

import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.exchange.Direction;
import dev.mcpreel.captures.exchange.EndCause;
import dev.mcpreel.captures.exchange.EndedBy;
import dev.mcpreel.captures.exchange.ExchangeEnd;
import dev.mcpreel.captures.exchange.Headers;
import dev.mcpreel.captures.exchange.RequestHead;
import dev.mcpreel.captures.exchange.ResponseHead;
import dev.mcpreel.captures.exchange.Trailers;
import dev.mcpreel.captures.exchange.UpstreamChoice;
import dev.mcpreel.captures.exchange.UpstreamConnected;
import dev.mcpreel.captures.exchange.UpstreamFailed;
import dev.mcpreel.captures.exchange.UpstreamPick;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The golden capture of what a relay over several upstreams writes, which format 1 got later than the rest. */
final class GoldenRelayCapture {
    private static final long SECOND = 1_000_000_000L;
    private static final String ONE = "http://127.0.0.1:3001";
    private static final String TWO = "http://127.0.0.1:3002";

    private GoldenRelayCapture() {}

    public static void main(String[] arguments) throws IOException {
        GoldenCapture.make(Path.of(arguments[0]), GoldenRelayCapture::write);
    }

    private static Path write(Path store) {
        ManifestSeed seed = new ManifestSeed(Role.RECORDED, "mcp-reel 0.1.0", "", List.of(ONE, TWO), List.of(), null);
        CaptureWriter writer = CaptureWriter.create(store, seed, Captures.options(new FakeClock(SECOND)));
        writer.listen("http://127.0.0.1:8080", new RelayInfo("preserve", "session", "https://mcp.example.com", true));
        CaptureAppender appender = writer.newAppender();
        moved(1).forEach(appender::append);
        refused(2).forEach(appender::append);
        appender.flush();
        writer.close(Ending.COMPLETE, new SourceCounts(2, Map.of(), Map.of(), 0));
        return writer.folder();
    }

    private static List<CaptureEvent> moved(long id) {
        UpstreamPick bound = new UpstreamPick(ONE, UpstreamChoice.BOUND, "");
        UpstreamPick rebound = new UpstreamPick(TWO, UpstreamChoice.REBOUND, ONE);
        Headers trailers = Headers.of("X-Checksum", "žluť");
        return List.of(
                head(id),
                new Trailers(id, 7, SECOND + 1, Direction.REQUEST, trailers),
                new UpstreamFailed(id, 7, SECOND + 2, bound, "connection refused", 1_500),
                new UpstreamConnected(id, 7, SECOND + 3, rebound, "127.0.0.1:3002", false, 2_500),
                new ResponseHead(id, 7, SECOND + 4, 404, "Not Found", "HTTP/1.1", Headers.EMPTY),
                new Trailers(id, 7, SECOND + 5, Direction.RESPONSE, trailers),
                new ExchangeEnd(
                        id, 7, SECOND + 6, EndCause.COMPLETE, EndedBy.UPSTREAM, SECOND + 1, SECOND + 5, 0, 0, ""));
    }

    private static List<CaptureEvent> refused(long id) {
        return List.of(
                head(id),
                new ExchangeEnd(
                        id, 8, SECOND + 9, EndCause.REFUSED, EndedBy.RECORDER, 0, 0, 0, 0, "too many connections"));
    }

    private static RequestHead head(long id) {
        return new RequestHead(
                id, 6 + id, SECOND, "127.0.0.1:50000", "POST", "/mcp", "HTTP/1.1", Headers.of("Mcp-Session-Id", "s"));
    }
}

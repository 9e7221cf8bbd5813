package dev.mcpreel.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.exchange.BodyPart;
import dev.mcpreel.captures.exchange.BodyState;
import dev.mcpreel.captures.exchange.Direction;
import dev.mcpreel.captures.exchange.ExchangeEnd;
import dev.mcpreel.captures.exchange.LossReason;
import dev.mcpreel.captures.exchange.RequestHead;
import dev.mcpreel.captures.store.CaptureReader;
import dev.mcpreel.captures.store.CaptureVerifier;
import dev.mcpreel.captures.store.Counts;
import dev.mcpreel.captures.store.GapTotal;
import dev.mcpreel.captures.store.VerifyReport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What a capture has of the calls of a {@link SteadyLoad}.
 *
 * @param whole numbers of the calls that are there with their answer and their end
 * @param ended exchange ids with an end
 */
record RecordedTraffic(VerifyReport verified, Counts counts, Set<Long> whole, Set<Long> ended) {
    static RecordedTraffic read(Path store) {
        VerifyReport verified = CaptureVerifier.verify(store);
        assertThat(verified.ok()).as(verified.toString()).isTrue();
        return of(verified);
    }

    /** Also of a capture whose last records, never acknowledged, are torn. */
    static RecordedTraffic of(VerifyReport verified) {
        CaptureReader reader = CaptureReader.open(verified.folder());
        Map<Long, Long> numbers = new HashMap<>();
        Set<Long> answered = new HashSet<>();
        Set<Long> whole = new HashSet<>();
        Set<Long> ended = new HashSet<>();
        reader.read(event -> {
            if (event instanceof RequestHead head && head.target().startsWith("/mcp?")) {
                numbers.put(head.exchangeId(), Long.parseLong(head.target().substring(5)));
            } else if (event instanceof BodyPart part
                    && part.direction() == Direction.RESPONSE
                    && part.state() == BodyState.WHOLE) {
                answered.add(part.exchangeId());
            } else if (event instanceof ExchangeEnd end) {
                ended.add(end.exchangeId());
                Long number = numbers.remove(end.exchangeId());
                if (number != null && answered.remove(end.exchangeId())) {
                    whole.add(number);
                }
            }
        });
        return new RecordedTraffic(verified, reader.manifest().counts(), whole, ended);
    }

    /** The exchanges a recorder has acknowledged in its ack file so far. */
    static Set<Long> acknowledged(Path acks) throws IOException {
        Set<Long> ids = new HashSet<>();
        if (Files.exists(acks)) {
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(acks));
            while (bytes.remaining() >= Long.BYTES) {
                ids.add(bytes.getLong());
            }
        }
        return ids;
    }

    /** Nothing is lost in silence: every call is recorded or counted, and the gaps are in the log. */
    void accountsFor(SteadyLoad load, LossReason... reasons) {
        Set<LossReason> allowed = Set.of(reasons);
        assertThat(verified.interrupted()).isFalse();
        assertThat(counts.seen()).isEqualTo(load.answered());
        assertThat(counts.seen()).isEqualTo(counts.recorded() + counts.lostExchanges());
        assertThat(counts.lost().keySet()).isSubsetOf(allowed);
        assertThat(counts.lostExchanges() > 0).isEqualTo(!allowed.isEmpty());
        assertThat(verified.gaps().stream().map(GapTotal::reason))
                .containsAll(counts.lost().keySet());
        assertThat(whole.size()).isGreaterThanOrEqualTo((int) counts.recorded());
    }
}

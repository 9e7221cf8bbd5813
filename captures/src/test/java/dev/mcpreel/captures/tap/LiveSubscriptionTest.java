package dev.mcpreel.captures.tap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.exchange.BodyPart;
import dev.mcpreel.captures.exchange.BodyState;
import dev.mcpreel.captures.exchange.Bytes;
import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.exchange.Direction;
import dev.mcpreel.captures.exchange.NameDefined;
import dev.mcpreel.captures.exchange.PartKind;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LiveSubscriptionTest {
    private final List<CaptureEvent> heard = new CopyOnWriteArrayList<>();

    @Test
    void offer_moreBodyBytesThanMayWait_areLostAndCounted() throws InterruptedException {
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        LiveSubscription subscription = new LiveSubscription("test", 1000, event -> {
            busy.countDown();
            Awaitility.await().until(() -> release.getCount() == 0);
            heard.add(event);
        });
        subscription.offer(new NameDefined(1, 1, "first"));
        busy.await();
        for (int i = 0; i < 12; i++) {
            subscription.offer(part(1 << 20));
        }
        subscription.offer(new NameDefined(1, 2, "weighs nothing"));

        assertThat(subscription.lost()).isEqualTo(4);
        release.countDown();
        subscription.close();
        assertThat(heard).hasSize(10);
    }

    @Test
    void run_readerThrows_losesThatEventOnly() {
        LiveSubscription subscription = new LiveSubscription("test", 10, event -> {
            if (event.atNanos() == 1) {
                throw new IllegalStateException("not this one");
            }
            heard.add(event);
        });
        subscription.offer(new NameDefined(1, 1, "a"));
        subscription.offer(new NameDefined(2, 2, "b"));

        Awaitility.await().atMost(20, TimeUnit.SECONDS).until(() -> heard.size() == 1);
        assertThat(subscription.lost()).isEqualTo(1);
        subscription.close();
    }

    private static BodyPart part(int bytes) {
        Bytes content = Bytes.owned(new byte[bytes]);
        return new BodyPart(1, 1, 5, 5, Direction.RESPONSE, PartKind.BODY, 0, BodyState.WHOLE, false, bytes, content);
    }
}

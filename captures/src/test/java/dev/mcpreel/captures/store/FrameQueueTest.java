package dev.mcpreel.captures.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class FrameQueueTest {
    private final FrameQueue queue = new FrameQueue(100);

    @Test
    void put_full_waitsForRoom() {
        assertThat(queue.put(new byte[60])).isTrue();
        CompletableFuture<Boolean> second = new CompletableFuture<>();
        Thread putter = new Thread(() -> second.complete(queue.put(new byte[60])));
        putter.start();
        await().until(() -> putter.getState() == Thread.State.WAITING);
        assertThat(queue.bytes()).isEqualTo(60);
        assertThat(queue.poll(0)).hasSize(60);
        assertThat(second.join()).isTrue();
        assertThat(queue.bytes()).isEqualTo(60);
    }

    @Test
    void put_longerThanTheQueue_goesInAlone() {
        assertThat(queue.put(new byte[500])).isTrue();
        assertThat(queue.poll(0)).hasSize(500);
        assertThat(queue.poll(0)).isNull();
    }

    @Test
    void close_withFramesInIt_drainsThemAndTakesNoMore() {
        queue.put(new byte[1]);
        queue.close();
        assertThat(queue.put(new byte[2])).isFalse();
        assertThat(queue.drained()).isFalse();
        assertThat(queue.poll(1_000_000_000L)).hasSize(1);
        assertThat(queue.drained()).isTrue();
        assertThat(queue.poll(1_000_000_000L)).isNull();
    }

    @Test
    void close_whileSomeoneWaits_letsThemGo() {
        queue.put(new byte[100]);
        CompletableFuture<Boolean> put = new CompletableFuture<>();
        Thread putter = new Thread(() -> put.complete(queue.put(new byte[1])));
        putter.start();
        await().until(() -> putter.getState() == Thread.State.WAITING);
        queue.close();
        assertThat(put.join()).isFalse();
    }

    @Test
    void poll_nothing_returnsInTime() {
        assertThat(queue.poll(1_000)).isNull();
    }
}

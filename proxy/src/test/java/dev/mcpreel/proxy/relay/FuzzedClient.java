package dev.mcpreel.proxy.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Sends some bytes piece by piece, waits for some turns of the loop, and leaves. Confined to the loop until it has left. */
@SuppressWarnings("FutureReturnValueIgnored") // a client that cannot send any more leaves, as any other
final class FuzzedClient extends SimpleChannelInboundHandler<ByteBuf> {
    private static final Pattern ECHO = Pattern.compile("ECHO\\((.*?)\\)END", Pattern.DOTALL);
    private static final int MOST_TURNS = 60;
    private static final int TURNS_OF_THE_PATIENT = 5_000;

    private final byte[] bytes;
    private final @Nullable SplittableRandom random;
    private final StringBuilder received = new StringBuilder();
    private int sent;
    private int turnsLeft;

    /** @param random how it cuts and when it leaves; null for one who sends all at once and waits for its answer */
    FuzzedClient(byte[] bytes, @Nullable SplittableRandom random) {
        this.bytes = bytes;
        this.random = random;
        this.turnsLeft = random == null ? TURNS_OF_THE_PATIENT : random.nextInt(MOST_TURNS);
    }

    void start(LocalRig rig) {
        Channel channel = rig.connect(this);
        channel.eventLoop().execute(() -> turn(channel));
    }

    private void turn(Channel channel) {
        if (channel.isActive() && sent < bytes.length) {
            int length = random == null ? bytes.length : 1 + random.nextInt(bytes.length - sent);
            channel.writeAndFlush(channel.alloc().buffer(length).writeBytes(bytes, sent, length));
            sent += length;
        } else if (turnsLeft-- <= 0 || (random == null && ECHO.matcher(received).find())) {
            channel.close();
            return;
        }
        channel.eventLoop().execute(() -> turn(channel));
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, ByteBuf message) {
        received.append(message.toString(StandardCharsets.ISO_8859_1));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }

    String received() {
        return received.toString();
    }

    /** Whatever a sound server answered, it had asked for; the decoder may have taken away blanks of its request line. */
    void judge() {
        String asked = squeezed(new String(bytes, StandardCharsets.ISO_8859_1));
        Matcher echoes = ECHO.matcher(received);
        while (echoes.find() && !asked.contains("broken")) {
            assertThat(asked).contains(squeezed(echoes.group(1)));
        }
    }

    private static String squeezed(String text) {
        return text.replaceAll("[\\s\\x00-\\x20\\x7f-\\xa0]+", "");
    }
}

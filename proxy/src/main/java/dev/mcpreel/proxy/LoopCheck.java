package dev.mcpreel.proxy;

import dev.mcpreel.proxy.ProxyException.Category;
import dev.mcpreel.proxy.upstream.Upstream;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Arrays;

/** Refuses an upstream that is the proxy itself: its first request would be relayed to itself without end. */
final class LoopCheck {
    private LoopCheck() {}

    /**
     * Compares the two. Resolves the upstream's name when the ports are the same, so it may take as long as that does. A
     * port 0 is like no other.
     *
     * @throws ProxyException when a connection to the upstream can arrive at the listen address
     */
    static void check(InetSocketAddress listen, Upstream upstream) {
        InetAddress listening = listen.getAddress();
        if (listening == null || listen.getPort() != upstream.port()) {
            return;
        }
        if (Arrays.stream(addresses(upstream.host())).anyMatch(address -> arrivesAt(listening, address))) {
            String option = NetUtil.toSocketAddressString(listen);
            throw new ProxyException(
                    Category.INPUT,
                    "--upstream " + upstream.name() + " is where --listen " + option
                            + " listens, the proxy would relay to itself; choose another port for --listen");
        }
    }

    private static InetAddress[] addresses(String host) {
        try {
            return InetAddress.getAllByName(host);
        } catch (UnknownHostException e) {
            // No loop: each connection resolves the name again, and tells its client what is wrong.
            return new InetAddress[0];
        }
    }

    /** A connection to the unspecified address goes to this machine's loopback. */
    private static boolean arrivesAt(InetAddress listening, InetAddress address) {
        if (listening.isAnyLocalAddress()) {
            return isOwn(address);
        }
        return address.equals(listening) || (address.isAnyLocalAddress() && listening.isLoopbackAddress());
    }

    private static boolean isOwn(InetAddress address) {
        try {
            return address.isAnyLocalAddress()
                    || address.isLoopbackAddress()
                    || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            return false;
        }
    }
}

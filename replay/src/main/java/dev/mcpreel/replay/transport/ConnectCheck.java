package dev.mcpreel.replay.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;

/** Finds the address a target listens on, before any agent starts: one plain TCP connection that sends nothing. */
public final class ConnectCheck {
    private ConnectCheck() {}

    /**
     * Tries the target's addresses in turn. Blocks the caller.
     *
     * @param timeoutMillis for each address
     * @throws TransportException when the host has no address or none of them takes a connection
     */
    public static InetSocketAddress reach(Target target, int timeoutMillis) throws TransportException {
        InetAddress[] addresses;
        try {
            addresses = InetAddress.getAllByName(target.host());
        } catch (UnknownHostException e) {
            throw new TransportException("the host " + target.host() + " has no address", e);
        }
        IOException last = null;
        for (InetAddress address : addresses) {
            InetSocketAddress candidate = new InetSocketAddress(address, target.port());
            try (Socket socket = new Socket()) {
                socket.connect(candidate, timeoutMillis);
                return candidate;
            } catch (IOException e) {
                last = e;
            }
        }
        throw new TransportException(
                target.authority() + " takes no connection: " + (last == null ? "no address" : Failures.describe(last)),
                last == null ? new IOException("no address") : last);
    }
}

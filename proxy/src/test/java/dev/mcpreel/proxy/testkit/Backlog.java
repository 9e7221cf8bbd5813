package dev.mcpreel.proxy.testkit;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/** A server that neither takes a connection nor refuses it. */
public final class Backlog {
    private Backlog() {}

    /** Connects until the kernel takes no more; the caller closes. */
    public static List<Socket> fill(ServerSocket full) throws IOException {
        List<Socket> crowd = new ArrayList<>();
        try {
            while (crowd.size() < 50) {
                Socket socket = new Socket();
                crowd.add(socket);
                socket.connect(full.getLocalSocketAddress(), 200);
            }
        } catch (SocketTimeoutException e) {
            // Full.
        }
        return crowd;
    }
}

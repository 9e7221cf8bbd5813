package dev.mcpreel.cli;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** An upstream that answers request after request with bytes given before, one connection each, and keeps what it got. */
final class RawUpstream implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Queue<List<byte[]>> answers = new ConcurrentLinkedQueue<>();
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();

    RawUpstream() throws IOException {
        Thread thread = new Thread(this::serve, "raw-upstream");
        thread.setDaemon(true);
        thread.start();
    }

    String origin() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    /** The next request is answered with these pieces, and the connection closed. */
    void answer(String... pieces) {
        answers.add(List.of(pieces).stream()
                .map(piece -> piece.getBytes(StandardCharsets.ISO_8859_1))
                .toList());
    }

    /** All that came, one character for each byte. */
    synchronized String received() {
        return received.toString(StandardCharsets.ISO_8859_1);
    }

    /** Sends bytes to a server and gives what comes back until it closes. */
    static String exchange(InetSocketAddress to, boolean halfClose, String... pieces) throws IOException {
        try (Socket socket = new Socket(to.getAddress(), to.getPort())) {
            socket.setSoTimeout(20_000);
            socket.setTcpNoDelay(true);
            OutputStream out = socket.getOutputStream();
            for (String piece : pieces) {
                out.write(piece.getBytes(StandardCharsets.ISO_8859_1));
                out.flush();
            }
            if (halfClose) {
                socket.shutdownOutput();
            }
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                InputStream in = new BufferedInputStream(socket.getInputStream());
                if (readRequest(in)) {
                    List<byte[]> answer = answers.remove();
                    for (byte[] piece : answer) {
                        socket.getOutputStream().write(piece);
                        socket.getOutputStream().flush();
                    }
                }
            } catch (IOException e) {
                // The other end left, or the test is over: the next one is served, or none.
            }
        }
    }

    /** Reads to the end of what the head announces; false when the client left before. */
    private boolean readRequest(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int b = read(in);
            if (b < 0) {
                return false;
            }
            head.append((char) b);
        }
        String lower = head.toString().toLowerCase(Locale.ROOT);
        if (lower.contains("transfer-encoding: chunked")) {
            StringBuilder body = new StringBuilder();
            while (!body.toString().endsWith("\r\n\r\n") || body.indexOf("0\r\n") < 0) {
                int b = read(in);
                if (b < 0) {
                    return false;
                }
                body.append((char) b);
            }
            return true;
        }
        int length = lower.indexOf("content-length: ");
        int left = length < 0 ? 0 : Integer.parseInt(lower.substring(length + 16, lower.indexOf("\r\n", length)));
        while (left-- > 0) {
            if (read(in) < 0) {
                return false;
            }
        }
        return true;
    }

    private synchronized int read(InputStream in) throws IOException {
        int b = in.read();
        if (b >= 0) {
            received.write(b);
        }
        return b;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}

package dev.mcpreel.proxy.testkit;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** One end of a connection, byte by byte and blocking; whatever does not come within ten seconds fails the test. */
public final class Wire {
    private static final int PATIENCE_MILLIS = 10_000;

    private final Socket socket;

    public Wire(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
    }

    /** Lines as HTTP ends them; nothing follows the last one. */
    public static String lines(String... lines) {
        return String.join("\r\n", lines);
    }

    public static Wire connect(InetSocketAddress address) throws IOException {
        Socket socket = new Socket();
        socket.connect(address, PATIENCE_MILLIS);
        return new Wire(socket);
    }

    public Socket socket() {
        return socket;
    }

    public Wire send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public Wire send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    /** Everything up to and with the first occurrence of the mark. */
    public String readThrough(String mark) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder text = new StringBuilder();
        while (text.length() < mark.length() || text.indexOf(mark, text.length() - mark.length()) < 0) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("closed after: " + text);
            }
            text.append((char) next);
        }
        return text.toString();
    }

    /** A start line and its fields, with the empty line. */
    public String readHead() throws IOException {
        return readThrough("\r\n\r\n");
    }

    public byte[] readBytes(int count) throws IOException {
        byte[] bytes = socket.getInputStream().readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException("closed after " + bytes.length + " of " + count + " bytes");
        }
        return bytes;
    }

    public String read(int count) throws IOException {
        return new String(readBytes(count), StandardCharsets.ISO_8859_1);
    }

    /** Everything until the other end closes in order; a reset is an exception. */
    public String readToEnd() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    /** Everything until the connection ends, and then how: {@code <FIN>} or {@code <RST>}. */
    public String readToEnding() throws IOException {
        ByteArrayOutputStream seen = new ByteArrayOutputStream();
        byte[] piece = new byte[64 * 1024];
        String ending;
        try {
            int count;
            while ((count = socket.getInputStream().read(piece)) >= 0) {
                seen.write(piece, 0, count);
            }
            ending = "<FIN>";
        } catch (SocketException e) {
            ending = "<RST>";
        }
        return seen.toString(StandardCharsets.ISO_8859_1) + ending;
    }

    public void close() throws IOException {
        socket.close();
    }

    /** Closes with a reset. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }
}

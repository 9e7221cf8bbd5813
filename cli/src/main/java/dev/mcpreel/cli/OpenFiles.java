package dev.mcpreel.cli;

import java.lang.management.ManagementFactory;
import java.lang.reflect.InvocationTargetException;

/** How many files and sockets this process may have open. */
final class OpenFiles {
    /** For the log, the JVM's own files, listeners and probes. */
    private static final long RESERVE = 256;

    private OpenFiles() {}

    /** Clients that can be served at a time, when each needs a socket of its own and one for each upstream. */
    static int connections(int upstreams) {
        long sockets = Math.max(0, limit() - RESERVE);
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, sockets / (1 + Math.max(1, upstreams))));
    }

    /** What the operating system allows this process; a very large number when it does not say. */
    static long limit() {
        Object system = ManagementFactory.getOperatingSystemMXBean();
        try {
            Class<?> unix = Class.forName("com.sun.management.UnixOperatingSystemMXBean");
            if (unix.isInstance(system)) {
                return (long) unix.getMethod("getMaxFileDescriptorCount").invoke(system);
            }
        } catch (ClassNotFoundException
                | NoSuchMethodException
                | IllegalAccessException
                | InvocationTargetException e) {
            // Another system or another JVM.
        }
        return Integer.MAX_VALUE;
    }
}

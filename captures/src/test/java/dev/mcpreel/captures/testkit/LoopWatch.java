package dev.mcpreel.captures.testkit;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import reactor.blockhound.BlockHound;
import reactor.blockhound.BlockingMethod;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * Notices what blocks on an event loop of ours: sleeping, parking (and with it every lock and queue of
 * {@code java.util.concurrent}), {@code Object.wait}, blocking sockets, files and streams, looking up names, starting
 * processes. What it cannot notice: waiting to enter a {@code synchronized} block, and reading mapped memory.
 *
 * <p>It only takes notes, so that code that swallows exceptions hides nothing and no other test is disturbed. Once
 * installed it stays for the life of the JVM. Needs the flags of {@code blockhound.argLine} in the parent pom.
 */
public final class LoopWatch {
    /** How the threads of the proxy's and the replay's event loops are named. */
    private static final List<String> LOOPS = List.of("relay-", "replay-loop-");

    private static final List<String> NAMES = List.of("java/net/Inet4AddressImpl", "java/net/Inet6AddressImpl");

    /** The class with the calls for files in newer JDKs, and the one in 17. */
    private static final List<String> FILES =
            List.of("sun/nio/ch/UnixFileDispatcherImpl", "sun/nio/ch/FileDispatcherImpl");

    /** Reading and writing without a position are not among them: those are the same calls for sockets. */
    private static final Map<String, String> FILE_CALLS = Map.of(
            "force0", "(Ljava/io/FileDescriptor;Z)I",
            "lock0", "(Ljava/io/FileDescriptor;ZJJZ)I",
            "pread0", "(Ljava/io/FileDescriptor;JIJ)I",
            "pwrite0", "(Ljava/io/FileDescriptor;JIJ)I",
            "truncate0", "(Ljava/io/FileDescriptor;J)I");

    private static final Queue<String> NOTES = new ConcurrentLinkedQueue<>();

    private static boolean installed;

    private LoopWatch() {}

    /** Installs the watch if need be, forgets earlier notes, and makes sure that blocking is noticed at all. */
    public static synchronized void begin() throws InterruptedException {
        if (!installed) {
            install();
            installed = true;
        }
        Thread canary = new Thread(LoopWatch::sing, "relay-canary");
        canary.start();
        canary.join();
        if (notes().stream().noneMatch(note -> note.contains("relay-canary"))) {
            throw new IllegalStateException("a thread named as a loop slept and the watch did not notice");
        }
        NOTES.clear();
    }

    private static void sing() {
        try {
            Thread.currentThread().join(1);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What blocked on a loop since the beginning: the thread, the method, and the way to it. */
    public static List<String> notes() {
        return List.copyOf(NOTES);
    }

    private static void install() {
        BlockHound.Builder builder = BlockHound.builder();
        // Netty's own list, and nobody else's: those of loggers and of System.out would hide a write to a full pipe.
        for (BlockHoundIntegration integration : ServiceLoader.load(BlockHoundIntegration.class)) {
            if (integration.getClass().getName().startsWith("io.netty.")) {
                integration.applyTo(builder);
            }
        }
        for (String type : FILES) {
            FILE_CALLS.forEach((method, signature) -> builder.markAsBlocking(type, method, signature));
        }
        builder.markAsBlocking("sun/nio/fs/UnixNativeDispatcher", "open0", "(JII)I");
        for (String type : NAMES) {
            builder.markAsBlocking(type, "getHostByAddr", "([B)Ljava/lang/String;");
            builder.markAsBlocking(type, "lookupAllHostAddr", "(Ljava/lang/String;)[Ljava/net/InetAddress;");
            builder.markAsBlocking(type, "lookupAllHostAddr", "(Ljava/lang/String;I)[Ljava/net/InetAddress;");
        }
        builder.nonBlockingThreadPredicate(others -> LoopWatch::isLoop)
                .blockingMethodCallback(LoopWatch::note)
                .install();
    }

    private static boolean isLoop(Thread thread) {
        return LOOPS.stream().anyMatch(thread.getName()::startsWith);
    }

    private static void note(BlockingMethod method) {
        String way = Stream.of(new Throwable().getStackTrace())
                .skip(1)
                .filter(frame -> !frame.getClassName().startsWith("reactor.blockhound."))
                .map(StackTraceElement::toString)
                .collect(Collectors.joining("\n    at "));
        NOTES.add(Thread.currentThread().getName() + " " + method + "\n    at " + way);
    }
}

package dev.mcpreel.cli;

import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ctrl-C and SIGTERM as a request to end cleanly. The first one runs the action and the command then returns in its own
 * time with its own exit code; a second one ends the process at once, as an impatient person wants.
 */
final class Interrupts {
    private static final int EXIT_AFTER_SECOND = 130;

    private static volatile Runnable lastWish = () -> {};

    private Interrupts() {}

    /** What is still to be done when a second interrupt ends the process. */
    static void beforeHalt(Runnable cleanUp) {
        lastWish = cleanUp;
    }

    /**
     * Installs the action until it is removed again. Without signal
     * support Ctrl-C keeps its usual meaning.
     */
    static Installed onFirst(Runnable action) {
        AtomicBoolean first = new AtomicBoolean(true);
        Runnable handler = () -> {
            if (first.getAndSet(false)) {
                // The signal thread must stay free to take the second one.
                Thread stopper = new Thread(action, "interrupted");
                stopper.setDaemon(true);
                stopper.start();
            } else {
                lastWish.run();
                Runtime.getRuntime().halt(EXIT_AFTER_SECOND);
            }
        };
        Map<String, Object> before = new LinkedHashMap<>();
        for (String name : List.of("INT", "TERM")) {
            install(name, proxy(handler)).ifPresent(previous -> before.put(name, previous));
        }
        return () -> before.forEach(Interrupts::install);
    }

    /** Handlers that are in place. */
    interface Installed {
        /** Brings back what was there before. */
        void remove();
    }

    private static Object proxy(Runnable handler) {
        try {
            return Proxy.newProxyInstance(
                    Interrupts.class.getClassLoader(),
                    new Class<?>[] {Class.forName("sun.misc.SignalHandler")},
                    (self, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            handler.run();
                            return null;
                        }
                        return switch (method.getName()) {
                            case "hashCode" -> System.identityHashCode(self);
                            case "equals" -> arguments != null && self == arguments[0];
                            default -> "interrupts";
                        };
                    });
        } catch (ClassNotFoundException e) {
            return handler;
        }
    }

    // sun.misc.Signal has no supported counterpart, and naming it directly is a warning that cannot be silenced.
    private static Optional<Object> install(String name, Object signalHandler) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Object previous = signal.getMethod("handle", signal, Class.forName("sun.misc.SignalHandler"))
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), signalHandler);
            return Optional.ofNullable(previous);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            // No signal support on this runtime.
            return Optional.empty();
        }
    }
}

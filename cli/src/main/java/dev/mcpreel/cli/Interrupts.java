package dev.mcpreel.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ctrl-C and SIGTERM as a request to end cleanly. The first one runs the action and the command then returns in its own
 * time with its own exit code; a second one ends the process at once, as an impatient person wants.
 */
final class Interrupts {
    private static final int EXIT_AFTER_SECOND = 130;

    private Interrupts() {}

    /** Installs the action for the rest of the process; without signal support Ctrl-C keeps its usual meaning. */
    static void onFirst(Runnable action) {
        AtomicBoolean first = new AtomicBoolean(true);
        Runnable handler = () -> {
            if (first.getAndSet(false)) {
                // The signal thread must stay free to take the second one.
                Thread stopper = new Thread(action, "interrupted");
                stopper.setDaemon(true);
                stopper.start();
            } else {
                Runtime.getRuntime().halt(EXIT_AFTER_SECOND);
            }
        };
        for (String name : new String[] {"INT", "TERM"}) {
            install(name, handler);
        }
    }

    // sun.misc.Signal has no supported counterpart, and naming it directly is a warning that cannot be silenced.
    private static void install(String name, Runnable handler) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> signalHandler = Class.forName("sun.misc.SignalHandler");
            Object proxy = Proxy.newProxyInstance(
                    Interrupts.class.getClassLoader(), new Class<?>[] {signalHandler}, (self, method, arguments) -> {
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
            signal.getMethod("handle", signal, signalHandler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
        } catch (ClassNotFoundException
                | NoSuchMethodException
                | IllegalAccessException
                | InstantiationException
                | InvocationTargetException e) {
            // No signal support on this runtime.
        }
    }
}

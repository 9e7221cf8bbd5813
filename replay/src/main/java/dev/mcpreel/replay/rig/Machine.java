package dev.mcpreel.replay.rig;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/** What the machine and this process say of themselves; replaced in tests. */
interface Machine {
    /** Processor time this process has used, in nanoseconds; 0 when unknown. */
    long processCpuNanos();

    /** The busy share of the whole machine since the last call, from 0 to 1; 0 when unknown. */
    double machineBusy();

    /** Garbage collection time so far, in nanoseconds. */
    long gcNanos();

    /** Reads the platform's beans. */
    static Machine ofThisJvm() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? new Beans(system)
                : new Unknown();
    }

    /** The beans of a HotSpot JVM. */
    record Beans(OperatingSystemMXBean system) implements Machine {
        @Override
        public long processCpuNanos() {
            return Math.max(0, system.getProcessCpuTime());
        }

        @Override
        public double machineBusy() {
            double load = system.getCpuLoad();
            return load > 0 ? load : 0;
        }

        @Override
        public long gcNanos() {
            long millis = 0;
            for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
                millis += Math.max(0, collector.getCollectionTime());
            }
            return TimeUnit.MILLISECONDS.toNanos(millis);
        }
    }

    /** A JVM that says nothing. */
    record Unknown() implements Machine {
        @Override
        public long processCpuNanos() {
            return 0;
        }

        @Override
        public double machineBusy() {
            return 0;
        }

        @Override
        public long gcNanos() {
            return 0;
        }
    }
}

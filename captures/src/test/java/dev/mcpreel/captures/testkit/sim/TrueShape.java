package dev.mcpreel.captures.testkit.sim;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Gaps, think times and bursts computed from their definitions, all requests at once.
 *
 * @param idleGaps nanoseconds, sorted
 * @param thinkTimes nanoseconds, sorted
 * @param burstSizes sorted
 * @param parallelism the most requests in flight at one time
 */
public record TrueShape(
        List<Long> idleGaps,
        List<Long> thinkTimes,
        List<Long> burstSizes,
        List<Long> burstParallelism,
        long parallelism) {
    /** Of requests that are all calls of one leg, or no calls. */
    public static TrueShape of(List<TrueRequest> all, long burstNanos) {
        return of(all, Set.of(), burstNanos);
    }

    /**
     * Of all the requests of one piece of work, in any order.
     *
     * @param further the keys of those that are further legs of a call
     */
    public static TrueShape of(List<TrueRequest> all, Set<String> further, long burstNanos) {
        List<TrueRequest> sorted = all.stream()
                .filter(request -> !request.method().equals("subscriptions/listen"))
                .sorted(Comparator.comparingLong(TrueRequest::startNanos))
                .toList();
        List<Long> gaps = new ArrayList<>();
        List<Long> thinks = new ArrayList<>();
        List<List<TrueRequest>> bursts = new ArrayList<>();
        long most = 0;
        boolean apart = true;
        for (int i = 0; i < sorted.size(); i++) {
            TrueRequest request = sorted.get(i);
            long start = request.startNanos();
            List<TrueRequest> before = sorted.subList(0, i);
            most = Math.max(most, inFlight(before, start) + 1);
            long covered =
                    before.stream().mapToLong(TrueRequest::doneNanos).max().orElse(start);
            boolean begins = !further.contains(request.key());
            if (begins && start > covered) {
                gaps.add(start - covered);
                apart |= start - covered > burstNanos;
            }
            long answered = before.stream()
                    .mapToLong(TrueRequest::doneNanos)
                    .filter(done -> done <= start)
                    .max()
                    .orElse(Long.MIN_VALUE);
            if (begins && i > 0 && answered >= sorted.get(i - 1).startNanos()) {
                thinks.add(start - answered);
            }
            if (begins && request.isCall()) {
                if (apart) {
                    bursts.add(new ArrayList<>());
                }
                apart = false;
                bursts.get(bursts.size() - 1).add(request);
            }
        }
        List<Long> sizes =
                bursts.stream().map(burst -> (long) burst.size()).sorted().toList();
        List<Long> inside = bursts.stream().map(TrueShape::most).sorted().toList();
        gaps.sort(null);
        thinks.sort(null);
        return new TrueShape(gaps, thinks, sizes, inside, most);
    }

    private static long most(List<TrueRequest> burst) {
        long most = 0;
        for (int i = 0; i < burst.size(); i++) {
            most = Math.max(most, inFlight(burst.subList(0, i), burst.get(i).startNanos()) + 1);
        }
        return most;
    }

    private static long inFlight(List<TrueRequest> requests, long atNanos) {
        return requests.stream()
                .filter(request -> request.doneNanos() > atNanos)
                .count();
    }
}

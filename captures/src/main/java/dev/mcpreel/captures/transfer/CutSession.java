package dev.mcpreel.captures.transfer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the first pass of a cut gathers of a session until that is over. */
final class CutSession {
    private final ExchangeIds exchanges = new ExchangeIds();
    private final Map<String, ExchangeIds> tasks = new HashMap<>(0);
    private final Map<Long, String> created = new HashMap<>(0);
    private final Set<String> wholeTasks = new HashSet<>(0);
    private final List<CutSpan> crossing = new ArrayList<>(0);
    private final Map<String, List<CutLeg>> taskLegs = new HashMap<>(0);
    private final Set<String> droppedTasks = new HashSet<>(0);
    private final List<CutLeg> dropped = new ArrayList<>(0);
    private boolean asked;

    ExchangeIds exchanges() {
        return exchanges;
    }

    /** It has what is asked for. */
    void hasWhatIsAsked() {
        asked = true;
    }

    boolean isAsked() {
        return asked;
    }

    /** An exchange that is about a task, also one that is left out of the legs of a call because there are very many. */
    void ofTask(String taskId, long exchangeId) {
        tasks.computeIfAbsent(taskId, unused -> new ExchangeIds()).add(exchangeId);
    }

    /** The call of this exchange became a task. */
    void createdTask(long exchangeId, String taskId) {
        created.put(exchangeId, taskId);
    }

    /** A call that is dropped became this task. */
    void droppedTask(String taskId) {
        droppedTasks.add(taskId);
    }

    Set<String> droppedTasks() {
        return droppedTasks;
    }

    /** A request that is dropped if the call that became this task is. */
    void taskLeg(String taskId, CutLeg leg) {
        taskLegs.computeIfAbsent(taskId, unused -> new ArrayList<>(1)).add(leg);
    }

    void dropped(CutLeg leg) {
        dropped.add(leg);
    }

    /** What is dropped and left something on another exchange or may have, and all that is about the tasks of dropped calls. */
    List<CutLeg> dropped() {
        List<CutLeg> all = new ArrayList<>(dropped);
        droppedTasks.forEach(task -> all.addAll(taskLegs.getOrDefault(task, List.of())));
        return all;
    }

    /** A request or a call that is kept and began before the range or ended after it. */
    void crosses(CutSpan span) {
        crossing.add(span);
    }

    List<CutSpan> crossing() {
        return crossing;
    }

    /** Everything about the task that this exchange's call became is kept. */
    void keepTaskOf(long exchangeId) {
        String task = created.get(exchangeId);
        if (task != null) {
            wholeTasks.add(task);
        }
    }

    /** The exchanges that are about tasks which are kept. */
    void wholeTasks(ExchangeIds into) {
        wholeTasks.forEach(task -> into.addAll(tasks.getOrDefault(task, new ExchangeIds())));
    }
}

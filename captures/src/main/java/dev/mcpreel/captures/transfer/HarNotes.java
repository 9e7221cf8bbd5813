package dev.mcpreel.captures.transfer;

import java.util.ArrayList;
import java.util.List;

/** What an import of a HAR made up and left out. */
final class HarNotes {
    private int plain;
    private int streams;
    private int missingBodies;
    private int foreign;
    private int dropped;

    /** An entry without times of our own. */
    void plainEntry() {
        plain++;
    }

    /** An event stream that came without the times of its events. */
    void stream() {
        streams++;
    }

    void missingBody() {
        missingBodies++;
    }

    /** An entry that is no HTTP. */
    void foreignEntry() {
        foreign++;
    }

    /** An entry of our own that does not hold all of its exchange. */
    void partEntry() {
        dropped++;
    }

    int foreignEntries() {
        return foreign;
    }

    List<String> words() {
        List<String> words = new ArrayList<>();
        if (plain > 0) {
            words.add("client addresses are made up, and connections where the file does not name them; times are as"
                    + " exact as the program that wrote the file had them");
        }
        if (streams > 0) {
            words.add("the events of " + streams + " event streams are taken to have come when their response ended,"
                    + " because the file does not tell");
        }
        if (missingBodies > 0) {
            words.add(missingBodies + " bodies are not in the file and are recorded as omitted");
        }
        if (foreign > 0) {
            words.add(foreign + " entries are no HTTP and were left out");
        }
        if (dropped > 0) {
            words.add(dropped + " entries do not hold all of their exchange");
        }
        return words;
    }
}

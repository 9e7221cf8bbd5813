package dev.mcpreel.replay.bind;

import dev.mcpreel.captures.wire.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A recorded session for the finder: calls one after another, 10 ns each, 10 ns apart. Step n is the n-th of them. */
final class Flow {
    private final List<Turn> turns = new ArrayList<>();

    Flow call(String tool, String arguments, String result) {
        return request("tools/call", "{\"name\":\"" + tool + "\",\"arguments\":" + arguments + "}", result);
    }

    /** A call answered with one text. */
    Flow text(String tool, String arguments, String text) {
        return call(tool, arguments, textResult(text));
    }

    Flow request(String method, String params, String result) {
        int step = turns.size();
        return at(method, params, result, step * 20L, step * 20L + 10);
    }

    Flow at(String method, String params, String result, long start, long done) {
        JsonNode message = json("{\"jsonrpc\":\"2.0\",\"id\":" + turns.size() + ",\"method\":\"" + method
                + "\",\"params\":" + params + "}");
        turns.add(new Turn(turns.size(), method, message, start, done, json(result)));
        return this;
    }

    List<Binding> bindings(int step) {
        return new BindingFinder(turns).find(step, other -> true);
    }

    /** The bindings when some steps are left out. */
    List<Binding> bindingsWithout(int leftOut, int step) {
        return new BindingFinder(turns).find(step, other -> other != leftOut);
    }

    /** The message of a step as it goes out when one earlier step is answered with this instead. */
    Bound live(int step, int producer, @Nullable String liveResult) {
        JsonNode live = liveResult == null ? null : json(liveResult);
        return Binder.apply(
                turns.get(step).message(),
                bindings(step),
                of -> of == producer ? live : turns.get(of).result());
    }

    /** The same, and only the arguments. */
    String liveArguments(int step, int producer, String liveResult) {
        Bound bound = live(step, producer, liveResult);
        if (!bound.isComplete()) {
            return "missing " + bound.missing();
        }
        return bound.message().path("params").path("arguments").toString();
    }

    static JsonNode json(String text) {
        return Json.parse(text).orElseThrow(() -> new AssertionError("no JSON: " + text));
    }

    static String textResult(String text) {
        return "{\"content\":[{\"type\":\"text\",\"text\":" + Json.mapper().writeValueAsString(text) + "}]}";
    }
}

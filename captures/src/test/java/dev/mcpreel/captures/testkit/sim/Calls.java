package dev.mcpreel.captures.testkit.sim;

import dev.mcpreel.captures.exchange.EndCause;
import dev.mcpreel.captures.exchange.EndedBy;
import dev.mcpreel.captures.exchange.Outcome;
import dev.mcpreel.captures.testkit.CaptureScript;
import dev.mcpreel.captures.testkit.ScriptedExchange;
import java.util.ArrayList;
import java.util.List;

/** Makes the calls of one agent, each in one of the ways of {@link Turn}. Every method returns when the call was over. */
final class Calls {
    private static final List<String> TOOLS =
            List.of("search_orders", "get_invoice", "add_item", "send_mail", "list_files", "summarize");

    private final World world;
    private final Link link;
    private String handle = "";

    Calls(World world, Link link) {
        this.world = world;
        this.link = link;
    }

    double make(Turn turn, double at) {
        return switch (turn) {
            case PLAIN -> plain(at);
            case TOOL_ERROR -> plain(at, Replies.TOOL_ERROR);
            case RPC_ERROR -> plain(at, Replies.RPC_ERROR);
            case NAMELESS_ERROR -> namelessError(at);
            case RETRIED -> retried(at);
            case GIVEN_UP -> givenUp(at);
            case CANCELLED -> cancelled(at);
            case PROGRESS -> progress(at);
            case SERVER_ASKS -> serverAsks(at);
            case RESUMED -> resumed(at);
            case BATCH -> batch(at);
            case TASK_2025 -> task(at, "\"task\":{\"ttl\":60000},");
            case TASK_EXTENSION -> task(at, "");
            case INPUT_REQUIRED -> inputRequired(at);
            case SENT_AGAIN -> sentAgain(at);
        };
    }

    private String tool() {
        return TOOLS.get(world.random().nextInt(TOOLS.size()));
    }

    /** Arguments have words that all agents use, and what is the agent's own where its habit has that. */
    private String arguments() {
        String own = handle.isEmpty() || world.chance(0.1) ? "" : ",\"basket\":\"" + handle + "\"";
        return "{\"sku\":\"sku-" + (4_000 + world.random().nextInt(40)) + "a\",\"q\":\"late\"" + own + "}";
    }

    private String params(String tool) {
        return "{\"name\":\"" + tool + "\",\"arguments\":" + arguments() + "}";
    }

    private String result() {
        String text = "found sku-" + (4_000 + world.random().nextInt(40)) + "a in order " + world.unique("o-");
        if (link.habit().has(Habit.Mark.HANDLE) && handle.isEmpty()) {
            handle = world.unique("basket-");
            text += " of " + handle;
        }
        return Replies.text(text);
    }

    private Sent call(double at, String tool) {
        return link.send(at, "tools/call", tool, params(tool));
    }

    private void truth(
            String tool, Sent first, double done, long answering, Outcome outcome, int code, String... more) {
        List<String> legs = new ArrayList<>(List.of(first.key()));
        legs.addAll(List.of(more));
        world.truth()
                .call(new TrueCall(
                        link.piece(),
                        tool,
                        legs,
                        CaptureScript.at(first.start()),
                        CaptureScript.at(done),
                        answering,
                        outcome,
                        code));
    }

    private int accepted() {
        return link.habit().reach() == Habit.Reach.LEGACY_SSE ? 202 : 200;
    }

    private double plain(double at) {
        return plain(at, result());
    }

    private double plain(double at, String member) {
        String tool = tool();
        Sent call = call(at, tool);
        double done = call.reply(at + world.between(5, 4_000), member);
        Outcome outcome = Replies.outcome(member);
        truth(tool, call, done, 0, outcome, outcome == Outcome.RPC_ERROR ? Replies.CODE : accepted());
        return done;
    }

    private double namelessError(double at) {
        String tool = tool();
        Sent call = call(at, tool);
        double done = call.refusedNameless(at + 3);
        truth(tool, call, done, 0, Outcome.HTTP_ERROR, 400);
        return done;
    }

    private double retried(double at) {
        String tool = tool();
        Sent call = call(at, tool);
        double failed = call.refused(at + 20, 503, "no healthy upstream");
        truth(tool, call, failed, 0, Outcome.GATEWAY_TIMEOUT, 503);
        return plain(failed + 200);
    }

    /** The server does not know the session any more; the client begins another and makes the call there. */
    double withSessionLost(double at) {
        String tool = tool();
        Sent call = call(at, tool);
        double lost = call.sessionLost(at + 3);
        truth(tool, call, lost, 0, Outcome.SESSION_LOST, 404);
        link.streamLost(lost);
        return plain(link.openAnew(lost + world.between(1, 500)) + 2);
    }

    /** Hangs, and is sent again with the same id while the first is still out; the client gives that one up later. */
    private double sentAgain(double at) {
        String tool = tool();
        Sent hanging = call(at, tool);
        double again = at + world.between(1_000, 9_000);
        String id = hanging.idJson();
        Sent second = link.post(again, "tools/call", tool, id, link.request(id, "tools/call", params(tool)));
        double done = second.reply(again + world.between(5, 900), result());
        double end = done + world.between(50, 9_000);
        hanging.ended(end, EndCause.CLOSED, EndedBy.CLIENT);
        Outcome outcome = link.habit().isModern() ? Outcome.CANCELLED : Outcome.DEADLINE;
        hanging.truth(end, outcome, 0);
        truth(tool, hanging, end, 0, outcome, 0);
        truth(tool, second, done, 0, Outcome.OK, 200);
        return end;
    }

    private double givenUp(double at) {
        String tool = tool();
        Sent call = call(at, tool);
        double end = at + world.between(1_000, 60_000);
        call.ended(end, EndCause.CLOSED, EndedBy.CLIENT);
        // In the modern era closing is how a client cancels, whatever made it.
        Outcome outcome = link.habit().isModern() ? Outcome.CANCELLED : Outcome.DEADLINE;
        call.truth(end, outcome, 0);
        truth(tool, call, end, 0, outcome, 0);
        return end;
    }

    private double cancelled(double at) {
        String tool = tool();
        Sent call = call(at, tool);
        double cancelled = at + world.between(500, 8_000);
        boolean legacy = link.stream() != null;
        if (legacy) {
            call.acceptedOnly();
        } else {
            call.progress(at + 10);
            call.ended(cancelled + 4);
        }
        int code = accepted();
        call.truth(cancelled, Outcome.CANCELLED, code);
        truth(tool, call, cancelled, 0, Outcome.CANCELLED, code);
        double told = link.tell(
                cancelled,
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":" + call.idJson()
                        + "}}");
        return told;
    }

    private double progress(double at) {
        String tool = tool();
        Sent call = call(at, tool);
        double now = at;
        for (int i = 0; i < 3; i++) {
            now += world.between(10, 900);
            call.progress(now);
        }
        double done = call.reply(now + 15, result());
        truth(tool, call, done, 0, Outcome.OK, accepted());
        return done;
    }

    private double serverAsks(double at) {
        String tool = tool();
        Sent call = call(at, tool);
        double asked = at + world.between(10, 400);
        String id = link.nextServerIdJson();
        call.say(asked, "{\"method\":\"sampling/createMessage\",\"params\":{},\"jsonrpc\":\"2.0\",\"id\":" + id + "}");
        double answered = asked + world.between(300, 9_000);
        link.tell(answered, "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":{\"role\":\"assistant\"}}");
        double done = call.reply(answered + world.between(20, 500), result());
        long answering = link.stream() == null ? CaptureScript.at(answered) - CaptureScript.at(asked) : 0;
        truth(tool, call, done, answering, Outcome.OK, accepted());
        return done;
    }

    /** The server ends the response before it answers, as polling and broken connections do; the client comes back for it. */
    private double resumed(double at) {
        String tool = tool();
        Sent call = call(at, tool);
        String stream = world.unique("e-");
        call.block(at + 2, "id: " + stream + "-0\nretry: 500\ndata: \n\n");
        String told = "id: " + stream + "-1\ndata: " + call.progressMessage() + "\n\n";
        call.block(at + 40, told);
        call.progressed();
        double away = at + world.between(60, 5_000);
        if (world.chance(0.5)) {
            call.ended(away);
        } else {
            call.ended(away, EndCause.RESET, EndedBy.UPSTREAM);
        }
        double back = away + 500;
        boolean repeats = world.chance(0.5);
        ScriptedExchange get = link.resume(back, stream + (repeats ? "-0" : "-1"));
        if (repeats) {
            get.block(back + 2, told);
        }
        double done = back + world.between(5, 3_000);
        String member = result();
        get.event(done, stream + "-2", call.response(member)).end(done + 1);
        call.answered(done, member);
        truth(tool, call, done, 0, Outcome.OK, 200);
        return done;
    }

    /** Two calls in one body, answered in the other order (revision 2025-03-26). */
    private double batch(double at) {
        String one = tool();
        String other = tool();
        String oneId = link.nextIdJson();
        String otherId = link.nextIdJson();
        String body = "[" + link.request(oneId, "tools/call", params(one)) + ","
                + link.request(otherId, "tools/call", params(other)) + "]";
        Sent call = link.post(at, "tools/call", one, oneId, body);
        Sent second = call.another(otherId);
        double first = at + world.between(20, 900);
        double done = first + world.between(20, 900);
        String member = result();
        call.say(first, second.response(member));
        call.say(done, call.response(member));
        call.ended(done + 1);
        call.answered(done, member);
        second.answered(first, member);
        truth(one, call, done, 0, Outcome.OK, 200);
        truth(other, second, first, 0, Outcome.OK, 200);
        return done;
    }

    private double task(double at, String wish) {
        boolean legacy = !wish.isEmpty();
        String tool = tool();
        String params = "{" + wish + params(tool).substring(1);
        Sent call = link.send(at, "tools/call", tool, params);
        String id = world.unique("task-");
        String status = "\"taskId\":\"" + id + "\",\"status\":\"working\",\"pollInterval\":500";
        double now = call.reply(
                at + 10,
                legacy
                        ? "\"result\":{\"task\":{" + status + "}}"
                        : "\"result\":{\"resultType\":\"task\"," + status + "}");
        String asks = "{\"taskId\":\"" + id + "\"}";
        List<String> polls = new ArrayList<>();
        for (int i = world.random().nextInt(3); i >= 0; i--) {
            Sent poll = link.send(now + 500, "tasks/get", id, asks);
            polls.add(poll.key());
            String rest = i > 0 ? "" : legacy ? "" : ",\"result\":{\"content\":[]}";
            now = poll.reply(
                    now + 503,
                    "\"result\":{\"taskId\":\"" + id + "\",\"status\":\"" + (i > 0 ? "working" : "completed") + "\""
                            + rest + "}");
        }
        if (legacy) {
            Sent result = link.send(now + 5, "tasks/result", id, asks);
            polls.add(result.key());
            now = result.reply(now + 12, "\"result\":{\"content\":[]}");
        }
        truth(tool, call, now, 0, Outcome.OK, 200, polls.toArray(String[]::new));
        return now;
    }

    private double inputRequired(double at) {
        String tool = tool();
        String members = params(tool);
        members = members.substring(1, members.length() - 1);
        Sent first = link.send(at, "tools/call", tool, "{" + members + "}");
        Sent last = first;
        double now = at;
        long answering = 0;
        List<String> more = new ArrayList<>();
        for (int i = world.random().nextInt(2); i >= 0; i--) {
            String state = world.chance(0.7) ? "\"requestState\":\"" + world.unique("state-") + "\"," : "";
            String asks = "\"result\":{\"resultType\":\"input_required\"," + state
                    + "\"inputRequests\":{\"who\":{\"method\":\"elicitation/create\",\"params\":{}}}}";
            now = last.reply(now + world.between(5, 300), asks);
            double thinks = world.between(100, 5_000);
            answering += CaptureScript.at(now + thinks) - CaptureScript.at(now);
            String echo = state + "\"inputResponses\":{\"who\":{\"action\":\"accept\"}}";
            last = link.send(now + thinks, "tools/call", tool, "{" + members + "," + echo + "}");
            more.add(last.key());
            now += thinks;
        }
        double done = last.reply(now + world.between(5, 900), result());
        truth(tool, first, done, answering, Outcome.OK, 200, more.toArray(String[]::new));
        return done;
    }
}

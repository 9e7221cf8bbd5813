package dev.mcpreel.replay.plan;

import dev.mcpreel.captures.exchange.Direction;
import dev.mcpreel.captures.session.AgentSession;
import dev.mcpreel.captures.session.SessionExchange;
import dev.mcpreel.captures.session.TimedMessage;
import dev.mcpreel.captures.wire.JsonRpcMessage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Pairs what the server asked with what the agent answered. A ping is left out: there is one answer to it. */
final class ServerAnswers {
    private record Question(JsonRpcMessage.Request request, int during, long atNanos) {}

    private record Answer(JsonRpcMessage.Response response, long atNanos) {}

    private ServerAnswers() {}

    /** In order of the server's asking. */
    static List<ServerAnswer> read(AgentSession session, List<Sent> steps) {
        List<Question> questions = new ArrayList<>();
        List<Answer> answers = new ArrayList<>();
        for (SessionExchange exchange : session.exchanges()) {
            for (TimedMessage timed : exchange.messages()) {
                boolean fromServer = timed.direction() == Direction.RESPONSE;
                if (fromServer && timed.message() instanceof JsonRpcMessage.Request request) {
                    questions.add(new Question(request, stepOf(exchange, steps), timed.atNanos()));
                } else if (!fromServer && timed.message() instanceof JsonRpcMessage.Response response) {
                    answers.add(new Answer(response, exchange.startNanos()));
                }
            }
        }
        questions.sort(Comparator.comparingLong(Question::atNanos));
        answers.sort(Comparator.comparingLong(Answer::atNanos));
        List<ServerAnswer> pairs = new ArrayList<>();
        for (Question question : questions) {
            Answer answer = take(answers, question);
            if (answer != null && !question.request().method().equals("ping")) {
                pairs.add(pair(question, answer));
            }
        }
        return pairs;
    }

    private static ServerAnswer pair(Question question, Answer answer) {
        boolean error = answer.response().isError();
        JsonNode body = answer.response().node().path(error ? "error" : "result");
        long took = answer.atNanos() - question.atNanos();
        return new ServerAnswer(question.request().method(), question.during(), error, body, took);
    }

    /** The first answer to the question's id after it was asked; a server may use an id again. */
    private static @Nullable Answer take(List<Answer> answers, Question question) {
        for (int i = 0; i < answers.size(); i++) {
            Answer answer = answers.get(i);
            JsonNode id = answer.response().node().path("id");
            if (answer.atNanos() >= question.atNanos()
                    && id.equals(question.request().node().path("id"))) {
                return answers.remove(i);
            }
        }
        return null;
    }

    private static int stepOf(SessionExchange exchange, List<Sent> steps) {
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).exchangeId() == exchange.id()
                    && steps.get(i).method().length() > 0) {
                return i;
            }
        }
        return -1;
    }
}

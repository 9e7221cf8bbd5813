package dev.mcpreel.captures.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Shapes as the two specifications of tasks show them. */
@Timeout(10)
class TasksTest {
    private static final String ID = "786512e2-9e0d-44bd-8f29-789f320fe840";

    @Test
    void created_taskThatTheClientAskedFor_isNested() {
        assertThat(Tasks.isWanted(Wire.request("tools/call", "{'name':'get_weather','task':{'ttl':60000}}")))
                .isTrue();
        assertThat(Tasks.isWanted(Wire.request("tools/call", "{'name':'get_weather','task':true}")))
                .isFalse();
        JsonRpcMessage.Response answer = Wire.result("{'task':{'taskId':'" + ID
                + "','status':'working','createdAt':'2025-11-25T10:30:00Z','ttl':60000,'pollInterval':5000}}");
        assertThat(Tasks.created(answer)).isEqualTo(new TaskState(ID, TaskStatus.WORKING));
        assertThat(Tasks.state(answer)).isNull();
        assertThat(ResultType.of(answer)).isEqualTo(ResultType.COMPLETE);
    }

    @Test
    void created_taskThatTheServerDecidedOn_isTheResultItself() {
        JsonRpcMessage.Response answer = Wire.result("{'resultType':'task','taskId':'" + ID
                + "','status':'working','ttlSeconds':60,'requestState':'SGVsbG8='}");
        assertThat(Tasks.created(answer)).isEqualTo(new TaskState(ID, TaskStatus.WORKING));
        assertThat(InputRequired.requestState(answer)).isEqualTo("SGVsbG8=");
    }

    @Test
    void created_answerToAPoll_isNoNewTask() {
        JsonRpcMessage.Response poll =
                Wire.result("{'resultType':'complete','taskId':'" + ID + "','status':'completed','result':{}}");
        assertThat(Tasks.created(poll)).isNull();
        assertThat(Tasks.state(poll)).isEqualTo(new TaskState(ID, TaskStatus.COMPLETED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'task':{'status':'working'}}",
                "{'task':{'taskId':7,'status':'working'}}",
                "{'task':{'taskId':'','status':'working'}}",
                "{'task':{'taskId':'t'}}",
                "{'task':'t'}",
                "[]",
                "{'resultType':'task'}"
            })
    void created_anythingElse_isNone(String result) {
        assertThat(Tasks.created(Wire.result(result))).isNull();
    }

    @Test
    void created_longId_isNone() {
        String id = "t".repeat(RpcId.LONGEST + 1);
        assertThat(Tasks.created(Wire.result("{'task':{'taskId':'" + id + "','status':'working'}}")))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "working,WORKING,false",
        "input_required,INPUT_REQUIRED,false",
        "completed,COMPLETED,true",
        "failed,FAILED,true",
        "cancelled,CANCELLED,true",
        "paused,UNKNOWN,false"
    })
    void state_status_saysWhetherItStays(String text, TaskStatus status, boolean terminal) {
        TaskState state = Tasks.state(Wire.result("{'taskId':'t','status':'" + text + "'}"));
        assertThat(state).isEqualTo(new TaskState("t", status));
        assertThat(status.isTerminal()).isEqualTo(terminal);
    }

    @Test
    void told_bothNamesOfTheNotification_areRead() {
        String params = "{'taskId':'t','status':'failed'}";
        TaskState failed = new TaskState("t", TaskStatus.FAILED);
        assertThat(Tasks.told(Wire.told("notifications/tasks/status", params))).isEqualTo(failed);
        assertThat(Tasks.told(Wire.told("notifications/tasks", params))).isEqualTo(failed);
        assertThat(Tasks.told(Wire.told("notifications/progress", params))).isNull();
    }

    @ParameterizedTest
    @CsvSource({"tasks/get,t", "tasks/result,t", "tasks/cancel,t", "tasks/update,t", "tasks/list,", "tools/call,"})
    void subject_isThatOfMethodsAboutOneTask(String method, String expected) {
        assertThat(Tasks.subject(Wire.request(method, "{'taskId':'t'}"))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"io.modelcontextprotocol/related-task", "modelcontextprotocol.io/related-task"})
    void related_isFoundInEveryKindOfMessage(String key) {
        String meta = "'_meta':{'" + key + "':{'taskId':'t'}}";
        assertThat(Tasks.related(Wire.result("{'content':[]," + meta + "}"))).isEqualTo("t");
        assertThat(Tasks.related(Wire.told("notifications/progress", "{" + meta + "}")))
                .isEqualTo("t");
        assertThat(Tasks.related(Wire.request("elicitation/create", "{" + meta + "}")))
                .isEqualTo("t");
        assertThat(Tasks.related(Wire.message("{'method':'x'," + meta + "}"))).isEqualTo("t");
        assertThat(Tasks.related(Wire.result("{}"))).isNull();
    }
}

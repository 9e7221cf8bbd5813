package dev.mcpreel.captures.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class BodyProbeTest {
    private static final String CALL =
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"search\",\"arguments\":{}}}";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"method":"ping","id":1}                                                      | ping -; end
            {"id":1,"params":{"name":"a"},"method":"tools/call"}                          | tools/call a; end
            {"params":{"arguments":{"name":"no","method":"no"},"name":"b"},"method":"tools/call"} | tools/call b; end
            {"method":"tools/call","params":{"_meta":{"name":"no"},"name":"c"}}           | tools/call c; end
            {"method":"tools/call","params":{"x":[{"name":"no"}]}}                        | tools/call -; end
            {"method":"tools/call","params":["name","no"]}                                | tools/call -; end
            {"method":"prompts/get","params":{"name":"p"}}                                | prompts/get -; end
            {"method":"tools/call","params":{"name":7}}                                   | tools/call -; end
            {"\\u006dethod":"t\\u006fols/call","params":{"name":"\\u017elu\\u0165"}}      | tools/call žluť; end
            {"id":1,"result":{"method":"no"}}                                             | - -; end
            {"id":1,"error":{"code":1}}                                                   | - -; end
            {"method":7,"id":1}                                                           | - -; end
            {"method":{"method":"no"}}                                                    | - -; end
            {"method":"first","method":"second"}                                          | first -; end
            {}                                                                            | - -; end
            7                                                                             | - -; end
            [{"method":"a"},{"params":{"name":"t"},"method":"tools/call"},{"result":1}]   | a - more; tools/call t more; - - more; end
            [7,[{"method":"no"}],{"method":"b"}]                                          | - - more; - - more; b - more; end
            []                                                                            | end
            {"method":"ping"                                                              | ping -; unreadable
            {"id":1,"met                                                                  | unreadable
            not json                                                                      | unreadable
            """)
    void body_tellsWhatItAsksFor_howeverItIsCut(String body, String expected) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        for (int piece : new int[] {bytes.length, 7, 3, 1}) {
            Heard heard = new Heard();
            BodyProbe probe = new BodyProbe(true, heard);
            for (int at = 0; at < bytes.length; at += piece) {
                probe.feed(ByteBuffer.wrap(bytes, at, Math.min(piece, bytes.length - at)));
            }
            probe.end();
            assertThat(String.join("; ", heard.said)).as("pieces of %d", piece).isEqualTo(expected);
        }
    }

    @Test
    void nothing_isUnreadable() {
        Heard heard = new Heard();
        new BodyProbe(true, heard).end();
        assertThat(heard.said).containsExactly("unreadable");
    }

    @Test
    void call_isToldAtItsName_andNothingBehindItIsRead() {
        Heard heard = new Heard();
        BodyProbe probe = new BodyProbe(true, heard);
        int name = CALL.indexOf("search\"") + 7;
        probe.feed(utf8(CALL.substring(0, name - 1)));
        assertThat(heard.said).isEmpty();
        probe.feed(utf8(CALL.substring(name - 1, name)));
        assertThat(heard.said).containsExactly("tools/call search");
        probe.close();
        probe.feed(utf8("anything else"));
        probe.end();
        assertThat(heard.said).hasSize(1);
    }

    @Test
    void call_whoseNameNobodyWants_isToldAtItsMethod() {
        Heard heard = new Heard();
        BodyProbe probe = new BodyProbe(false, heard);
        probe.feed(utf8(CALL.substring(0, CALL.indexOf(",\"params\""))));
        assertThat(heard.said).containsExactly("tools/call -");
    }

    @Test
    void nestingWithoutEnd_isUnreadableAndHarmsNobody() {
        Heard heard = new Heard();
        BodyProbe probe = new BodyProbe(true, heard);
        probe.feed(utf8("{\"params\":" + "[".repeat(60_000)));
        assertThat(heard.said).containsExactly("unreadable");
    }

    private static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)).asReadOnlyBuffer();
    }

    private static final class Heard implements BodyProbe.Listener {
        private final List<String> said = new ArrayList<>();

        @Override
        public void asked(@Nullable String method, @Nullable String name, boolean more) {
            said.add((method == null ? "-" : method) + " " + (name == null ? "-" : name) + (more ? " more" : ""));
        }

        @Override
        public void ended(boolean readable) {
            said.add(readable ? "end" : "unreadable");
        }
    }
}

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.apache.kafka.common.utils.Exit;

/**
 * Kafka's command-line tools, one after the other in one process. Each line of standard input is a
 * JSON array, the main class and its arguments; each is answered by one line: the exit status, and
 * what the tool printed. Judges nothing.
 */
public final class KafkaTools {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Thrown where a tool would end the process. Some catch it, and then would end it once more. */
    private static final class Ended extends Error {
        private Ended(int status) {
            super("exit " + status, null, false, false);
        }
    }

    /** With which the tool that runs would have ended the process; null while it has not. */
    private static Integer status;

    public static void main(String[] none) throws Exception {
        PrintStream answers = System.out;
        var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Exit.setExitProcedure((code, message) -> end(code));
        Exit.setHaltProcedure((code, message) -> end(code));
        for (String line; (line = input.readLine()) != null; ) {
            answers.println(JSON.writeValueAsString(run(JSON.readValue(line, String[].class))));
            answers.flush();
        }
        Runtime.getRuntime().halt(0);
    }

    private static void end(int code) {
        if (status == null) status = code;
        throw new Ended(code);
    }

    private static Map<String, Object> run(String[] command) throws Exception {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        status = null;
        try {
            var main = Class.forName(command[0]).getMethod("main", String[].class);
            main.invoke(null, (Object) Arrays.copyOfRange(command, 1, command.length));
        } catch (InvocationTargetException thrown) {
            if (!(thrown.getCause() instanceof Ended)) {
                status = 1;
                thrown.getCause().printStackTrace();
            }
        }
        return Map.of(
            "status", status == null ? 0 : status,
            "stdout", out.toString(StandardCharsets.UTF_8),
            "stderr", err.toString(StandardCharsets.UTF_8));
    }
}

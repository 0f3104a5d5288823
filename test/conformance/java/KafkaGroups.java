import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.ConsumerGroupListing;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Kafka's consumer in a group, and Kafka's admin client on groups. Arguments: the bootstrap servers,
 * and a command. `member` is a member of a group, which reads and writes line by line as
 * ../group-member.ts says; the others read one JSON object and write one, as ../dialect.ts says.
 * Judges nothing.
 */
public final class KafkaGroups {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration POLL = Duration.ofMillis(50);

    public static void main(String[] args) throws Exception {
        var input = new BufferedReader(new InputStreamReader(System.in));
        if (args[1].equals("member")) {
            new Member(args[0], JSON.readTree(input.readLine())).run(input);
            System.exit(0);
        }
        Properties properties = new Properties();
        properties.put("bootstrap.servers", args[0]);
        try (Admin admin = Admin.create(properties)) {
            System.out.println(JSON.writeValueAsString(administer(admin, args[1], JSON.readTree(input))));
        }
    }

    private static int codeOf(Throwable thrown) {
        return Errors.forException(thrown instanceof ExecutionException ? thrown.getCause() : thrown).code();
    }

    /** One member, in the main thread; another one only listens. */
    private static final class Member implements ConsumerRebalanceListener {
        private final String topic;
        private final KafkaConsumer<String, String> consumer;
        private final Set<Integer> owned = new TreeSet<>();
        private final Map<TopicPartition, OffsetAndMetadata> positions = new HashMap<>();
        private final ConcurrentLinkedQueue<JsonNode> todos = new ConcurrentLinkedQueue<>();

        Member(String bootstrap, JsonNode joining) {
            topic = joining.get("topic").asText();
            boolean isCooperative = joining.path("assignor").asText().equals("cooperative");
            Properties properties = new Properties();
            properties.put("bootstrap.servers", bootstrap);
            properties.put("group.id", joining.get("groupId").asText());
            properties.put("client.id", joining.path("clientId").asText("conformance"));
            if (joining.has("instanceId")) properties.put("group.instance.id", joining.get("instanceId").asText());
            properties.put("session.timeout.ms", joining.path("sessionTimeoutMs").asText("10000"));
            properties.put("heartbeat.interval.ms", "300");
            properties.put("partition.assignment.strategy", "org.apache.kafka.clients.consumer."
                + (isCooperative ? "CooperativeStickyAssignor" : "RangeAssignor"));
            properties.put("auto.offset.reset", "earliest");
            properties.put("enable.auto.commit", "false");
            properties.put("fetch.max.wait.ms", "100");
            consumer = new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer());
        }

        void run(BufferedReader input) throws Exception {
            Thread listening = new Thread(() -> listen(input));
            listening.setDaemon(true);
            listening.start();
            consumer.subscribe(List.of(topic), this);
            while (true) {
                JsonNode todo = todos.poll();
                if (todo == null) poll();
                else if (!perform(todo)) return;
            }
        }

        private void listen(BufferedReader input) {
            try {
                for (String line = input.readLine(); line != null; line = input.readLine())
                    todos.add(JSON.readTree(line));
            } catch (Exception thrown) {
                thrown.printStackTrace();
            }
            // Whoever started it is gone.
            Runtime.getRuntime().halt(1);
        }

        private boolean perform(JsonNode todo) throws Exception {
            switch (todo.get("do").asText()) {
                case "commit" -> consumer.commitSync(positions);
                case "pause" -> consumer.pause(at(todo));
                case "resume" -> consumer.resume(at(todo));
                case "seek" -> consumer.seek(
                    new TopicPartition(topic, todo.get("partition").asInt()), todo.get("offset").asLong());
                case "leave" -> consumer.close();
                default -> throw new IllegalArgumentException(todo.toString());
            }
            tell("did", Map.of());
            return !todo.get("do").asText().equals("leave");
        }

        private List<TopicPartition> at(JsonNode todo) {
            List<TopicPartition> partitions = new ArrayList<>();
            todo.get("partitions").forEach(one -> partitions.add(new TopicPartition(topic, one.asInt())));
            return partitions;
        }

        private void poll() throws Exception {
            try {
                for (ConsumerRecord<String, String> one : consumer.poll(POLL)) {
                    positions.put(new TopicPartition(topic, one.partition()), new OffsetAndMetadata(one.offset() + 1));
                    tell("record", Map.of("partition", one.partition(), "offset", one.offset(), "value", one.value()));
                }
            } catch (KafkaException thrown) {
                tell("error", Map.of("error", codeOf(thrown)));
            }
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            partitions.forEach(one -> owned.add(one.partition()));
            tell("assigned", Map.of("now", owned));
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            Set<Integer> taken = new TreeSet<>();
            partitions.forEach(one -> taken.add(one.partition()));
            owned.removeAll(taken);
            tell("revoked", Map.of("taken", taken, "now", owned));
        }

        private static void tell(String event, Map<String, ?> more) {
            Map<String, Object> line = new LinkedHashMap<>(more);
            line.put("event", event);
            try {
                System.out.println(JSON.writeValueAsString(line));
            } catch (Exception impossible) {
                throw new AssertionError(impossible);
            }
        }
    }

    private static Object administer(Admin admin, String command, JsonNode request) throws Exception {
        switch (command) {
            case "listGroups":
                return admin.listConsumerGroups().all().get().stream().map(ConsumerGroupListing::groupId).toList();
            case "describeGroups":
                Map<String, Object> described = new HashMap<>();
                admin.describeConsumerGroups(groupsIn(request)).describedGroups().forEach((name, group) ->
                    described.put(name, outcome(() -> view(group.get(), request.get("topic").asText()))));
                return described;
            case "deleteGroups":
                Map<String, Object> deleted = new HashMap<>();
                admin.deleteConsumerGroups(groupsIn(request)).deletedGroups().forEach((name, done) ->
                    deleted.put(name, outcome(done::get)));
                return deleted;
            case "groupOffsets":
                return outcome(() -> {
                    Map<String, Long> offsets = new TreeMap<>();
                    admin.listConsumerGroupOffsets(request.get("group").asText()).partitionsToOffsetAndMetadata().get()
                        .forEach((at, committed) -> offsets.put("" + at.partition(), committed.offset()));
                    return offsets;
                });
            case "setGroupOffsets":
                Map<TopicPartition, OffsetAndMetadata> to = new HashMap<>();
                request.get("offsets").fields().forEachRemaining(entry -> to.put(
                    new TopicPartition(request.get("topic").asText(), Integer.parseInt(entry.getKey())),
                    new OffsetAndMetadata(entry.getValue().asLong())));
                return outcome(admin.alterConsumerGroupOffsets(request.get("group").asText(), to).all()::get);
            case "deleteGroupOffsets":
                Set<TopicPartition> gone = new HashSet<>();
                request.get("partitions").forEach(one ->
                    gone.add(new TopicPartition(request.get("topic").asText(), one.asInt())));
                return outcome(admin.deleteConsumerGroupOffsets(request.get("group").asText(), gone).all()::get);
            default:
                throw new IllegalArgumentException(command);
        }
    }

    private static List<String> groupsIn(JsonNode request) {
        List<String> groups = new ArrayList<>();
        request.get("groups").forEach(one -> groups.add(one.asText()));
        return groups;
    }

    private static Object outcome(Callable<?> work) {
        Map<String, Object> outcome = new HashMap<>();
        outcome.put("error", null);
        outcome.put("value", null);
        try {
            outcome.put("value", work.call());
        } catch (Exception thrown) {
            outcome.put("error", (int) codeOf(thrown));
        }
        return outcome;
    }

    private static Object view(ConsumerGroupDescription group, String topic) {
        List<Object> members = new ArrayList<>();
        for (MemberDescription member : group.members()) {
            Map<String, Object> one = new HashMap<>();
            one.put("instanceId", member.groupInstanceId().orElse(null));
            one.put("clientId", member.clientId());
            one.put("partitions", member.assignment().topicPartitions().stream()
                .filter(at -> at.topic().equals(topic)).map(TopicPartition::partition).toList());
            members.add(one);
        }
        return Map.of("state", group.state().toString(), "protocol", group.partitionAssignor(), "members", members);
    }
}

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicCollection;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.ApiException;

/**
 * Kafka's admin client. Argument: the bootstrap server, and a topic that holds records. Prints and
 * judges as KafkaClient does.
 */
public final class KafkaAdmin {
    private static final ConfigResource TOPIC = new ConfigResource(ConfigResource.Type.TOPIC, "admin");
    private static final ConfigResource BROKER = new ConfigResource(ConfigResource.Type.BROKER, "1");

    private final Admin admin;
    private final String filled;

    private KafkaAdmin(Admin admin, String filled) {
        this.admin = admin;
        this.filled = filled;
    }

    public static void main(String[] args) {
        try (Admin client = Admin.create(Map.of("bootstrap.servers", args[0], "default.api.timeout.ms", "30000"))) {
            KafkaAdmin admin = new KafkaAdmin(client, args[1]);
            KafkaClient.report("create", admin::create);
            KafkaClient.report("create-refusals", admin::createRefusals);
            KafkaClient.report("list", () -> KafkaClient.sorted(client.listTopics().names().get()));
            KafkaClient.report("describe", admin::describe);
            KafkaClient.report("describe-unknown", () ->
                client.describeTopics(List.of("nowhere")).allTopicNames().get().size());
            KafkaClient.report("describe-many", admin::describeMany);
            KafkaClient.report("cluster", admin::cluster);
            KafkaClient.report("configs", () -> admin.configs(TOPIC));
            KafkaClient.report("broker-configs", () -> admin.configs(BROKER));
            KafkaClient.report("alter-configs", admin::alterConfigs);
            KafkaClient.report("alter-configs-refused", admin::alterConfigsRefused);
            KafkaClient.report("partitions", admin::partitions);
            KafkaClient.report("partitions-refused", admin::partitionsRefused);
            KafkaClient.report("list-offsets", admin::listOffsets);
            KafkaClient.report("delete-records", admin::deleteRecords);
            KafkaClient.report("delete-records-refused", admin::deleteRecordsRefused);
            KafkaClient.report("log-dirs", admin::logDirs);
            KafkaClient.report("features", () -> client.describeFeatures().featureMetadata().get()
                .finalizedFeatures().size());
            KafkaClient.report("delete", admin::delete);
        }
    }

    private Object create() throws Exception {
        var byCount = new NewTopic("admin", Optional.of(3), Optional.empty())
            .configs(Map.of("retention.ms", "7200000", "cleanup.policy", "delete"));
        var byAssignment = new NewTopic("admin-assigned", Map.of(0, List.of(1), 1, List.of(1)));
        var created = admin.createTopics(List.of(byCount, byAssignment));
        created.all().get();
        Map<String, Object> found = new LinkedHashMap<>();
        found.put("numPartitions", created.numPartitions("admin").get());
        found.put("replicationFactor", created.replicationFactor("admin").get());
        found.put("retention.ms", created.config("admin").get().get("retention.ms").value());
        found.put("assigned", created.numPartitions("admin-assigned").get());
        found.put("hasId", !created.topicId("admin").get().equals(Uuid.ZERO_UUID));
        admin.createTopics(List.of(new NewTopic("admin-imagined", 1, (short) 1)),
            new CreateTopicsOptions().validateOnly(true)).all().get();
        return found;
    }

    private Object createRefusals() {
        return List.of(
            refusal(new NewTopic("admin", 1, (short) 1)),
            refusal(new NewTopic("admin-three", 1, (short) 3)),
            refusal(new NewTopic("admin-none", 0, (short) 1)),
            refusal(new NewTopic("bad name", 1, (short) 1)),
            refusal(new NewTopic("admin-config", 1, (short) 1).configs(Map.of("retention.ms", "soon"))),
            refusal(new NewTopic("admin-unknown", 1, (short) 1).configs(Map.of("no.such", "1"))));
    }

    private String refusal(NewTopic topic) {
        return refusal(() -> admin.createTopics(List.of(topic)).all().get());
    }

    private static String refusal(java.util.concurrent.Callable<?> work) {
        try {
            return "done: " + work.call();
        } catch (Exception thrown) {
            Throwable cause = thrown.getCause() instanceof ApiException ? thrown.getCause() : thrown;
            return cause.getClass().getSimpleName();
        }
    }

    private Object describe() throws Exception {
        Map<String, TopicDescription> byName = admin.describeTopics(List.of("admin", "admin-assigned"),
            new DescribeTopicsOptions().includeAuthorizedOperations(true)).allTopicNames().get();
        Uuid id = byName.get("admin").topicId();
        TopicDescription byId =
            admin.describeTopics(TopicCollection.ofTopicIds(List.of(id))).allTopicIds().get().get(id);
        Map<String, Object> found = new LinkedHashMap<>();
        found.put("admin", view(byName.get("admin")));
        found.put("admin-assigned", view(byName.get("admin-assigned")));
        found.put("byId", view(byId));
        found.put("sameId", byId.topicId().equals(id));
        found.put("operations", byName.get("admin").authorizedOperations().size());
        return found;
    }

    private static Object view(TopicDescription topic) {
        List<String> partitions = new ArrayList<>();
        for (TopicPartitionInfo at : topic.partitions())
            partitions.add(at.partition() + " led by " + at.leader().id() + " of " + at.replicas().size()
                + ", in sync " + at.isr().size());
        return Map.of("name", topic.name(), "internal", topic.isInternal(), "partitions", partitions);
    }

    /** More partitions than fit one page of two. */
    private Object describeMany() throws Exception {
        Collection<String> names = List.of("admin", "admin-assigned", filled);
        var options = new DescribeTopicsOptions().partitionSizeLimitPerResponse(2);
        Map<String, Integer> counts = new TreeMap<>();
        admin.describeTopics(names, options).allTopicNames().get()
            .forEach((name, topic) -> counts.put(name, topic.partitions().size()));
        return counts;
    }

    private Object cluster() throws Exception {
        var cluster = admin.describeCluster(new DescribeClusterOptions().includeAuthorizedOperations(true));
        var node = cluster.nodes().get().iterator().next();
        return Map.of(
            "nodes", cluster.nodes().get().size(),
            "node", node.id() + " " + node.host() + ":" + node.port(),
            "controller", cluster.controller().get().id(),
            "clusterId", cluster.clusterId().get(),
            "operations", cluster.authorizedOperations().get().size());
    }

    private Object configs(ConfigResource resource) throws Exception {
        Config config = admin.describeConfigs(List.of(resource),
            new DescribeConfigsOptions().includeSynonyms(true).includeDocumentation(true)).all().get().get(resource);
        Map<String, Object> found = new TreeMap<>();
        for (ConfigEntry entry : config.entries()) {
            List<String> synonyms = new ArrayList<>();
            entry.synonyms().forEach(one -> synonyms.add(one.source() + " " + one.name() + "=" + one.value()));
            Map<String, Object> view = new LinkedHashMap<>();
            view.put("value", entry.value());
            view.put("source", entry.source().name());
            view.put("type", entry.type().name());
            view.put("readOnly", entry.isReadOnly());
            view.put("sensitive", entry.isSensitive());
            view.put("synonyms", synonyms);
            view.put("documented", entry.documentation() != null && !entry.documentation().isEmpty());
            found.put(entry.name(), view);
        }
        return found;
    }

    private Object alterConfigs() throws Exception {
        alter(new AlterConfigOp(new ConfigEntry("retention.ms", "3600000"), AlterConfigOp.OpType.SET),
            new AlterConfigOp(new ConfigEntry("max.message.bytes", "5000"), AlterConfigOp.OpType.SET),
            new AlterConfigOp(new ConfigEntry("cleanup.policy", "compact"), AlterConfigOp.OpType.APPEND));
        List<Object> seen = new ArrayList<>(List.of(topicConfig()));
        alter(new AlterConfigOp(new ConfigEntry("retention.ms", null), AlterConfigOp.OpType.DELETE),
            new AlterConfigOp(new ConfigEntry("cleanup.policy", "compact"), AlterConfigOp.OpType.SUBTRACT));
        seen.add(topicConfig());
        return seen;
    }

    private void alter(AlterConfigOp... operations) throws Exception {
        admin.incrementalAlterConfigs(Map.of(TOPIC, List.of(operations))).all().get();
    }

    private String topicConfig() throws Exception {
        Config config = admin.describeConfigs(List.of(TOPIC)).all().get().get(TOPIC);
        return config.get("retention.ms").value() + " " + config.get("max.message.bytes").value() + " "
            + config.get("cleanup.policy").value();
    }

    private Object alterConfigsRefused() {
        return List.of(
            refusal(() -> {
                alter(new AlterConfigOp(new ConfigEntry("retention.ms", "soon"), AlterConfigOp.OpType.SET));
                return "altered";
            }),
            refusal(() -> {
                alter(new AlterConfigOp(new ConfigEntry("no.such", "1"), AlterConfigOp.OpType.SET));
                return "altered";
            }));
    }

    private Object partitions() throws Exception {
        admin.createPartitions(Map.of("admin", NewPartitions.increaseTo(5))).all().get();
        admin.createPartitions(Map.of("admin-assigned", NewPartitions.increaseTo(3, List.of(List.of(1))))).all().get();
        Map<String, Integer> counts = new TreeMap<>();
        admin.describeTopics(List.of("admin", "admin-assigned")).allTopicNames().get()
            .forEach((name, topic) -> counts.put(name, topic.partitions().size()));
        return counts;
    }

    private Object partitionsRefused() {
        return List.of(
            refusal(() -> admin.createPartitions(Map.of("admin", NewPartitions.increaseTo(2))).all().get()),
            refusal(() -> admin.createPartitions(Map.of("nowhere", NewPartitions.increaseTo(2))).all().get()),
            refusal(() -> admin.createPartitions(
                Map.of("admin", NewPartitions.increaseTo(6, List.of(List.of(9))))).all().get()));
    }

    private Object listOffsets() throws Exception {
        TopicPartition at = new TopicPartition(filled, 0);
        Map<String, OffsetSpec> specs = new LinkedHashMap<>();
        specs.put("earliest", OffsetSpec.earliest());
        specs.put("latest", OffsetSpec.latest());
        specs.put("maxTimestamp", OffsetSpec.maxTimestamp());
        specs.put("byTime", OffsetSpec.forTimestamp(KafkaClient.BEGIN_MS + 100));
        specs.put("beyond", OffsetSpec.forTimestamp(KafkaClient.BEGIN_MS + 1_000_000));
        Map<String, Object> found = new LinkedHashMap<>();
        for (var spec : specs.entrySet()) {
            var info = admin.listOffsets(Map.of(at, spec.getValue())).partitionResult(at).get();
            found.put(spec.getKey(), info.offset() + "@" + info.timestamp());
        }
        return found;
    }

    private Object deleteRecords() throws Exception {
        TopicPartition first = new TopicPartition(filled, 0);
        TopicPartition second = new TopicPartition(filled, 1);
        var deleted = admin.deleteRecords(
            Map.of(first, RecordsToDelete.beforeOffset(40), second, RecordsToDelete.beforeOffset(-1)));
        Map<String, Object> found = new TreeMap<>();
        for (TopicPartition at : List.of(first, second)) {
            long lowWatermark = deleted.lowWatermarks().get(at).get().lowWatermark();
            long earliest = admin.listOffsets(Map.of(at, OffsetSpec.earliest())).partitionResult(at).get().offset();
            found.put(at.toString(), lowWatermark + " " + earliest);
        }
        return found;
    }

    private Object deleteRecordsRefused() {
        return List.of(
            refusal(() -> admin.deleteRecords(
                Map.of(new TopicPartition(filled, 0), RecordsToDelete.beforeOffset(1_000_000))).all().get()));
    }

    private Object logDirs() throws Exception {
        var directories = admin.describeLogDirs(Set.of(1)).allDescriptions().get().get(1);
        var directory = directories.values().iterator().next();
        var replica = directory.replicaInfos().get(new TopicPartition(filled, 2));
        Map<String, Object> found = new LinkedHashMap<>();
        found.put("paths", directories.keySet());
        found.put("error", directory.error() == null ? null : directory.error().toString());
        found.put("sizeBytes", replica.size());
        found.put("offsetLag", replica.offsetLag());
        found.put("isFuture", replica.isFuture());
        found.put("hasVolume", directory.totalBytes().orElse(-1) >= directory.usableBytes().orElse(-2)
            && directory.usableBytes().orElse(-1) > 0);
        return found;
    }

    private Object delete() throws Exception {
        Uuid id = admin.describeTopics(List.of("admin-assigned")).allTopicNames().get().get("admin-assigned").topicId();
        admin.deleteTopics(List.of("admin")).all().get();
        admin.deleteTopics(TopicCollection.ofTopicIds(List.of(id))).all().get();
        String again = refusal(() -> admin.deleteTopics(List.of("admin")).all().get());
        return List.of(again, KafkaClient.sorted(admin.listTopics().names().get()));
    }
}

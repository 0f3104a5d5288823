import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.record.CompressionType;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.record.SimpleRecord;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.properties.MetaProperties;
import org.apache.kafka.metadata.properties.PropertiesUtils;
import org.apache.kafka.raft.FileQuorumStateStore;
import org.apache.kafka.server.util.KafkaScheduler;
import org.apache.kafka.storage.internals.checkpoint.CleanShutdownFileHandler;
import org.apache.kafka.storage.internals.checkpoint.LeaderEpochCheckpointFile;
import org.apache.kafka.storage.internals.checkpoint.OffsetCheckpointFile;
import org.apache.kafka.storage.internals.checkpoint.PartitionMetadataFile;
import org.apache.kafka.storage.internals.log.LogConfig;
import org.apache.kafka.storage.internals.log.LogDirFailureChannel;
import org.apache.kafka.storage.internals.log.ProducerStateManager;
import org.apache.kafka.storage.internals.log.ProducerStateManagerConfig;
import org.apache.kafka.storage.internals.log.UnifiedLog;
import org.apache.kafka.storage.log.metrics.BrokerTopicStats;

/**
 * Kafka's own classes on a data directory that is not theirs. `read DIRECTORY` prints as JSON what
 * they find in its small files. `write DIRECTORY` has them write a log: five segments in two leader
 * epochs, every codec, an idempotent producer; it prints how many records.
 */
public final class KafkaFiles {
    private static final LogDirFailureChannel FAILURES = new LogDirFailureChannel(10);
    private static final long NOW_MS = 1_700_000_000_000L;

    public static void main(String[] args) throws Exception {
        Path directory = Path.of(args[1]);
        Object result = args[0].equals("read") ? read(directory) : write(directory);
        System.out.println(new ObjectMapper().writeValueAsString(result));
    }

    private static Object read(Path data) throws Exception {
        Map<String, Object> found = new TreeMap<>();
        for (File file : data.toFile().listFiles())
            if (file.getName().endsWith("-offset-checkpoint")) found.put(file.getName(), offsets(file));
        found.put("meta.properties", new MetaProperties.Builder(
            PropertiesUtils.readPropertiesFile(data.resolve("meta.properties").toString())).build().toProperties());
        CleanShutdownFileHandler marker = new CleanShutdownFileHandler(data.toString());
        found.put("cleanShutdown", marker.exists() ? marker.read().orElse(-1) : null);
        for (File partition : data.toFile().listFiles(File::isDirectory))
            if (partition.getName().matches(".*-\\d+")) found.put(partition.getName(), partition(partition));
        return found;
    }

    private static Map<String, Long> offsets(File file) throws Exception {
        Map<String, Long> offsets = new TreeMap<>();
        new OffsetCheckpointFile(file, FAILURES).read().forEach((at, offset) -> offsets.put(at.toString(), offset));
        return offsets;
    }

    private static Map<String, Object> partition(File directory) throws Exception {
        Map<String, Object> found = new TreeMap<>();
        if (LeaderEpochCheckpointFile.newFile(directory).exists()) {
            List<Long[]> epochs = new ArrayList<>();
            new LeaderEpochCheckpointFile(LeaderEpochCheckpointFile.newFile(directory), FAILURES).read()
                .forEach(entry -> epochs.add(new Long[] {(long) entry.epoch, entry.startOffset}));
            found.put("epochs", epochs);
        }
        PartitionMetadataFile metadata =
            new PartitionMetadataFile(PartitionMetadataFile.newFile(directory), FAILURES);
        if (metadata.exists()) found.put("topicId", metadata.read().topicId().toString());
        File quorumState = new File(directory, "quorum-state");
        if (quorumState.exists())
            found.put("leaderTerm", new FileQuorumStateStore(quorumState).readElectionState().get().epoch());
        Map<String, Object> snapshots = new TreeMap<>();
        for (File file : directory.listFiles())
            if (file.getName().endsWith(".snapshot")) snapshots.put(file.getName(), producers(file));
        found.put("producers", snapshots);
        return found;
    }

    private static List<Object> producers(File snapshot) throws Exception {
        List<Object> producers = new ArrayList<>();
        for (var entry : ProducerStateManager.readSnapshot(snapshot))
            producers.add(Map.of(
                "producerId", entry.producerId(),
                "producerEpoch", entry.producerEpoch(),
                "lastSequence", entry.lastSeq(),
                "lastOffset", entry.lastDataOffset()));
        return producers;
    }

    private static Object write(Path directory) throws Exception {
        Files.createDirectories(directory);
        Properties properties = new Properties();
        properties.put("index.interval.bytes", "200");
        KafkaScheduler scheduler = new KafkaScheduler(1);
        scheduler.startup();
        UnifiedLog log = UnifiedLog.create(directory.toFile(), new LogConfig(properties), 0, 0, scheduler,
            new BrokerTopicStats(), Time.SYSTEM, 300_000, new ProducerStateManagerConfig(86_400_000, false),
            600_000, FAILURES, true, Optional.of(Uuid.fromString("AAECAwQFBgcICQoLDA0ODw")));
        int sequence = 0;
        for (CompressionType type : CompressionType.values()) {
            Compression compression = Compression.of(type).build();
            int epoch = type.id < 2 ? 0 : 1;
            for (int n = 0; n < 20; n++) {
                log.appendAsLeader(MemoryRecords.withRecords(compression, records(log.logEndOffset(), 10)), epoch);
                log.appendAsLeader(MemoryRecords.withIdempotentRecords(
                    compression, 4711L, (short) 2, sequence, records(log.logEndOffset(), 5)), epoch);
                sequence += 5;
            }
            if (type != CompressionType.ZSTD) log.roll();
        }
        log.flush(true);
        log.close();
        scheduler.shutdown();
        return Map.of("records", log.logEndOffset(), "segments", log.numberOfSegments());
    }

    /** Records whose value is their own offset. */
    private static SimpleRecord[] records(long from, int count) {
        SimpleRecord[] records = new SimpleRecord[count];
        for (int n = 0; n < count; n++)
            records[n] = new SimpleRecord(NOW_MS + from + n, bytes("key"), bytes("value " + (from + n)),
                new Header[] {new RecordHeader("made-by", bytes("kafka"))});
        return records;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

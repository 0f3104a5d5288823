import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Kafka's producer and consumer, with their defaults wherever nothing is said. Argument: the
 * bootstrap server. Prints a line for each thing it did: its name, and what came of it as JSON.
 * Judges nothing. Topics are there already: see java-client.test.ts.
 */
public final class KafkaClient {
    static final long BEGIN_MS = 1_700_000_000_000L;
    static final int RECORDS = 300;
    private static final Duration POLL = Duration.ofMillis(200);

    private final String bootstrap;

    private KafkaClient(String bootstrap) {
        this.bootstrap = bootstrap;
    }

    public static void main(String[] args) {
        KafkaClient client = new KafkaClient(args[0]);
        for (String codec : new String[] {"none", "gzip", "snappy", "lz4", "zstd"}) {
            report("produce-" + codec, () -> client.produceCodec(codec));
            report("consume-" + codec, () -> client.consume("java-" + codec));
        }
        report("produce-defaults", client::produceDefaults);
        for (String acks : new String[] {"0", "1", "all"}) report("acks-" + acks, () -> client.produceAcks(acks));
        report("transactional", client::produceTransactional);
        report("refused-batch", client::produceTooLong);
        report("offsets", client::offsets);
        report("seek", client::seek);
        report("reset", client::resetWhenOutOfRange);
        report("sessions", client::sessions);
        report("group", client::subscribe);
    }

    /** Prints what `work` gave, or which exception it threw. */
    static void report(String name, Callable<Object> work) {
        Object result;
        try {
            result = work.call();
        } catch (Exception thrown) {
            Throwable cause = thrown instanceof ExecutionException ? thrown.getCause() : thrown;
            result = Map.of("error", cause.getClass().getSimpleName(), "message", String.valueOf(cause.getMessage()));
        }
        try {
            System.out.println(name + " " + new ObjectMapper().writeValueAsString(result));
        } catch (Exception impossible) {
            throw new AssertionError(impossible);
        }
    }

    private KafkaProducer<String, String> producer(String... settings) {
        return new KafkaProducer<>(properties(settings), new StringSerializer(), new StringSerializer());
    }

    private KafkaConsumer<String, String> consumer(String... settings) {
        return new KafkaConsumer<>(properties(settings), new StringDeserializer(), new StringDeserializer());
    }

    private Properties properties(String... settings) {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", bootstrap);
        for (int n = 0; n < settings.length; n += 2) properties.put(settings[n], settings[n + 1]);
        return properties;
    }

    /** Three partitions, chosen by us; keys, timestamps and headers; a tombstone now and then. */
    private Object produceCodec(String codec) throws Exception {
        List<Future<RecordMetadata>> futures = new ArrayList<>();
        try (var producer = producer("compression.type", codec, "linger.ms", "20")) {
            for (int n = 0; n < RECORDS; n++) {
                String value = n % 50 == 7 ? null : "värde " + n;
                var record = new ProducerRecord<>("java-" + codec, n % 3, BEGIN_MS + n, "k" + n, value);
                record.headers().add("n", ("" + n).getBytes(UTF_8)).add("empty", new byte[0]).add("null", null);
                futures.add(producer.send(record));
            }
        }
        List<String> placed = new ArrayList<>();
        for (var future : futures) placed.add(future.get().partition() + "@" + future.get().offset());
        return placed;
    }

    /** All there is in a topic, partition by partition, read from the beginning. */
    private Object consume(String topic) {
        try (var consumer = consumer("isolation.level", "read_committed")) {
            List<TopicPartition> partitions = partitionsOf(consumer, topic);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<Integer, List<Object>> found = new HashMap<>();
            pollToEnd(consumer, record ->
                found.computeIfAbsent(record.partition(), at -> new ArrayList<>()).add(view(record)));
            return found;
        }
    }

    private static Object view(ConsumerRecord<String, String> record) {
        List<String> headers = new ArrayList<>();
        for (Header header : record.headers())
            headers.add(header.key() + "=" + (header.value() == null ? null : new String(header.value(), UTF_8)));
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("offset", record.offset());
        view.put("timestampMs", record.timestamp());
        view.put("timestampType", record.timestampType().name);
        view.put("leaderEpoch", record.leaderEpoch().orElse(-1));
        view.put("key", record.key());
        view.put("value", record.value());
        view.put("headers", headers);
        return view;
    }

    private static List<TopicPartition> partitionsOf(KafkaConsumer<?, ?> consumer, String topic) {
        List<TopicPartition> partitions = new ArrayList<>();
        consumer.partitionsFor(topic).forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
        return partitions;
    }

    /** Polls until every partition is read up to what its end was at the beginning. */
    private static void pollToEnd(KafkaConsumer<String, String> consumer, Consumer<ConsumerRecord<String, String>> each) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue()))
            consumer.poll(POLL).forEach(each);
    }

    /** Idempotent, acks=all, spread by key; many in flight, no size or time chosen by us. */
    private Object produceDefaults() throws Exception {
        List<Future<RecordMetadata>> futures = new ArrayList<>();
        try (var producer = producer()) {
            for (int n = 0; n < 5000; n++)
                futures.add(producer.send(new ProducerRecord<>("java-defaults", "key " + n % 11, "value " + n)));
        }
        long[] next = new long[3];
        int outOfOrder = 0;
        for (var future : futures)
            if (future.get().offset() != next[future.get().partition()]++) outOfOrder++;
        return Map.of("ends", next, "outOfOrder", outOfOrder);
    }

    private Object produceAcks(String acks) throws Exception {
        List<Long> offsets = new ArrayList<>();
        try (var producer = producer("acks", acks, "enable.idempotence", "false")) {
            for (int n = 0; n < 3; n++)
                offsets.add(producer.send(new ProducerRecord<>("java-acks", acks)).get(20, TimeUnit.SECONDS).offset());
        }
        return offsets;
    }

    private Object produceTransactional() {
        try (var producer = producer("transactional.id", "any", "max.block.ms", "20000")) {
            producer.initTransactions();
            return "initialised";
        }
    }

    private Object produceTooLong() throws Exception {
        try (var producer = producer("max.request.size", "10000000")) {
            return producer.send(new ProducerRecord<>("java-narrow", "x".repeat(5000))).get(20, TimeUnit.SECONDS).offset();
        }
    }

    private Object offsets() {
        try (var consumer = consumer()) {
            List<TopicPartition> partitions = partitionsOf(consumer, "java-none");
            Map<TopicPartition, Long> times = new HashMap<>();
            times.put(partitions.get(0), BEGIN_MS + 150);
            times.put(partitions.get(1), BEGIN_MS + 151);
            times.put(partitions.get(2), BEGIN_MS + RECORDS * 10L);
            Map<String, Object> byTime = new HashMap<>();
            for (Map.Entry<TopicPartition, OffsetAndTimestamp> entry : consumer.offsetsForTimes(times).entrySet())
                byTime.put(entry.getKey().toString(),
                    entry.getValue() == null ? null : entry.getValue().offset() + "@" + entry.getValue().timestamp());
            return Map.of(
                "beginning", named(consumer.beginningOffsets(partitions)),
                "end", named(consumer.endOffsets(partitions)),
                "byTime", byTime);
        }
    }

    static <V> Map<String, V> named(Map<TopicPartition, V> values) {
        Map<String, V> named = new HashMap<>();
        values.forEach((partition, value) -> named.put(partition.toString(), value));
        return named;
    }

    private Object seek() {
        try (var consumer = consumer("max.poll.records", "7")) {
            TopicPartition partition = new TopicPartition("java-lz4", 1);
            consumer.assign(List.of(partition));
            List<Long> offsets = new ArrayList<>();
            for (long from : new long[] {90, 33, 99}) {
                consumer.seek(partition, from);
                pollToEnd(consumer, record -> offsets.add(record.offset()));
            }
            return offsets;
        }
    }

    private Object resetWhenOutOfRange() {
        try (var consumer = consumer("auto.offset.reset", "earliest")) {
            TopicPartition partition = new TopicPartition("java-none", 0);
            consumer.assign(List.of(partition));
            consumer.seek(partition, 1_000_000);
            List<Long> offsets = new ArrayList<>();
            while (offsets.isEmpty()) consumer.poll(POLL).forEach(record -> offsets.add(record.offset()));
            return offsets.get(0);
        }
    }

    /** Many partitions, a record at a time: what fetch sessions are for. Its log says if they are used. */
    private Object sessions() throws Exception {
        List<String> seen = new ArrayList<>();
        try (var consumer = consumer("client.id", "sessions"); var producer = producer()) {
            List<TopicPartition> partitions = partitionsOf(consumer, "java-sessions");
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            for (int n = 0; n < 30; n++) {
                // For two records, half of the partitions are forgotten; then they are added again.
                boolean few = n == 10 || n == 11;
                if (n == 10) consumer.assign(partitions.subList(0, 10));
                if (n == 12) {
                    consumer.assign(partitions);
                    // Those begin at the end: before the next record, and not behind it.
                    partitions.forEach(consumer::position);
                }
                int partition = few ? n - 10 : n * 7 % 20;
                producer.send(new ProducerRecord<>("java-sessions", partition, null, "value " + n)).get();
                for (int before = seen.size(); seen.size() == before;)
                    consumer.poll(POLL).forEach(record -> seen.add(record.partition() + " " + record.value()));
            }
        }
        return seen;
    }

    private Object subscribe() {
        try (var consumer = consumer("group.id", "any")) {
            consumer.subscribe(Collections.singleton("java-none"));
            consumer.poll(Duration.ofSeconds(20));
            return "joined";
        }
    }

    static <E> List<E> sorted(Collection<E> items) {
        List<E> list = new ArrayList<>(items);
        list.sort(null);
        return list;
    }
}

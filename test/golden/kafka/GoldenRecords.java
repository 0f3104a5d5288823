import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.StringJoiner;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.message.LeaderChangeMessage;
import org.apache.kafka.common.record.CompressionType;
import org.apache.kafka.common.record.ControlRecordType;
import org.apache.kafka.common.record.DefaultRecordBatch;
import org.apache.kafka.common.record.EndTransactionMarker;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.record.MemoryRecordsBuilder;
import org.apache.kafka.common.record.MutableRecordBatch;
import org.apache.kafka.common.record.Record;
import org.apache.kafka.common.record.RecordBatch;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.utils.ByteBufferOutputStream;

/**
 * Prints record batches that Kafka's own builder made, one a line: name, bytes in hex, and what
 * Kafka's own reader says is in them, as JSON. Long values are given by their SHA-256.
 */
public final class GoldenRecords {
    private static final long NOW_MS = 1_700_000_000_000L;
    private static final byte MAGIC = RecordBatch.CURRENT_MAGIC_VALUE;
    private static final int LEADER_EPOCH = 7;
    private static final long NO_HORIZON = RecordBatch.NO_TIMESTAMP;

    /** The parts of a batch header that a builder is told. */
    private record Settings(
            Compression compression,
            TimestampType timestampType,
            long baseOffset,
            long producerId,
            short producerEpoch,
            int baseSequence,
            boolean transactional,
            boolean control,
            long deleteHorizonMs) {
        static Settings plain(Compression compression, TimestampType type) {
            return new Settings(compression, type, 1L << 33, -1, (short) -1, -1, false, false, NO_HORIZON);
        }

        static Settings from(long producerId, int epoch, int sequence, boolean transactional, boolean control) {
            return new Settings(Compression.NONE, TimestampType.CREATE_TIME, 100, producerId, (short) epoch,
                sequence, transactional, control, NO_HORIZON);
        }

        MemoryRecordsBuilder builder() {
            return new MemoryRecordsBuilder(new ByteBufferOutputStream(1 << 20), MAGIC, compression, timestampType,
                baseOffset, NOW_MS + 500, producerId, producerEpoch, baseSequence, transactional, control,
                LEADER_EPOCH, 1 << 20, deleteHorizonMs);
        }
    }

    public static void main(String[] args) {
        for (CompressionType type : CompressionType.values()) {
            Compression compression = Compression.of(type).build();
            print(type.name + "-varied", varied(Settings.plain(compression, TimestampType.CREATE_TIME)));
            print(type.name + "-log-append-time", varied(Settings.plain(compression, TimestampType.LOG_APPEND_TIME)));
            // More than any codec puts into one block; nobody wants a megabyte of it uncompressed.
            if (type != CompressionType.NONE)
                print(type.name + "-long", longValues(Settings.plain(compression, TimestampType.CREATE_TIME)));
        }
        print("gzip-level-1", varied(Settings.plain(Compression.gzip().level(1).build(), TimestampType.CREATE_TIME)));
        print("lz4-level-17", varied(Settings.plain(Compression.lz4().level(17).build(), TimestampType.CREATE_TIME)));
        print("zstd-level-22", varied(Settings.plain(Compression.zstd().level(22).build(), TimestampType.CREATE_TIME)));
        print("idempotent", three(Settings.from(1L << 40, Short.MAX_VALUE, 0, false, false)));
        print("idempotent-sequence-wraps", three(Settings.from(0, 0, Integer.MAX_VALUE - 1, false, false)));
        print("transactional", three(Settings.from(77, 3, 12, true, false)));
        print("delete-horizon", three(new Settings(Compression.NONE, TimestampType.CREATE_TIME, 100,
            -1, (short) -1, -1, false, false, NOW_MS + 60_000)));
        print("no-timestamps", noTimestamps());
        print("compacted", compacted());
        print("compacted-to-nothing", compactedToNothing());
        for (ControlRecordType type : new ControlRecordType[] {ControlRecordType.COMMIT, ControlRecordType.ABORT})
            print("control-" + type.name().toLowerCase(Locale.ROOT), MemoryRecords.withEndTransactionMarker(
                100, NOW_MS, LEADER_EPOCH, 77, (short) 3, new EndTransactionMarker(type, 9)));
        print("control-leader-change", MemoryRecords.withLeaderChangeMessage(100, NOW_MS, LEADER_EPOCH,
            ByteBuffer.allocate(256), new LeaderChangeMessage().setLeaderId(1)));
    }

    /** Every shape of a record: keys, values and headers null, empty and present. */
    private static MemoryRecords varied(Settings settings) {
        try (MemoryRecordsBuilder builder = settings.builder()) {
            builder.append(NOW_MS + 3, utf8("key"), utf8("value"));
            builder.append(NOW_MS, (byte[]) null, utf8("no key"));
            builder.append(NOW_MS + 1000, utf8("tombstone"), null);
            builder.append(NOW_MS, (byte[]) null, null);
            builder.append(NOW_MS, new byte[0], new byte[0]);
            builder.append(NOW_MS - 86_400_000L, utf8("clé"), utf8("値😀"), new Header[] {
                new RecordHeader("trace", utf8("abc")),
                new RecordHeader("trace", utf8("again")),
                new RecordHeader("空", new byte[0]),
                new RecordHeader("", (byte[]) null)});
            for (int n = 0; n < 30; n++) builder.append(NOW_MS + n, utf8("k" + n % 3), utf8("the value numbered " + n));
            return builder.build();
        }
    }

    private static MemoryRecords longValues(Settings settings) {
        try (MemoryRecordsBuilder builder = settings.builder()) {
            for (int n = 1; n <= 3; n++) builder.append(NOW_MS, utf8("long"), utf8(("line " + n + "\n").repeat(12_000)));
            return builder.build();
        }
    }

    private static MemoryRecords three(Settings settings) {
        try (MemoryRecordsBuilder builder = settings.builder()) {
            for (int n = 0; n < 3; n++) builder.append(NOW_MS + n, utf8("k" + n), utf8("v" + n));
            return builder.build();
        }
    }

    private static MemoryRecords noTimestamps() {
        try (MemoryRecordsBuilder builder = Settings.plain(Compression.NONE, TimestampType.CREATE_TIME).builder()) {
            for (int n = 0; n < 3; n++) builder.append(RecordBatch.NO_TIMESTAMP, null, utf8("v" + n));
            return builder.build();
        }
    }

    /** What a cleaner leaves: offsets with gaps, and a last offset that is nobody's any more. */
    private static MemoryRecords compacted() {
        try (MemoryRecordsBuilder builder = Settings.from(5, 1, 40, false, false).builder()) {
            builder.appendWithOffset(103, NOW_MS, utf8("a"), utf8("kept"));
            builder.appendWithOffset(108, NOW_MS + 8, utf8("b"), utf8("kept too"));
            builder.overrideLastOffset(120);
            return builder.build();
        }
    }

    private static MemoryRecords compactedToNothing() {
        ByteBuffer buffer = ByteBuffer.allocate(DefaultRecordBatch.RECORD_BATCH_OVERHEAD);
        DefaultRecordBatch.writeEmptyHeader(buffer, MAGIC, 5, (short) 1, 40, 100, 120, LEADER_EPOCH,
            TimestampType.CREATE_TIME, NOW_MS, false, false);
        buffer.flip();
        return MemoryRecords.readableRecords(buffer);
    }

    private static void print(String name, MemoryRecords records) {
        MutableRecordBatch batch = records.batches().iterator().next();
        batch.ensureValid();
        StringJoiner items = new StringJoiner(",", "[", "]");
        for (Record record : batch) items.add(json(record));
        System.out.println(name + " " + hex(records.buffer().duplicate()) + " {"
            + "\"baseOffset\":" + batch.baseOffset()
            + ",\"lastOffset\":" + batch.lastOffset()
            + ",\"partitionLeaderEpoch\":" + batch.partitionLeaderEpoch()
            + ",\"magic\":" + batch.magic()
            + ",\"crc\":" + batch.checksum()
            + ",\"codec\":\"" + batch.compressionType().name + '"'
            + ",\"timestampType\":\"" + batch.timestampType().name + '"'
            + ",\"maxTimestampMs\":" + batch.maxTimestamp()
            + ",\"producerId\":" + batch.producerId()
            + ",\"producerEpoch\":" + batch.producerEpoch()
            + ",\"baseSequence\":" + batch.baseSequence()
            + ",\"lastSequence\":" + batch.lastSequence()
            + ",\"isTransactional\":" + batch.isTransactional()
            + ",\"isControl\":" + batch.isControlBatch()
            + ",\"deleteHorizonMs\":" + (batch.deleteHorizonMs().isPresent() ? batch.deleteHorizonMs().getAsLong() : null)
            + ",\"records\":" + items + '}');
    }

    private static String json(Record record) {
        StringJoiner headers = new StringJoiner(",", "[", "]");
        for (Header header : record.headers())
            headers.add("{\"key\":\"" + header.key() + "\",\"value\":"
                + quoted(header.value() == null ? null : ByteBuffer.wrap(header.value())) + '}');
        return "{\"offset\":" + record.offset() + ",\"timestampMs\":" + record.timestamp()
            + ",\"key\":" + quoted(record.key()) + ",\"value\":" + quoted(record.value())
            + ",\"headers\":" + headers + '}';
    }

    private static String quoted(ByteBuffer bytes) {
        if (bytes == null) return "null";
        return '"' + (bytes.remaining() <= 100 ? hex(bytes) : "sha256:" + sha256(bytes)) + '"';
    }

    private static String sha256(ByteBuffer bytes) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes);
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static String hex(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }
}

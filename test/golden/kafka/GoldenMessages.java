import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.message.ApiMessageType;
import org.apache.kafka.common.message.RequestHeaderData;
import org.apache.kafka.common.message.ResponseHeaderData;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.Message;
import org.apache.kafka.common.protocol.MessageUtil;
import org.apache.kafka.common.protocol.types.BoundField;
import org.apache.kafka.common.protocol.types.RawTaggedField;
import org.apache.kafka.common.protocol.types.Schema;
import org.apache.kafka.common.protocol.types.TaggedFields;
import org.apache.kafka.common.record.BaseRecords;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.record.SimpleRecord;

/**
 * Prints messages as Kafka's own classes write them, one a line: key, version, direction, filling,
 * bytes in hex, value as Kafka's own JSON converter says it. Arguments: KEY:MIN-MAX, for each API wanted.
 *
 * Messages are filled by reflection along the schema of their version, so that nobody can forget a
 * field. The same arguments give the same output.
 */
public final class GoldenMessages {
    /** What a message is filled with. */
    private enum Filling {
        /** A new object: no elements, every default. */
        EMPTY,
        /** One element in every array, and everything else its default. */
        BARE,
        /** The same, and null wherever the version has a null. */
        NULLS,
        /** Two elements in every array, nothing a default; every second element holds extremes. */
        FULL,
        /** FULL, and a tag that no version knows in every struct. */
        FUTURE
    }

    private static final long SAFE = (1L << 53) - 1;
    private static final MemoryRecords RECORDS = MemoryRecords.withRecords(
        Compression.NONE,
        new SimpleRecord(1_700_000_000_000L, "key".getBytes(StandardCharsets.UTF_8), null),
        new SimpleRecord(1_700_000_000_001L, null, "värde".getBytes(StandardCharsets.UTF_8)));

    private final Filling filling;
    /** Makes neighbours differ. */
    private int counter = 0;

    private GoldenMessages(Filling filling) {
        this.filling = filling;
    }

    public static void main(String[] wanted) throws ReflectiveOperationException {
        System.out.println("records " + hex(RECORDS.buffer().duplicate()));
        for (String api : wanted) {
            String[] parts = api.split("[:-]");
            ApiMessageType type = ApiMessageType.fromApiKey(Short.parseShort(parts[0]));
            short min = Short.parseShort(parts[1]);
            short max = Short.parseShort(parts[2]);
            min = (short) Math.max(min, type.lowestSupportedVersion());
            max = (short) Math.min(max, type.highestSupportedVersion(true));
            for (short version = min; version <= max; version++) {
                printHeaders(type, version);
                for (boolean request : new boolean[] {true, false}) printMessages(type, version, request);
            }
        }
    }

    private static void printHeaders(ApiMessageType type, short version) {
        for (String clientId : new String[] {"klient-é", null}) {
            RequestHeaderData header = new RequestHeaderData()
                .setRequestApiKey(type.apiKey())
                .setRequestApiVersion(version)
                .setCorrelationId(Integer.MIN_VALUE + version)
                .setClientId(clientId);
            String json = clientId == null ? "null" : '"' + clientId + '"';
            print(type, version, "request-header " + (clientId == null ? "nulls" : "full"), bytes(header, type.requestHeaderVersion(version)),
                "{\"correlationId\":" + header.correlationId() + ",\"clientId\":" + json + "}");
        }
        ResponseHeaderData header = new ResponseHeaderData().setCorrelationId(Integer.MAX_VALUE - version);
        print(type, version, "response-header full", bytes(header, type.responseHeaderVersion(version)),
            "{\"correlationId\":" + header.correlationId() + "}");
    }

    private static void printMessages(ApiMessageType type, short version, boolean request)
            throws ReflectiveOperationException {
        Schema schema = (request ? type.requestSchemas() : type.responseSchemas())[version];
        boolean flexible = type.requestHeaderVersion(version) >= 2;
        String direction = request ? "request" : "response";
        List<String> seen = new ArrayList<>();
        for (Filling filling : Filling.values()) {
            if (filling == Filling.FUTURE && !flexible) continue;
            ApiMessage message = request ? type.newRequest() : type.newResponse();
            if (filling != Filling.EMPTY) new GoldenMessages(filling).fill(message, schema, 0);
            String hex = bytes(message, version);
            if (seen.contains(hex)) continue;
            seen.add(hex);
            // What nobody knows is in no JSON: the value is that of the line before.
            print(type, version, direction + " " + filling.name().toLowerCase(Locale.ROOT), hex,
                filling == Filling.FUTURE ? "=" : json(message, version));
        }
    }

    private static void print(ApiMessageType type, short version, String what, String hex, String json) {
        System.out.println(type.apiKey() + " " + version + " " + what + " " + hex + " " + json);
    }

    private static String bytes(Message message, short version) {
        return hex(MessageUtil.toByteBufferAccessor(message, version).buffer());
    }

    private static String hex(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes.length == 0 ? "-" : HexFormat.of().formatHex(bytes);
    }

    private static String json(ApiMessage message, short version) throws ReflectiveOperationException {
        Class<?> converter = Class.forName(message.getClass().getName() + "JsonConverter");
        return converter
            .getMethod("write", message.getClass(), short.class, boolean.class)
            .invoke(null, message, version, false)
            .toString();
    }

    /** Sets every field that the schema has; `place` is the struct's number in its array. */
    private void fill(Message message, Schema schema, int place) throws ReflectiveOperationException {
        for (BoundField bound : schema.fields()) {
            if (bound.def.type instanceof TaggedFields tagged) {
                for (var field : new TreeMap<Integer, org.apache.kafka.common.protocol.types.Field>(
                        tagged.fields()).values())
                    set(message, field.name, field.type, place);
            } else set(message, bound.def.name, bound.def.type, place);
        }
        if (filling == Filling.FUTURE)
            message.unknownTaggedFields().add(new RawTaggedField(1000 + place, new byte[] {1, 2, (byte) place}));
    }

    private void set(Message message, String name, org.apache.kafka.common.protocol.types.Type type, int place)
            throws ReflectiveOperationException {
        Field field = fieldCalled(message.getClass(), name);
        Object fallback = field.get(message);
        boolean nullable = type.isNullable() || fallback == null;
        if (filling == Filling.NULLS && nullable) field.set(message, null);
        else if (type.isArray()) {
            Object array = field.getType() == List.class
                ? new ArrayList<>()
                : field.getType().getDeclaredConstructor().newInstance();
            elements(array, field, type.arrayElementType().get());
            field.set(message, array);
        } else if (Message.class.isAssignableFrom(field.getType())) {
            if (filling == Filling.BARE && fallback == null) return;
            Message inner = (Message) field.getType().getDeclaredConstructor().newInstance();
            fill(inner, (Schema) type, place);
            field.set(message, inner);
        } else if (BaseRecords.class.isAssignableFrom(field.getType()))
            field.set(message, isFull() && place % 2 == 0 ? RECORDS : MemoryRecords.EMPTY);
        else if (isFull()) field.set(message, isPort(type) ? port(place) : value(field.getType(), fallback, place));
    }

    @SuppressWarnings("unchecked")
    private void elements(Object array, Field field, org.apache.kafka.common.protocol.types.Type type)
            throws ReflectiveOperationException {
        Class<?> element = elementClass(field);
        for (int place = 0; place < (isFull() ? 2 : 1); place++) {
            Object item;
            if (type instanceof Schema schema) {
                Message message = (Message) element.getDeclaredConstructor().newInstance();
                fill(message, schema, place);
                item = message;
            } else item = value(element, null, place);
            ((Collection<Object>) array).add(item);
        }
    }

    /** Java has no type for it, and so the message an int. */
    private static boolean isPort(org.apache.kafka.common.protocol.types.Type type) {
        return type == org.apache.kafka.common.protocol.types.Type.UINT16;
    }

    private int port(int place) {
        return place % 2 == 1 ? 0xffff : 0x8000 + counter++ % 100;
    }

    private boolean isFull() {
        return filling == Filling.FULL || filling == Filling.FUTURE;
    }

    /** Small and different from its neighbours, or at the end of its type's range. */
    private Object value(Class<?> type, Object fallback, int place) {
        int number = 3 + counter++ % 100;
        boolean extreme = place % 2 == 1;
        boolean negative = number % 2 == 1;
        if (type == boolean.class) return !Boolean.TRUE.equals(fallback);
        if (type == byte.class || type == Byte.class)
            return extreme ? (negative ? Byte.MIN_VALUE : Byte.MAX_VALUE) : (byte) number;
        if (type == short.class || type == Short.class)
            return extreme ? (negative ? Short.MIN_VALUE : Short.MAX_VALUE) : (short) number;
        if (type == int.class || type == Integer.class)
            return extreme ? (negative ? Integer.MIN_VALUE : Integer.MAX_VALUE) : number;
        if (type == long.class || type == Long.class) return extreme ? (negative ? -SAFE : SAFE) : number + (1L << 32);
        if (type == double.class) return extreme ? (negative ? -Double.MAX_VALUE : Double.MIN_VALUE) : number + 0.5;
        if (type == String.class) return extreme ? "漢😀" + number : "s" + number;
        if (type == byte[].class) return ("b" + (extreme ? "\0" : "") + number).getBytes(StandardCharsets.UTF_8);
        if (type == Uuid.class) return new Uuid(0x0123_4567_89ab_cdefL * number, ~number);
        throw new IllegalArgumentException("no value for " + type);
    }

    /** The Java field of a schema's field: `topic_data` is `topicData`. */
    private static Field fieldCalled(Class<?> type, String name) {
        for (Field field : type.getDeclaredFields()) {
            if (!plain(field.getName()).equals(plain(name))) continue;
            field.setAccessible(true);
            return field;
        }
        throw new IllegalArgumentException(type + " has no field " + name);
    }

    private static String plain(String name) {
        return name.replace("_", "").toLowerCase(Locale.ROOT);
    }

    private static Class<?> elementClass(Field field) {
        Type type = field.getType() == List.class ? field.getGenericType() : field.getType().getGenericSuperclass();
        return (Class<?>) ((ParameterizedType) type).getActualTypeArguments()[0];
    }
}

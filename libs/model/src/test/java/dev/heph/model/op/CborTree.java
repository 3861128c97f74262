package dev.heph.model.op;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import com.fasterxml.jackson.dataformat.cbor.CBORParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * CBOR as a tree that can be damaged and still be written in canonical form: the bytes then pass the check of the form and
 * reach the checks of what they mean.
 */
final class CborTree {
    private CborTree() {}

    static byte[] damaged(byte[] cbor, Random random) {
        try (CBORParser in = new CBORFactory().createParser(cbor)) {
            in.nextToken();
            Object tree = read(in);
            List<Object> inner = new ArrayList<>();
            collect(tree, inner);
            Object victim = inner.get(random.nextInt(inner.size()));
            if (victim instanceof List<?>) {
                @SuppressWarnings("unchecked")
                List<Object> list = (List<Object>) victim;
                damage(list, inner, random);
            } else {
                @SuppressWarnings("unchecked")
                Map<String, Object> map = (Map<String, Object>) victim;
                damage(map, inner, random);
            }
            return Cbor.write(out -> write(tree, out));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void damage(List<Object> list, List<Object> inner, Random random) {
        int at = random.nextInt(list.size() + 1);
        if (at == list.size() || random.nextInt(4) == 0) {
            list.add(at, something(inner, random));
        } else if (random.nextInt(3) == 0) {
            list.remove(at);
        } else {
            list.set(at, something(inner, random));
        }
    }

    private static void damage(Map<String, Object> map, List<Object> inner, Random random) {
        List<String> keys = List.copyOf(map.keySet());
        String key = keys.isEmpty() || random.nextInt(3) == 0
                ? String.valueOf(random.nextInt(18))
                : keys.get(random.nextInt(keys.size()));
        if (random.nextInt(4) == 0) {
            map.remove(key);
        } else {
            map.put(key, something(inner, random));
        }
    }

    /** A leaf of any type and extremity, or a copy of another part of the tree. */
    private static Object something(List<Object> inner, Random random) {
        return switch (random.nextInt(9)) {
            case 0 -> random.nextLong();
            case 1 -> (long) random.nextInt(-2, 40);
            case 2 -> List.of(Long.MAX_VALUE, Long.MIN_VALUE, 1L << 32, -1L, 1_795_237_200_000L).get(random.nextInt(5));
            case 3 -> random.nextBoolean();
            case 4 -> List.of("", "node.create", "text.edit", "1E+9999999999", "2026-11-21T09:00[", "two\nlines", "庭",
                    "9".repeat(1_000)).get(random.nextInt(8));
            case 5 -> new byte[List.of(0, 12, 16, 24, 32).get(random.nextInt(5))];
            case 6 -> new ArrayList<>(List.of((long) random.nextInt(7), "2026-13-40T25:00", 5L).subList(0, random.nextInt(4)));
            case 7 -> Null.NULL;
            default -> copy(inner.get(random.nextInt(inner.size())));
        };
    }

    private enum Null { NULL }

    private static Object copy(Object tree) {
        if (tree instanceof List<?> list) {
            return new ArrayList<>(list.stream().map(CborTree::copy).toList());
        }
        if (tree instanceof Map<?, ?> map) {
            Map<String, Object> copy = new TreeMap<>(CborTree::compareKeys);
            map.forEach((key, value) -> copy.put((String) key, copy(value)));
            return copy;
        }
        return tree;
    }

    private static void collect(Object tree, List<Object> inner) {
        if (tree instanceof List<?> list) {
            inner.add(list);
            list.forEach(item -> collect(item, inner));
        } else if (tree instanceof Map<?, ?> map) {
            inner.add(map);
            map.values().forEach(item -> collect(item, inner));
        }
    }

    private static Object read(CBORParser in) throws IOException {
        return switch (in.currentToken()) {
            case START_ARRAY -> {
                List<Object> items = new ArrayList<>();
                while (in.nextToken() != JsonToken.END_ARRAY) {
                    items.add(read(in));
                }
                yield items;
            }
            case START_OBJECT -> {
                Map<String, Object> entries = new TreeMap<>(CborTree::compareKeys);
                while (in.nextToken() == JsonToken.FIELD_NAME) {
                    String key = in.currentName();
                    in.nextToken();
                    entries.put(key, read(in));
                }
                yield entries;
            }
            case VALUE_STRING -> in.getText();
            case VALUE_EMBEDDED_OBJECT -> in.getBinaryValue();
            case VALUE_NUMBER_INT -> in.getLongValue();
            case VALUE_NULL -> Null.NULL;
            default -> in.getBooleanValue();
        };
    }

    private static void write(Object tree, CBORGenerator out) throws IOException {
        switch (tree) {
            case List<?> list -> {
                out.writeStartArray(null, list.size());
                for (Object item : list) {
                    write(item, out);
                }
                out.writeEndArray();
            }
            case Map<?, ?> map -> {
                out.writeStartObject(null, map.size());
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    String key = (String) entry.getKey();
                    if (isNumber(key)) {
                        out.writeFieldId(Integer.parseInt(key));
                    } else {
                        out.writeFieldName(key);
                    }
                    write(entry.getValue(), out);
                }
                out.writeEndObject();
            }
            case String text -> Cbor.text(out, text);
            case byte[] bytes -> out.writeBinary(bytes);
            case Long number -> out.writeNumber(number);
            case Boolean yes -> out.writeBoolean(yes);
            default -> out.writeNull();
        }
    }

    private static boolean isNumber(String key) {
        return key.matches("[0-9]{1,3}");
    }

    private static int compareKeys(String one, String other) {
        if (isNumber(one) && isNumber(other)) {
            return Integer.compare(Integer.parseInt(one), Integer.parseInt(other));
        }
        return Comparator.comparing((String key) -> !isNumber(key)).thenComparing(Cbor.KEY_ORDER).compare(one, other);
    }
}

package dev.heph.cli.rpc;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads JSON (RFC 8259) from UTF-8 bytes. */
final class JsonReader {
    /** The gateway refuses more than 64 levels; this only keeps a strange answer from overflowing the stack. */
    private static final int DEPTH_MAX = 200;

    private final byte[] bytes;
    private final int end;
    private int at;
    private int depth;

    JsonReader(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    JsonReader(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    /** The one value that the bytes hold. */
    Object document() {
        Object value = value();
        blanks();
        if (at < end) {
            throw wrong("the end");
        }
        return value;
    }

    /** Where each member of the object stands: what is passed on as it is need not be read. */
    Map<String, Slice> members() {
        var members = new LinkedHashMap<String, Slice>();
        expect('{');
        if (!next('}')) {
            do {
                String name = string();
                expect(':');
                blanks();
                int from = at;
                skip();
                members.put(name, new Slice(bytes, from, at));
            } while (next(','));
            expect('}');
        }
        return members;
    }

    private Object value() {
        blanks();
        return switch (peek()) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            case 't' -> word("true", Boolean.TRUE);
            case 'f' -> word("false", Boolean.FALSE);
            case 'n' -> word("null", null);
            default -> number();
        };
    }

    private Map<String, Object> object() {
        var object = new LinkedHashMap<String, Object>();
        enter('{');
        if (!next('}')) {
            do {
                String name = string();
                expect(':');
                object.put(name, value());
            } while (next(','));
            expect('}');
        }
        depth--;
        return object;
    }

    private List<Object> array() {
        var array = new ArrayList<Object>();
        enter('[');
        if (!next(']')) {
            do {
                array.add(value());
            } while (next(','));
            expect(']');
        }
        depth--;
        return array;
    }

    private String string() {
        expect('"');
        int from = at;
        while (peek() != '"') {
            if (bytes[at] == '\\') {
                return escaped(from);
            }
            if (bytes[at] >= 0 && bytes[at] < ' ') {
                throw wrong("no control character in a string");
            }
            at++;
        }
        return new String(bytes, from, at++ - from, StandardCharsets.UTF_8);
    }

    /** The rest of a string that has an escape at {@code at}. */
    private String escaped(int from) {
        var text = new StringBuilder();
        int plain = from;
        while (peek() != '"') {
            if (bytes[at] >= 0 && bytes[at] < ' ') {
                throw wrong("no control character in a string");
            }
            if (bytes[at] != '\\') {
                at++;
                continue;
            }
            text.append(new String(bytes, plain, at - plain, StandardCharsets.UTF_8));
            at++;
            text.append(escape());
            plain = at;
        }
        return text.append(new String(bytes, plain, at++ - plain, StandardCharsets.UTF_8))
                .toString();
    }

    private char escape() {
        int c = peek();
        at++;
        return switch (c) {
            case '"', '\\', '/' -> (char) c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> throw wrong("an escape");
        };
    }

    private char unicode() {
        int code = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(peek(), 16);
            if (digit < 0) {
                throw wrong("four hexadecimal digits");
            }
            code = code << 4 | digit;
            at++;
        }
        return (char) code;
    }

    private Object number() {
        int from = at;
        boolean whole = true;
        if (peek() == '-') {
            at++;
        }
        int first = at;
        digits();
        if (bytes[first] == '0' && at > first + 1) {
            throw wrong("no zero in front of a number");
        }
        if (at < end && bytes[at] == '.') {
            whole = false;
            at++;
            digits();
        }
        if (at < end && (bytes[at] | 0x20) == 'e') {
            whole = false;
            at++;
            if (peek() == '+' || peek() == '-') {
                at++;
            }
            digits();
        }
        String text = new String(bytes, from, at - from, StandardCharsets.US_ASCII);
        // The contract sends whole numbers over 2^53 as strings, so one of 18 digits or fewer is all a Long has to
        // hold.
        return whole && text.length() <= 18 ? (Object) Long.valueOf(text) : (Object) Double.valueOf(text);
    }

    private void digits() {
        int from = at;
        while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        if (at == from) {
            throw wrong("a value");
        }
    }

    private Object word(String word, Object meaning) {
        for (int i = 0; i < word.length(); i++, at++) {
            if (peek() != word.charAt(i)) {
                throw wrong("'" + word + "'");
            }
        }
        return meaning;
    }

    /** Passes a value without reading it; that brackets match is all it looks at. */
    private void skip() {
        int open = 0;
        do {
            blanks();
            switch (peek()) {
                case '"' -> skipString();
                case '{', '[' -> {
                    open++;
                    at++;
                }
                case '}', ']' -> {
                    open--;
                    at++;
                }
                case ',', ':' -> at++;
                default -> skipWord();
            }
        } while (open > 0);
    }

    private void skipString() {
        at++;
        while (peek() != '"') {
            at += bytes[at] == '\\' ? 2 : 1;
        }
        at++;
    }

    private void skipWord() {
        int from = at;
        while (at < end && (Character.isLetterOrDigit(bytes[at]) || "+-.".indexOf(bytes[at]) >= 0)) {
            at++;
        }
        if (at == from) {
            throw wrong("a value");
        }
    }

    private void enter(char bracket) {
        expect(bracket);
        if (++depth > DEPTH_MAX) {
            throw wrong("at most " + DEPTH_MAX + " levels");
        }
    }

    private void expect(char c) {
        if (!next(c)) {
            throw wrong("'" + c + "'");
        }
    }

    /** Whether {@code c} comes next, blanks aside; if so it is passed. */
    private boolean next(char c) {
        blanks();
        boolean there = at < end && bytes[at] == c;
        at += there ? 1 : 0;
        return there;
    }

    private void blanks() {
        while (at < end && (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\r' || bytes[at] == '\t')) {
            at++;
        }
    }

    private int peek() {
        if (at >= end) {
            throw wrong("more");
        }
        return bytes[at];
    }

    private JsonException wrong(String expected) {
        return new JsonException("not JSON: " + expected + " expected at byte " + (Math.min(at, end) + 1));
    }

    /** A part of the bytes. */
    record Slice(byte[] bytes, int from, int to) {
        Json json() {
            return new Json(new JsonReader(bytes, from, to).document());
        }
    }
}

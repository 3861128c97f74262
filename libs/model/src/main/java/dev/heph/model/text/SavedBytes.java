package dev.heph.model.text;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** The bytes of a saved text: varints between a header and a checksum. A number that cannot be right is refused on reading. */
final class SavedBytes {
    private static final int CHECKSUM_BYTES = 4;

    private SavedBytes() {}

    private static int checksum(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }

    static final class Writer {
        private byte[] bytes = new byte[256];
        private int length;

        void bytes(byte[] more) {
            room(more.length);
            System.arraycopy(more, 0, bytes, length, more.length);
            length += more.length;
        }

        /** A number that is not negative. */
        void number(long value) {
            room(10);
            long rest = value;
            while ((rest & ~0x7FL) != 0) {
                bytes[length++] = (byte) (rest & 0x7F | 0x80);
                rest >>>= 7;
            }
            bytes[length++] = (byte) rest;
        }

        /** A number of either sign, mostly small. */
        void difference(long value) {
            number(value << 1 ^ value >> 63);
        }

        byte[] checked() {
            int checksum = checksum(bytes, length);
            byte[] all = Arrays.copyOf(bytes, length + CHECKSUM_BYTES);
            ByteBuffer.wrap(all).putInt(length, checksum);
            return all;
        }

        private void room(int more) {
            if (more > bytes.length - length) {
                bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(length, more), bytes.length * 2));
            }
        }
    }

    static final class Reader {
        private final byte[] bytes;
        private final int end;
        private int at;

        private Reader(byte[] bytes, int from, int end) {
            this.bytes = bytes;
            this.at = from;
            this.end = end;
        }

        static Reader checked(byte[] saved, byte[] header) {
            int length = saved.length - CHECKSUM_BYTES;
            if (length < header.length || !Arrays.equals(saved, 0, header.length, header, 0, header.length)) {
                throw new TextException("these bytes are not a saved text of this version");
            }
            if (ByteBuffer.wrap(saved).getInt(length) != checksum(saved, length)) {
                throw new TextException("the saved text is damaged: its checksum does not match");
            }
            return new Reader(saved, header.length, length);
        }

        /** A number from 0 to {@code most}. */
        long number(long most) {
            long value = varint();
            if (value < 0 || value > most) {
                throw new TextException("the saved text is damaged: " + value + " is out of range");
            }
            return value;
        }

        /** A count of things that take at least one byte each, so never more than the bytes that are left. */
        int count() {
            return (int) number(end - at);
        }

        /** {@code base} plus a difference, from 0 to {@code most}. */
        long difference(long base, long most) {
            long zigzag = varint();
            long value = base + (zigzag >>> 1 ^ -(zigzag & 1));
            if (value < 0 || value > most) {
                throw new TextException("the saved text is damaged: " + value + " is out of range");
            }
            return value;
        }

        byte[] bytes(int length) {
            if (length > end - at) {
                throw endsEarly();
            }
            at += length;
            return Arrays.copyOfRange(bytes, at - length, at);
        }

        void end() {
            if (at < end) {
                throw new TextException("the saved text is damaged: bytes are left over");
            }
        }

        private long varint() {
            long value = 0;
            for (int shift = 0; shift < 64; shift += 7) {
                if (at == end) {
                    throw endsEarly();
                }
                byte next = bytes[at++];
                value |= (long) (next & 0x7F) << shift;
                if (next >= 0) {
                    return value;
                }
            }
            throw new TextException("the saved text is damaged: a number does not end");
        }

        private static TextException endsEarly() {
            return new TextException("the saved text is damaged: it ends early");
        }
    }
}

package dev.heph.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class LinesTest {
    private static final int MAX = 100_000;

    /**
     * However the bytes are cut on their way, the lines are the same; the long ones are reported, once each and in
     * their place.
     */
    @Property(tries = 300)
    void linesDoNotDependOnHowTheyArrive(@ForAll @Size(max = 12) List<@IntRange(max = 2 * MAX) Integer> lengths, @ForAll long seed)
            throws IOException {
        Random random = new Random(seed);
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        List<String> expected = new ArrayList<>();
        for (int length : lengths) {
            byte[] line = new byte[length];
            Arrays.fill(line, (byte) ('a' + random.nextInt(26)));
            sent.writeBytes(line);
            sent.write('\n');
            expected.add(length > MAX ? "too long" : describe(line));
        }

        assertThat(read(lines(new Pieces(sent.toByteArray(), random)))).isEqualTo(expected);
    }

    @Test
    void theLastLineNeedsNoNewline() throws IOException {
        assertThat(read(lines("a\nb"))).containsExactly(describe(bytes("a")), describe(bytes("b")));
        assertThat(read(lines(""))).isEmpty();
    }

    @Test
    void aLineThatIsTooLongIsReportedBeforeItEnds() {
        ReadableByteChannel endless = new Pieces(new byte[0], new Random(1)) {
            @Override
            public int read(ByteBuffer into) {
                int count = into.remaining();
                into.put(new byte[count]);
                return count;
            }
        };
        assertThatThrownBy(() -> lines(endless).next()).isInstanceOf(HephException.class);
    }

    @Test
    void aLineForWhichTheOthersLeaveNoRoomIsPassedOver() throws IOException {
        String text = "a\n" + "b".repeat(60_000) + "\nc\n" + "d".repeat(60_000) + "\n";
        LineBudget budget = new LineBudget(70_000);
        Lines first = new Lines(new Pieces(bytes(text), new Random(1)), MAX, budget);
        Lines second = new Lines(new Pieces(bytes(text), new Random(2)), MAX, budget);
        first.next();
        assertThat(first.next().orElseThrow()).as("held while it is worked on").hasSize(60_000);
        second.next();
        assertThatThrownBy(second::next).isInstanceOfSatisfying(
                HephException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TOO_LARGE));
        assertThat(second.next().orElseThrow()).isEqualTo(bytes("c"));
        assertThat(first.next().orElseThrow()).isEqualTo(bytes("c"));
        assertThat(budget.freeBytes()).isEqualTo(70_000);
        assertThat(second.next().orElseThrow()).hasSize(60_000);
        second.close();
        assertThat(budget.freeBytes()).isEqualTo(70_000);
    }

    private static Lines lines(String text) {
        return lines(new Pieces(bytes(text), new Random(1)));
    }

    private static Lines lines(ReadableByteChannel in) {
        return new Lines(in, MAX, new LineBudget(MAX));
    }

    private static List<String> read(Lines lines) throws IOException {
        List<String> read = new ArrayList<>();
        while (true) {
            try {
                var line = lines.next();
                if (line.isEmpty()) {
                    return read;
                }
                read.add(describe(line.get()));
            } catch (HephException tooLong) {
                read.add("too long");
            }
        }
    }

    private static String describe(byte[] line) {
        return line.length + " " + Arrays.hashCode(line);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Hands out bytes in pieces of any length. */
    private static class Pieces implements ReadableByteChannel {
        private final ByteBuffer bytes;
        private final Random random;

        Pieces(byte[] bytes, Random random) {
            this.bytes = ByteBuffer.wrap(bytes);
            this.random = random;
        }

        @Override
        public int read(ByteBuffer into) {
            if (!bytes.hasRemaining()) {
                return -1;
            }
            int most = random.nextBoolean() ? 3 : 50_000;
            int count = Math.min(Math.min(into.remaining(), bytes.remaining()), 1 + random.nextInt(most));
            byte[] piece = new byte[count];
            bytes.get(piece);
            into.put(piece);
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}

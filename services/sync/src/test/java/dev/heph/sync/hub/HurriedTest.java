package dev.heph.sync.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HurriedTest {
    private final AtomicLong nanos = new AtomicLong();

    private InputStream body(long nanosPerRead) {
        return new Hurried(new ByteArrayInputStream(new byte[100]) {
            @Override
            public synchronized int read(byte[] bytes, int from, int length) {
                nanos.addAndGet(nanosPerRead);
                return super.read(bytes, from, Math.min(length, 1));
            }
        }, Duration.ofSeconds(60), nanos::get);
    }

    @Test
    void whatComesInTimeIsReadWhole() throws Exception {
        assertThat(body(500_000_000L).readNBytes(1_000)).hasSize(100);
    }

    @Test
    void whatComesByteByByteIsBrokenOff() {
        assertThatThrownBy(() -> body(1_000_000_000L).readNBytes(1_000)).hasMessage("the parcel did not come within 60 s; it is sent again by itself");
        assertThat(nanos.get()).isEqualTo(61_000_000_000L);
    }
}

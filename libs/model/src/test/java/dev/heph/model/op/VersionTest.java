package dev.heph.model.op;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.model.id.DeviceId;
import dev.heph.model.id.Id;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VersionTest {
    private static final DeviceId LAPTOP = new DeviceId(new Id(1, 1));
    private static final DeviceId PHONE = new DeviceId(new Id(2, 2));

    @Property
    void revAndBytesRoundTrip(@ForAll @Size(max = 5) Map<Long, @LongRange(min = 1) Long> seqs) {
        TreeMap<DeviceId, Long> byDevice = new TreeMap<>();
        seqs.forEach((device, seq) -> byDevice.put(new DeviceId(new Id(device, ~device)), seq));
        Version version = new Version(byDevice);
        assertThat(Version.parse(version.rev())).contains(version);
        assertThat(Version.of(version.bytes())).contains(version);
    }

    @Test
    void theEmptyVersionIsNought() {
        assertThat(Version.EMPTY.rev()).isEqualTo("0");
        assertThat(Version.parse("0")).contains(Version.EMPTY);
    }

    @Test
    void aVersionHoldsAllADeviceWroteUpToANumber() {
        Version version = Version.EMPTY.with(new OpId(LAPTOP, 5));
        assertThat(version.includes(new OpId(LAPTOP, 5))).isTrue();
        assertThat(version.includes(new OpId(LAPTOP, 4))).isTrue();
        assertThat(version.includes(new OpId(LAPTOP, 6))).isFalse();
        assertThat(version.includes(new OpId(PHONE, 1))).isFalse();
        assertThat(version.with(new OpId(LAPTOP, 3))).isEqualTo(version);
    }

    @Test
    void neitherOfTwoConcurrentVersionsIncludesTheOther() {
        Version one = Version.EMPTY.with(new OpId(LAPTOP, 5));
        Version other = Version.EMPTY.with(new OpId(PHONE, 1));
        assertThat(one.includes(other)).isFalse();
        assertThat(other.includes(one)).isFalse();
        assertThat(one.with(new OpId(PHONE, 2)).includes(other)).isTrue();
        assertThat(one.includes(Version.EMPTY)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "AAAA", "not base64!", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void whatIsNoRevIsRefused(String text) {
        assertThat(Version.parse(text)).isEmpty();
    }
}

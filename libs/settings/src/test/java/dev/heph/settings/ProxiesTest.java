package dev.heph.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxiesTest {
    private final Proxies proxies = Proxies.of("10.42.0.0/16, 192.0.2.7, fd00:42::/56");

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", value = {
        "198.51.100.1   | 203.0.113.9              | 198.51.100.1",
        "10.42.3.4      | -                        | 10.42.3.4",
        "10.42.3.4      | 203.0.113.9              | 203.0.113.9",
        "10.42.3.4      | 6.6.6.6, 203.0.113.9     | 203.0.113.9",
        "10.42.3.4      | 203.0.113.9, 192.0.2.7   | 203.0.113.9",
        "10.42.3.4      | 6.6.6.6, 192.0.2.8       | 192.0.2.8",
        "10.43.0.1      | 203.0.113.9              | 10.43.0.1",
        "10.42.3.4      | 10.42.9.9                | 10.42.9.9",
        "10.42.3.4      | 203.0.113.9, nonsense    | 10.42.3.4",
        "10.42.3.4      | 203.0.113.9, id.example  | 10.42.3.4",
        "10.42.3.4      | 203.0.113.9,             | 10.42.3.4",
        "fd00:42:0:7f::1 | 2001:db8::1             | 2001:db8:0:0:0:0:0:1",
        "fd00:42:0:100::1 | 2001:db8::1            | fd00:42:0:100:0:0:0:1",
        "::ffff:10.42.3.4 | 203.0.113.9            | 203.0.113.9",
    })
    void whoCalledIsTheLastWhoIsNoProxy(String peer, String forwarded, String caller) {
        assertThat(proxies.caller(peer, forwarded == null ? List.of() : List.of(forwarded))).isEqualTo(caller);
    }

    @Test
    void severalHeadersAreReadAsOne() {
        assertThat(proxies.caller("10.42.3.4", List.of("6.6.6.6", "203.0.113.9"))).isEqualTo("203.0.113.9");
        assertThat(Proxies.NONE.caller("10.42.3.4", List.of("203.0.113.9"))).isEqualTo("10.42.3.4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"id.example", "10.42.0.0/33", "10.42.0.0/-1", "10.42.0.0/x", "10.42.0.0/16,", "10.42"})
    void whatIsNoNetworkIsNoSetting(String text) {
        assertThatThrownBy(() -> Proxies.of(text)).isInstanceOf(IllegalArgumentException.class);
    }
}

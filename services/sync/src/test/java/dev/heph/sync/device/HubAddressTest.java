package dev.heph.sync.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heph.error.HephException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HubAddressTest {
    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:7800, http://127.0.0.1:7800",
        "' HTTP://LocalHost:7800/ ', http://localhost:7800",
        "http://[::1]:7800//, http://[::1]:7800",
        "http://127.9.8.7, http://127.9.8.7",
        "https://Hub.example, https://hub.example",
        "https://hub.example:8443/heph/, https://hub.example:8443/heph"
    })
    void hasOneSpelling(String given, String kept) {
        assertThat(HubAddress.of(given, false)).hasToString(kept);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hub.example", "ftp://hub.example", "http://", "http:///x", "http://a b", "127.0.0.1:7800", "http://127.0.0.1:99999"})
    void mustBeAnAddress(String given) {
        assertThatThrownBy(() -> HubAddress.of(given, false))
                .isInstanceOf(HephException.class)
                .hasMessage("'" + given + "' is no address of a hub; give an address such as http://127.0.0.1:7800");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://me:secret@hub.example", "https://hub.example?x=1", "https://hub.example#x"})
    void carriesNothingElseAndNoPasswordIsRepeated(String given) {
        assertThatThrownBy(() -> HubAddress.of(given, false))
                .hasMessageContaining("more than scheme, host, port and path")
                .message().doesNotContain("secret");
    }

    /** {@code localhost.example} and {@code 127.0.0.1.example} are names that anybody may own. */
    @ParameterizedTest
    @ValueSource(strings = {"http://hub.example", "http://192.168.1.5:7800", "http://localhost.example", "http://127.0.0.1.example", "http://0.0.0.0:1"})
    void isReachedUnencryptedOnThisMachineOnly(String given) {
        assertThatThrownBy(() -> HubAddress.of(given, false)).hasMessageContaining("give its https address");
        assertThat(HubAddress.of(given, true)).hasToString(given);
    }
}

package dev.heph.model.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.heph.model.id.DerivedId;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceKeyTest {
    private static final HexFormat HEX = HexFormat.of();

    /** RFC 8032 §7.1, tests 1 to 3. */
    @ParameterizedTest
    @CsvSource({
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60,"
                + "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb,"
                + "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7,"
                + "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
    })
    void aSeedMakesThePublicKeyOfTheStandard(String seed, String publicKey) {
        DeviceKey key = new DeviceKey(HEX.parseHex(seed));
        assertThat(key.publicKey()).hasToString(publicKey);
        assertThat(key.device()).isEqualTo(DerivedId.device(HEX.parseHex(publicKey)));
    }

    /** The platform's own Ed25519 verifies what ours signed: "heph/segment/1\n" and the chain hash. */
    @Test
    void aSignatureIsPlainEd25519OverContextAndChain() throws Exception {
        DeviceKey key = Devices.key("laptop");
        Bundle bundle = new Author(Header.PERSONAL, key.device(), Head.START)
                .write(new Hlc(1, 0), Action.single(key.device().id()), new TreeMap<>(),
                        List.of(new Op.Tombstone(key.device().id())))
                .getFirst();
        Segment segment = Segment.sign(List.of(bundle), key);

        byte[] spki = HEX.parseHex("302a300506032b6570032100" + key.publicKey());
        PublicKey platformKey = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(spki));
        Signature verifier = Signature.getInstance("Ed25519");
        verifier.initVerify(platformKey);
        verifier.update("heph/segment/1\n".getBytes(StandardCharsets.US_ASCII));
        verifier.update(bundle.chain().bytes());
        assertThat(verifier.verify(segment.signature())).isTrue();
    }

    @Test
    void aKeyIsMadeFrom32Bytes() {
        assertThatIllegalArgumentException().isThrownBy(() -> new DeviceKey(new byte[31])).withMessageContaining("32");
    }

    /** For ever the same: copies of different versions of heph come to one key. */
    @Test
    void theKeyAfterAChainFollowsFromBothAlone() {
        DeviceKey key = Devices.key("laptop");
        Bytes32 chain = Bytes32.sha256(new byte[] {1});
        byte[] expected = HEX.parseHex(HEX.formatHex("heph/key-after/1\n".getBytes(StandardCharsets.US_ASCII)) + HEX.formatHex(key.seed()) + chain);
        assertThat(key.after(chain).seed()).isEqualTo(Bytes32.sha256(expected).bytes());
        assertThat(List.of(key, key.after(chain), key.after(Bytes32.ZERO), Devices.key("phone").after(chain), key.after(chain).after(chain)))
                .extracting(DeviceKey::device).doesNotHaveDuplicates();
    }

    @Test
    void changingTheSeedLaterDoesNotChangeTheKey() {
        byte[] seed = Devices.seed("laptop");
        DeviceKey key = new DeviceKey(seed);
        seed[0] ^= 1;
        assertThat(key.sign(Bytes32.ZERO)).isEqualTo(Devices.key("laptop").sign(Bytes32.ZERO));
        assertThat(key.publicKey()).isEqualTo(Devices.key("laptop").publicKey());
    }
}

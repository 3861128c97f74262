package dev.heph.model.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.model.id.Id;
import dev.heph.model.op.Bundle;
import dev.heph.model.op.Bytes32;
import dev.heph.model.op.Devices;
import dev.heph.model.op.Head;
import dev.heph.model.op.Op;
import dev.heph.model.register.Field;
import dev.heph.model.register.Value;
import org.junit.jupiter.api.Test;

/** "Devices" in docs/design/merge.md: what counts of a device whose right to write has ended. */
class RevocationMergeTest {
    private static final Id NOTE = new Id(1, 1);

    private final Replica laptop = new Replica("laptop");
    private final Replica phone = new Replica("phone");
    private final Replica desktop = new Replica("desktop");

    @Test
    void ofTwoRevocationsTheEarlierEndCounts() {
        Head early = new Head(3, Bytes32.ZERO);
        laptop.write(new Op.DeviceRevoke(phone.device(), new Head(5, Bytes32.ZERO)));
        desktop.write(new Op.DeviceRevoke(phone.device(), early));
        Replica.exchange(laptop, desktop);
        assertThat(laptop.facts().ended(phone.device())).contains(early);
        assertThat(desktop.facts().ended(phone.device())).contains(early);
    }

    @Test
    void whatARevokedDeviceWroteBeforeItsEndStaysAndWhatItWroteAfterThatIsLeftOut() {
        title(phone, "Oats");
        laptop.pull(phone);
        Head last = phone.log().getLast().head();
        title(phone, "Stolen");
        desktop.pull(phone);
        Bundle revoked = laptop.write(new Op.DeviceRevoke(phone.device(), last));
        assertThat(desktop.register(NOTE, Field.TITLE).value()).contains(Value.text("Stolen"));
        desktop.receive(revoked);
        laptop.pull(phone);
        assertThat(laptop.register(NOTE, Field.TITLE).value()).as("it came after the revocation").contains(Value.text("Oats"));
        assertThat(desktop.register(NOTE, Field.TITLE).value()).as("it came before the revocation").contains(Value.text("Oats"));
        assertThat(desktop.facts()).hasToString(laptop.facts().toString());
        assertThat(desktop.unapplied()).containsExactly(phone.log().getLast().opId(0));
    }

    @Test
    void whatTheOneWhoRevokesHadBuiltOnStays() {
        title(phone, "Oats");
        title(phone, "Barley");
        laptop.pull(phone);
        laptop.write(new Op.DeviceRevoke(phone.device(), new Head(1, Bytes32.ZERO)));
        assertThat(laptop.facts().ended(phone.device()).map(Head::seq)).contains(phone.log().getLast().head().seq());
        assertThat(laptop.register(NOTE, Field.TITLE).value()).contains(Value.text("Barley"));
        desktop.write(new Op.DeviceRevoke(phone.device(), new Head(1, Bytes32.ZERO)));
        desktop.pull(phone);
        assertThat(desktop.register(NOTE, Field.TITLE).value()).as("it had seen nothing").contains(Value.text("Oats"));
        Replica.exchange(laptop, desktop);
        assertThat(laptop.facts()).hasToString(desktop.facts().toString());
    }

    @Test
    void nobodyRevokesHimself() {
        title(phone, "Oats");
        phone.write(new Op.DeviceRevoke(phone.device(), Head.START));
        laptop.pull(phone);
        assertThat(laptop.facts().ended(phone.device())).isEmpty();
        assertThat(laptop.register(NOTE, Field.TITLE).value()).contains(Value.text("Oats"));
    }

    @Test
    void aNameThatADeviceGivesItselfAfterItsEndDoesNotCount() {
        Bytes32 key = Devices.key("phone").publicKey();
        phone.write(new Op.DeviceEnrol(key, "phone"));
        laptop.pull(phone);
        laptop.write(new Op.DeviceRevoke(phone.device(), phone.log().getLast().head()));
        Bundle renamed = phone.write(new Op.DeviceEnrol(key, "laptop"));
        laptop.receive(renamed);
        assertThat(laptop.unapplied()).containsExactly(renamed.opId(0));
    }

    /** Else it would matter which of the two came first. */
    @Test
    void twoThatRevokeEachOtherAreBothRevoked() {
        title(phone, "Oats");
        title(laptop, "Barley");
        Replica.exchange(phone, laptop);
        Head ofPhone = phone.log().stream().filter(bundle -> bundle.header().device().equals(phone.device())).toList().getLast().head();
        Head ofLaptop = laptop.log().stream().filter(bundle -> bundle.header().device().equals(laptop.device())).toList().getLast().head();
        Bundle one = phone.write(new Op.DeviceRevoke(laptop.device(), ofLaptop));
        Bundle other = laptop.write(new Op.DeviceRevoke(phone.device(), ofPhone));
        desktop.pull(phone);
        desktop.receive(other);
        laptop.receive(one);
        assertThat(desktop.facts().ended(phone.device())).contains(ofPhone);
        assertThat(desktop.facts().ended(laptop.device())).contains(ofLaptop);
        assertThat(laptop.facts()).hasToString(desktop.facts().toString());
    }

    private static Bundle title(Replica replica, String title) {
        return replica.set(NOTE, Field.TITLE, Value.text(title));
    }
}

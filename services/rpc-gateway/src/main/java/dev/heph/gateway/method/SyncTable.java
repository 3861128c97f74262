package dev.heph.gateway.method;

import static dev.heph.gateway.method.Param.optional;
import static dev.heph.gateway.method.Param.required;
import static dev.heph.gateway.method.Table.SOME_TEXT;

import java.util.List;

/** The part of the table that is about other devices, and about copies of everything. */
final class SyncTable {
    private SyncTable() {}

    static List<Method> of(Handlers handlers) {
        return List.of(
                new Method("hub.join", "Syncs with a hub from now on",
                        List.of(required("url", SOME_TEXT, "the hub's address, such as http://127.0.0.1:7800")),
                        "SyncStatus", true, handlers.sync()),
                new Method("hub.leave", "Syncs with no hub any more; everything stays here", List.of(), "SyncStatus", true, handlers.sync()),
                new Method("sync.now", "Syncs with the hub now", List.of(), "Synced", true, handlers.sync()),
                new Method("sync.status", "How this device stands with its hub, or the hub with its devices", List.of(), "SyncStatus", true,
                        handlers.sync()),
                new Method("sync.compare", "Syncs, and compares all that is here with all that the hub has", List.of(), "Compared", true,
                        handlers.compare()),
                new Method("device.list", "The devices of which something is here, the one that wrote last first", List.of(), "Devices", false,
                        handlers.forward()),
                new Method("device.name", "Calls this device otherwise",
                        List.of(required("id", SOME_TEXT, "its id: a device names itself"), required("name", SOME_TEXT, "one line, at most 100 letters")),
                        "Device", true, handlers.forward()),
                new Method("device.revoke", "Ends another device's right to write: what is here of it stays, what it wrote or writes after that is left out",
                        List.of(required("id", SOME_TEXT, "whose"),
                                optional("last_seq", new Type.Whole(0, Integer.MAX_VALUE), "its seq as it was shown; nothing is revoked if there is more by now")),
                        "Device", true, handlers.forward()),
                new Method("backup", "Copies everything, with the device's key, into one file", List.of(
                                optional("path", Table.PATH, "a file that is not there, or a directory; beside the data without"),
                                optional("keep", new Type.Whole(1, 10_000), "how many are left in that directory, the newest; all without")),
                        "Backup", true, handlers.backup()));
    }
}

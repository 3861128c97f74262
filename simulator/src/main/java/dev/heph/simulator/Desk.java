package dev.heph.simulator;

import dev.heph.model.id.Id;
import dev.heph.model.op.Version;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What lies outside of heph: texts that people have open in an editor, and files that they import. */
final class Desk {
    /** A text that was loaded, perhaps long ago. @param occurrence in whose list its boxes are ticked */
    record Open(int step, Id id, String text, Version version, Optional<Id> occurrence) {}

    private final Map<Integer, List<Open>> open = new HashMap<>();
    private final Map<String, String> files = new HashMap<>();
    private final Map<String, String> byHash = new HashMap<>();

    List<Open> openAt(Peer peer) {
        return open.computeIfAbsent(peer.index(), any -> new ArrayList<>());
    }

    /** Its editors are copied with it. */
    void copied(Peer peer, Peer copy) {
        open.put(copy.index(), new ArrayList<>(openAt(peer)));
    }

    /** Its editors are closed, and what was not saved in them is gone. */
    void closed(Peer peer) {
        open.remove(peer.index());
    }

    String file(String path) {
        return files.getOrDefault(path, "");
    }

    void file(String path, String text, String hash) {
        files.put(path, text);
        byHash.put(hash, text);
    }

    /** What a file said when it had this hash. */
    String ofHash(String hash) {
        return byHash.get(hash);
    }
}

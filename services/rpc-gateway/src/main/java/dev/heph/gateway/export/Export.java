package dev.heph.gateway.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.gateway.method.Call;
import dev.heph.gateway.method.Handler;
import dev.heph.gateway.method.Progress;
import dev.heph.gateway.service.Store;
import dev.heph.runtime.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The method {@code export}. Twice over the nodes: first without their bodies, to know all names before the first file
 * is written, then page by page to write them. Where there are files already, once more between the two, so that what
 * may not be replaced is found before anything is.
 */
public final class Export implements Handler {
    private static final int NAMES_A_PAGE = 2_000;
    private static final int NODES_A_PAGE = 100;

    private final Store store;

    public Export(Store store) {
        this.store = store;
    }

    @Override
    public byte[] handle(Call call) {
        JsonNode params = call.read();
        boolean force = params.path("force").asBoolean(false);
        Target target = Target.open(params.path("path").asText(), force);
        Layout layout = new Layout();
        long total = plan(call, layout);
        Map<String, String> earlier = target.earlier();
        Overwriting overwriting = new Overwriting(target, earlier, force);
        if (!force && !target.fresh()) {
            check(call, total, layout, overwriting);
        }
        target.mark();
        Manifest manifest = new Manifest();
        long count = write(call, total, layout, target, overwriting, manifest);
        removeStale(earlier, target, layout, manifest);
        target.write(Manifest.FILE, manifest.toBytes());
        return Json.bytes(Json.object().put("count", count).put("path", target.root().toString()));
    }

    private long plan(Call call, Layout layout) {
        long[] total = {0};
        List<JsonNode> sourced = new ArrayList<>();
        pages(call, "node.list", Json.object().put("sort", "created").put("limit", NAMES_A_PAGE), page -> {
            total[0] = page.path("total").asLong();
            page.path("nodes").valueStream().filter(node -> node.has("source")).forEach(sourced::add);
        });
        sourced.sort(Comparator.comparing(node -> node.path("id").asText())); // wherever they were made: a copy exports the same
        layout.placeSourced(sourced);
        return total[0];
    }

    private void check(Call call, long total, Layout layout, Overwriting overwriting) {
        call.progress().at(0, total, "checking what is there");
        pages(call, "export.page", Json.object().put("limit", NODES_A_PAGE), page -> {
            for (JsonNode node : page.path("nodes")) {
                if (Markdown.has(node)) {
                    overwriting.check(layout.path(node), Markdown.of(node));
                }
            }
        });
        overwriting.require();
    }

    private long write(
            Call call, long total, Layout layout, Target target, Overwriting overwriting, Manifest manifest) {
        Progress progress = call.progress();
        progress.at(0, total, "exporting");
        long[] count = {0};
        pages(call, "export.page", Json.object().put("limit", NODES_A_PAGE), page -> {
            for (JsonNode node : page.path("nodes")) {
                if (!Markdown.has(node)) {
                    manifest.add(node);
                    continue;
                }
                String path = layout.path(node);
                byte[] content = Markdown.of(node);
                overwriting.check(path, content); // again, for a node that came meanwhile
                overwriting.require();
                target.write(path, content);
                manifest.add(path, node, content);
                count[0]++;
                progress.at(count[0], Math.max(total, count[0]), "exporting");
            }
        });
        return count[0];
    }

    private static void removeStale(Map<String, String> earlier, Target target, Layout layout, Manifest manifest) {
        earlier.forEach((path, sha256) -> {
            if (!manifest.lists(path) && layout.taken(path).filter(now -> target.sameFile(path, now)).isEmpty()) {
                target.remove(path, sha256);
            }
        });
    }

    private void pages(Call call, String method, ObjectNode params, Consumer<JsonNode> page) {
        for (JsonNode next = null; next == null || next.isTextual(); ) {
            if (!call.session().open()) {
                throw new HephException(Reason.AWAY, "the export stopped: who asked for it is gone");
            }
            JsonNode answer = store.call(method, params, call.client(), Store.PATIENT);
            page.accept(answer);
            next = answer.path("next");
            params.set("after", next);
        }
    }
}

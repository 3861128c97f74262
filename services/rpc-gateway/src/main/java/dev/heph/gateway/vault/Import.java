package dev.heph.gateway.vault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.gateway.method.Call;
import dev.heph.gateway.method.Handler;
import dev.heph.gateway.rpc.JsonText;
import dev.heph.gateway.service.Store;
import dev.heph.model.id.IdMint;
import dev.heph.runtime.Json;
import dev.heph.settings.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** The method {@code import}: checks the folder, has it taken in, and sums up. */
public final class Import implements Handler {
    private final Store store;
    private final Vaults vaults;
    private final IdMint ids;

    /** @param ids name the imports in the log */
    public Import(Store store, Vaults vaults, IdMint ids) {
        this.store = store;
        this.vaults = vaults;
        this.ids = ids;
    }

    @Override
    public byte[] handle(Call call) {
        Path root = root(call.text("path").orElseThrow());
        String vault = call.text("vault").orElseGet(() -> name(root));
        Folder folder = FolderWalk.of(root);
        if (!folder.notes().isEmpty()) {
            vaults.claim(vault, root);
        }
        Intake intake = new Intake(store, call, folder, vault, ids.mint().toString());
        intake.run();
        return Json.bytes(result(folder, intake, total(call)));
    }

    private ObjectNode result(Folder folder, Intake intake, long total) {
        ObjectNode result = Json.object()
                .put("files", folder.notes().size())
                .put("created", intake.created())
                .put("updated", intake.updated())
                .put("unchanged", intake.unchanged());
        ArrayNode skipped = result.putArray("skipped");
        intake.skipped().forEach(file -> skipped.addObject().put("path", file.path()).put("reason", file.reason()));
        return result.put("hidden", folder.hidden()).put("attachments", folder.attachments()).put("notes_total", total);
    }

    private long total(Call call) {
        ObjectNode docs = Json.object().put("kind", "doc").put("limit", 1);
        JsonNode page = store.call("node.list", docs, call.client(), Store.PATIENT);
        return page.path("total").asLong();
    }

    private static Path root(String path) {
        try {
            Path root = Path.of(path).toRealPath();
            if (!Files.isDirectory(root)) {
                throw refusal(path, "is a file: give the folder it is in");
            }
            return root;
        } catch (IOException e) {
            throw refusal(path, "cannot be imported: " + IoReason.of(e));
        } catch (InvalidPathException e) {
            throw refusal(path, "is no path");
        }
    }

    private static String name(Path root) {
        return Optional.ofNullable(root.getFileName())
                .map(Path::toString)
                .orElseThrow(() -> refusal("/", "is everything this machine has: give the folder of your notes"));
    }

    private static HephException refusal(String path, String why) {
        return new HephException(Reason.INVALID_PARAMS, JsonText.quote(path) + " " + why);
    }
}

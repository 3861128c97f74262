package dev.heph.gateway.vault;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.gateway.export.Exported;
import dev.heph.gateway.foreign.NoteTasks;
import dev.heph.gateway.intake.Skipped;
import dev.heph.gateway.method.Call;
import dev.heph.gateway.method.Handler;
import dev.heph.gateway.rpc.JsonText;
import dev.heph.gateway.service.Store;
import dev.heph.gateway.vault.Folder.Entry;
import dev.heph.model.date.Now;
import dev.heph.model.id.IdMint;
import dev.heph.runtime.Json;
import dev.heph.settings.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The method {@code import}: checks the folder, has it taken in, and sums up. */
public final class Import implements Handler {
    private final Store store;
    private final Vaults vaults;
    private final IdMint ids;
    private final Supplier<Now> now;

    /** @param ids name the imports in the log */
    public Import(Store store, Vaults vaults, IdMint ids, Supplier<Now> now) {
        this.store = store;
        this.vaults = vaults;
        this.ids = ids;
        this.now = now;
    }

    @Override
    public byte[] handle(Call call) {
        Path root = root(call.text("path").orElseThrow());
        String vault = call.text("vault").orElseGet(() -> name(root));
        Folder folder = FolderWalk.of(root);
        List<Skipped> missing = new ArrayList<>();
        Map<Exported.Node, Optional<Entry>> exported = exported(root, folder, missing);
        Set<Entry> theirs = exported.values().stream().flatMap(Optional::stream).collect(Collectors.toSet());
        List<Entry> plain = folder.notes().stream().filter(file -> !theirs.contains(file)).toList();
        boolean prune = call.read().path("prune").asBoolean(false);
        if (prune && folder.notes().isEmpty()) {
            throw new HephException(Reason.CONFLICT,
                    "there is no note in this folder, so nothing of its notes is deleted; is it the right one, and all of it there?");
        }
        if (!plain.isEmpty()) {
            if (call.text("vault").isEmpty()) {
                requireOurs(vault, root, plain, call);
            }
            vaults.claim(vault, root);
        }
        List<Known> known = vaults.is(vault, root) ? Known.of(vault, store, call) : List.of();
        List<Known> gone = Gone.of(folder, known.stream().filter(Known::here).toList(), exported.keySet().stream().map(Exported.Node::id).collect(Collectors.toSet()));
        Departed departed = Departed.of(Moves.of(gone, fresh(plain, known)), gone, prune);
        Optional<NoteTasks> tasks = call.read().path("tasks").asBoolean(false) ? Optional.of(new NoteTasks(now.get())) : Optional.empty();
        Intake intake = new Intake(store, call, folder, departed, missing, tasks, vault, ids.mint().toString());
        intake.run(exported, plain);
        ObjectNode result = Json.object();
        ObjectNode promoted = Json.object();
        tasks.ifPresent(found -> intake.complain(found.send(store, call, vault, ids.mint().toString(), promoted)));
        intake.sumUp(result);
        result.setAll(promoted);
        return Json.bytes(result.put("notes_total", store.notes(call.client())));
    }

    /**
     * The nodes of an export with their files, if they have any, by what its manifest says and the walk has found.
     *
     * @param missing gets those whose files the walk has not come across
     */
    private static Map<Exported.Node, Optional<Entry>> exported(Path root, Folder folder, List<Skipped> missing) {
        Map<String, Entry> files = new HashMap<>();
        folder.notes().forEach(file -> files.put(file.path(), file));
        Map<Exported.Node, Optional<Entry>> exported = new LinkedHashMap<>();
        for (Exported.Node node : Exported.in(root)) {
            Optional<Entry> file = node.path().map(files::get);
            if (node.path().isEmpty() || file.isPresent()) {
                exported.put(node, file);
            } else if (folder.skipped().stream().noneMatch(skipped -> node.path().get().equals(skipped.path()))) {
                missing.add(new Skipped(node.path().get(), "was exported to here, but is here no more"));
            }
        }
        return exported;
    }

    /** Notes by the vault's name may have come in on another device, from this folder or from one of its own. */
    private void requireOurs(String vault, Path root, List<Entry> files, Call call) {
        if (vaults.knows(vault)) {
            return;
        }
        List<Known> known = Known.of(vault, store, call);
        if (!known.isEmpty() && known.stream().noneMatch(Known::here) && Moves.noneStayed(known, files)) {
            throw new HephException(Reason.CONFLICT, "notes of a vault '" + vault + "' came in on another device, and no file here is one of them; if this is"
                    + " another folder, give it another name: heph import " + root + " --vault NAME (if it is that one: --vault '" + vault + "')");
        }
    }

    private static List<Entry> fresh(List<Entry> files, List<Known> known) {
        Set<String> paths = known.stream().map(Known::path).collect(Collectors.toSet());
        return files.stream().filter(file -> !paths.contains(file.path())).toList();
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

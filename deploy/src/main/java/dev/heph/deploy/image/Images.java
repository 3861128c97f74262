package dev.heph.deploy.image;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.frontend.CredentialRetrieverFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** Builds the images as tar files, or sends them to a registry: {@code deploy/images}. */
public final class Images {
    private final Path root;
    private final Path target;
    private final String version;
    private final JavaRuntime java;
    private final CLibrary library;

    /**
     * @param root the checkout, built
     * @param target where images, and what is needed to make them, go
     */
    Images(Path root, Path target, String version) throws Exception {
        this.root = root;
        this.target = target;
        this.version = version;
        this.java = JavaRuntime.in(root.resolve("deploy/target"));
        this.library = CLibrary.neededBy(java);
    }

    /** @param arguments the checkout, the version, then nothing, or {@code push REGISTRY} */
    public static void main(String[] arguments) throws Exception {
        Path root = Path.of(arguments[0]);
        var images = new Images(root, root.resolve("deploy/target/images"), arguments[1]);
        boolean push = arguments.length == 4 && arguments[2].equals("push");
        if (arguments.length != 2 && !push) {
            System.err.println("heph: deploy/images builds the images; deploy/images push REGISTRY sends them there, such as registry.example/home");
            System.exit(64);
        }
        for (Shipped each : Shipped.values()) {
            if (push) {
                System.out.println(images.push(each, arguments[3]));
            } else {
                images.build(each);
                System.out.println(images.tar(each));
            }
        }
    }

    Path tar(Shipped image) {
        return target.resolve(image.image() + ".tar");
    }

    /** As {@link #tar}, with what is in it beside it. */
    JibContainer build(Shipped image) throws Exception {
        Recipe recipe = recipe(image);
        Files.write(target.resolve(image.image() + ".cdx.json"), recipe.bill());
        return recipe.image().containerize(to(Containerizer.to(
                TarImage.at(tar(image)).named(ImageReference.of(null, image.image(), version)))));
    }

    /** With the credentials that {@code docker login} keeps, if any. @return the reference by its digest */
    String push(Shipped image, String registry) throws Exception {
        ImageReference reference = ImageReference.parse(registry + "/" + image.image() + ":" + version);
        RegistryImage there = RegistryImage.named(reference)
                .addCredentialRetriever(CredentialRetrieverFactory.forImage(reference, event -> {}).dockerConfig());
        boolean here = reference.getRegistry().matches("(localhost|127\\.0\\.0\\.1)(:.*)?");
        JibContainer sent = recipe(image).image().containerize(to(Containerizer.to(there).setAllowInsecureRegistries(here)));
        return registry + "/" + image.image() + "@" + sent.getDigest();
    }

    private Recipe recipe(Shipped image) throws Exception {
        return new Recipe(image, version, java, library, root, target.resolve("work/" + image.image()));
    }

    private Containerizer to(Containerizer where) {
        return where.setBaseImageLayersCache(target.resolve("work/cache")).setApplicationLayersCache(target.resolve("work/cache"))
                .setToolName("heph");
    }
}

package dev.heph.settings;

import java.nio.file.Path;

/** How a hub proves who it is: PEM files, the certificate with its chain and the private key. Read again when they change. */
public record Tls(Path certificate, Path key) {}

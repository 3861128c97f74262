package dev.heph.settings;

/** What this installation is. */
public enum Mode {
    /** A person's machine: everything is local, a hub is optional. */
    DEVICE,
    /** The rendezvous of devices: they talk to it, it calls nobody. */
    HUB
}

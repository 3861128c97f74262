package dev.heph.launcher;

import dev.heph.runtime.ServiceMain;

/** All four services in one process: for small machines, and for tests. Nothing watches it; a command that finds it gone starts it. */
public final class LightMain {
    private LightMain() {}

    public static void main(String[] arguments) {
        ServiceMain.run(arguments, Light::start);
    }
}

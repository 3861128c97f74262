/**
 * Starts, watches and stops the services of a device: {@code heph up}, {@code down}, {@code status}, {@code logs}. What the CLI
 * calls ({@link dev.heph.launcher.Launch}) and the supervisor need nothing but the JDK and libs/settings, so they start at once.
 */
package dev.heph.launcher;

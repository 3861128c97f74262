/** What the build runs once, so that the JDK's AOT cache holds what a command needs. */
package dev.heph.cli.training;

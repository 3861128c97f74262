/** What a person can type: one file per command. {@link dev.heph.cli.command.Command} is what they have in common. */
package dev.heph.cli.command;

/**
 * The heph command: reads what was typed, runs the one command, turns what went wrong into one line and an exit
 * code.
 */
package dev.heph.cli;

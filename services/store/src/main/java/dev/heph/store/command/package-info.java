/** What a person wants done, checked and turned into ops of one change. */
package dev.heph.store.command;

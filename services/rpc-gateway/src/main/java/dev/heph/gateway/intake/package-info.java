/** What every import has in common: parts sent to the store, what became of them, and what was left out. */
package dev.heph.gateway.intake;

/**
 * What every service of heph shares: how it starts and stops, how the services call each other over loopback HTTP with the
 * launch's secret, how errors travel, and how it logs. The contract is docs/design/processes.md.
 */
package dev.heph.runtime;

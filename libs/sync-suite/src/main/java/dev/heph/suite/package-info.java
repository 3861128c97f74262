/**
 * What has to hold between one person's devices and their hub, as the commands show it; written once, and run wherever there is a hub: on
 * this machine (e2e), and in a cluster (deploy).
 */
package dev.heph.suite;

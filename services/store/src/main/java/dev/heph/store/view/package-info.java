/** The tables that queries read, brought up to date with the facts of what a transaction touched. */
package dev.heph.store.view;

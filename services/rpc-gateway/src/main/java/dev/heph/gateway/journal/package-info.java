/** The journals of days: what a new one begins with, and which come before and after. */
package dev.heph.gateway.journal;

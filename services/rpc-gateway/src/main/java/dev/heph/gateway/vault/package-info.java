/** Import: a folder of markdown, read as it is and handed to the store in batches. */
package dev.heph.gateway.vault;

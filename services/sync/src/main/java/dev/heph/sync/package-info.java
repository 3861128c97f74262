/** The service that moves a person's changes between devices. In this version it says plainly that there is no hub to move them to. */
package dev.heph.sync;

/**
 * On a device: logging in to a hub. {@code DeviceLogin} is one login from the code to the tokens (RFC 8628), {@code Provider} what is
 * asked of the
 * identity provider, {@code Kept} what is remembered, {@code Account} what all of it comes to. docs/design/auth.md is the law.
 */
package dev.heph.auth.login;

/**
 * Tells receivers of the operator's choice, over HTTP, when something changed that somebody waits
 * for: a cluster went down, cores became free, a job started.
 *
 * <p>What is told is decided by {@link org.qstatmesh.broadcast.notify.HookRule}s from rows and from
 * what changed between samples. Each rule tells a change once: what was so when the stage started
 * is no change, nor is what a cluster hands in late. What happens to many jobs or nodes within a
 * hook's minimum interval is one message.
 *
 * <p>A message is sent at most three times, each with a deadline; a receiver that fails or hangs
 * holds up its own messages only, of which a hundred wait and then the oldest goes. Redirects are
 * not followed, TLS is verified, and of the answer only the status is read. With a secret the body
 * is signed as the Standard Webhooks specification 1.0 says: {@code webhook-signature} is {@code
 * v1,} and the base64 of the HMAC-SHA256 over {@code webhook-id.webhook-timestamp.body}; a receiver
 * refuses timestamps, in seconds, that are more than five minutes away from its own clock.
 *
 * <p>Every mesh node whose roles include {@code notify} tells on its own. Start one such node;
 * where there are two on purpose, receivers tell repetitions by {@code webhook-id}, which is also
 * the body's {@code id}: it is made of what happened and not of who tells it.
 *
 * <p>Strings that clusters chose are hostile: control characters are escaped, length is bounded,
 * and in chats they are code, where nothing is a link, a picture or a mention.
 *
 * <p>Threads: the event loop of {@link org.qstatmesh.broadcast.NotifyVerticle}. Public is what
 * {@link org.qstatmesh.broadcast} and the configuration and check of the mesh's main use.
 */
package org.qstatmesh.broadcast.notify;

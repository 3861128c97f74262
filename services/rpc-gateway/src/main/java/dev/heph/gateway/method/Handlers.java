package dev.heph.gateway.method;

/**
 * Who carries out the methods that are more than a question to the store.
 *
 * @param forward asks the store, passing params and result on as they are
 * @param sync asks the service that syncs, in the same way
 * @param compare the same, with the patience that looking through everything takes
 * @param auth asks the service that knows who this is, in the same way
 * @param login the same, telling it to which hub
 * @param token the same on a device; on a hub it asks as {@code auth} does
 * @param capture reads a line in the quick-add grammar
 * @param dates reads date words
 * @param recur reads a rule, or words for one, and says its dates
 * @param openJournal opens the journal of a day, a new one with the template
 * @param nearJournals finds those before and after
 * @param hub asks the store of a hub about everybody; refuses on a device
 * @param hubVerify the same, with the patience that looking through everybody's takes
 */
public record Handlers(
        Handler forward,
        Handler sync,
        Handler compare,
        Handler auth,
        Handler login,
        Handler token,
        Handler capture,
        Handler dates,
        Handler recur,
        Handler openJournal,
        Handler nearJournals,
        Handler doctor,
        Handler backup,
        Handler hub,
        Handler hubVerify,
        Handler importing,
        Handler exporting,
        Handler health,
        Handler subscribe,
        Handler unsubscribe) {}

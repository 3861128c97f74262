package dev.heph.cli;

/** Results as docs/reference/rpc.md shapes them. */
final class Answers {
    static final String RENT_ID = "01KAHX5T9ZV2Q8R4N6B7C9K3F9";
    static final String BUDGET_ID = "01KAHX5T9ZV2Q8R4N6B7C9M2X1";

    static final String TASK_FIELDS =
            "{\"state\":\"outstanding\",\"attention\":\"red\",\"do_date\":{\"local\":\"2026-11-22\",\"at\":1795305600000},"
                + "\"late_on\":{\"local\":\"2026-12-01T09:00\",\"at\":1796115600000},\"committed\":true,\"context\":null,\"project\":null}";
    static final String RENT = "{\"id\":\"" + RENT_ID
            + "\",\"kind\":\"task\",\"title\":\"Pay rent\",\"body\":\"\",\"rev\":\"r1\",\"created_at\":1795219200000,"
            + "\"modified_at\":1795219200000,\"hlc\":\"1\",\"tombstoned\":false,\"aliases\":[],\"task\":" + TASK_FIELDS
            + "}";
    static final String BUDGET = budget("# Plan\\n\\nSee [[Pay rent]].\\n", "r7");
    static final String WIKI_LINK = "{\"src\":\"" + BUDGET_ID + "\",\"dst\":\"" + RENT_ID
            + "\",\"type\":\"wiki\",\"derived\":true,\"title\":\"Pay rent\",\"kind\":\"task\",\"context\":\"See [[Pay"
            + " rent]].\"}";
    static final String TAG_LINK = "{\"src\":\"" + BUDGET_ID
            + "\",\"dst\":\"01KAHX5T9ZV2Q8R4N6B7C9T4GS\",\"type\":\"tagged\",\"derived\":true,\"title\":\"money\",\"kind\":\"tag\"}";
    static final String UNRESOLVED = "{\"src\":\"" + BUDGET_ID
            + "\",\"dst\":null,\"type\":\"wiki\",\"derived\":true,\"title\":\"Savings\",\"kind\":null}";
    static final String BACKLINK = "{\"src\":\"" + RENT_ID + "\",\"dst\":\"" + BUDGET_ID
            + "\",\"type\":\"wiki\",\"derived\":true,\"title\":\"Pay rent\",\"kind\":\"task\",\"context\":\"  as in"
            + " the [[Budget]] \"}";
    static final String CHANGED = "{\"ok\":true,\"changed\":true}";
    static final String UNCHANGED = "{\"ok\":true,\"changed\":false}";

    private Answers() {}

    static String budget(String body, String rev) {
        return "{\"id\":\"" + BUDGET_ID + "\",\"kind\":\"doc\",\"title\":\"Budget\",\"body\":\"" + body
                + "\",\"rev\":\"" + rev + "\",\"created_at\":1795219200000,"
                + "\"modified_at\":1795219200000,\"hlc\":\"1\",\"tombstoned\":false,\"aliases\":[\"Money\"]}";
    }

    static String found(String node) {
        return "{\"node\":" + node + ",\"candidates\":[]}";
    }

    static String candidates(String... nodes) {
        return "{\"node\":null,\"candidates\":[" + String.join(",", nodes) + "]}";
    }
}

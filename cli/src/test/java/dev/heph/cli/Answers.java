package dev.heph.cli;

/** Results as docs/reference/rpc.md shapes them. */
final class Answers {
    static final String RENT_ID = "01KAHX5T9ZV2Q8R4N6B7C9K3F9";
    static final String BUDGET_ID = "01KAHX5T9ZV2Q8R4N6B7C9M2X1";

    static final String RENT = json("""
            {'id': '01KAHX5T9ZV2Q8R4N6B7C9K3F9', 'kind': 'task', 'title': 'Pay rent', 'body': '', 'rev': 'r1',
             'created_at': 1795219200000, 'modified_at': 1795219200000, 'hlc': '1', 'tombstoned': false, 'aliases': [],
             'task': {'state': 'outstanding', 'attention': 'red', 'do_date': {'local': '2026-11-22', 'at': 1795305600000},
                      'late_on': {'local': '2026-12-01T09:00', 'at': 1796115600000}, 'committed': true,
                      'context': null, 'project': null}}
            """);
    static final String BUDGET = budget("# Plan\\n\\nSee [[Pay rent]].\\n", "r7");

    /** Budget's own links. */
    static final String LINKS = json("""
            [{'src': '01KAHX5T9ZV2Q8R4N6B7C9M2X1', 'dst': '01KAHX5T9ZV2Q8R4N6B7C9K3F9', 'type': 'wiki', 'derived': true,
              'title': 'Pay rent', 'kind': 'task', 'context': 'See [[Pay rent]].'},
             {'src': '01KAHX5T9ZV2Q8R4N6B7C9M2X1', 'dst': '01KAHX5T9ZV2Q8R4N6B7C9T4GS', 'type': 'tagged', 'derived': true,
              'title': 'money', 'kind': 'tag'},
             {'src': '01KAHX5T9ZV2Q8R4N6B7C9M2X1', 'dst': null, 'type': 'wiki', 'derived': true,
              'title': 'Savings', 'kind': null}]
            """);

    static final String BACKLINK = json("""
            {'src': '01KAHX5T9ZV2Q8R4N6B7C9K3F9', 'dst': '01KAHX5T9ZV2Q8R4N6B7C9M2X1', 'type': 'wiki', 'derived': true,
             'title': 'Pay rent', 'kind': 'task', 'context': '  as in the [[Budget]] '}
            """);
    static final String NEXT = json("""
            [{'id': '01KAHX5T9ZV2Q8R4N6B7C9K3F9', 'title': 'Pay rent', 'attention': 'red', 'state': 'outstanding',
              'do_date': null, 'late_on': {'local': '2026-11-19', 'at': 1}, 'late': true,
              'project': {'id': 'x', 'title': 'House'}, 'context': null, 'created_at': 1795219200000},
             {'id': '01KAHX5T9ZV2Q8R4N6B7C9W8TR', 'title': 'Water the plants', 'attention': 'orange',
              'state': 'outstanding', 'do_date': {'local': '2026-11-21T18:00', 'at': 1}, 'late_on': null, 'late': false,
              'project': null, 'context': null, 'created_at': 1795219200000},
             {'id': '01KAHX5T9ZV2Q8R4N6B7C9ZZZZ', 'title': 'Read', 'attention': 'white', 'state': 'outstanding',
              'do_date': null, 'late_on': null, 'late': false, 'project': null, 'context': null,
              'created_at': 1795219200000}]
            """);
    static final String HITS = json("""
            {'hits': [{'id': '01KAHX5T9ZV2Q8R4N6B7C9M2X1', 'kind': 'doc', 'title': 'Budget',
                       'snippet': 'for the \\u0002rent\\u0003 and\\nmore', 'score': 1.5, 'modified_at': 1795219200000},
                      {'id': '01KAHX5T9ZV2Q8R4N6B7C9K3F9', 'kind': 'task', 'title': 'Pay rent',
                       'snippet': '', 'score': 1, 'modified_at': 1795219200000}],
             'total': 41}
            """);
    static final String IMPORTED = json("""
            {'files': 3, 'created': 1, 'updated': 1, 'unchanged': 0, 'skipped': [{'path': 'b.md', 'reason': 'not UTF-8'}],
             'attachments': 0, 'notes_total': 9}
            """);
    static final String PROGRESS = json("""
            {'jsonrpc': '2.0', 'method': 'progress',
             'params': {'request': 1, 'done': 1, 'total': 2, 'note': 'a.md'}}
            """);
    static final String HEALTH = json("""
            {'status': 'up', 'services': [{'name': 'store', 'status': 'up', 'detail': '12 notes'}], 'orange_count': 1,
             'active_count': 3, 'on_deck_count': 0, 'conflict_count': 0, 'note_count': 12, 'unapplied_count': 0,
             'sync_status': 'off'}
            """);
    static final String DOCTOR = json("""
            {'ok': false, 'checks': [{'name': 'log', 'ok': true, 'detail': '7 bundles'},
                                     {'name': 'rebuild', 'ok': false, 'detail': 'digests differ'}]}
            """);
    static final String CHANGED = json("{'ok': true, 'changed': true}");
    static final String UNCHANGED = json("{'ok': true, 'changed': false}");

    private Answers() {}

    /** On one line, as the gateway writes it, with the quotes that JSON wants. */
    static String json(String text) {
        return text.replace('\'', '"').replace("\n", "");
    }

    static String budget(String body, String rev) {
        return json("""
                {'id': '01KAHX5T9ZV2Q8R4N6B7C9M2X1', 'kind': 'doc', 'title': 'Budget', 'body': '%s', 'rev': '%s',
                 'created_at': 1795219200000, 'modified_at': 1795219200000, 'hlc': '1', 'tombstoned': false,
                 'aliases': ['Money']}
                """).formatted(body, rev);
    }

    static String found(String node) {
        return "{\"match\":\"one\",\"node\":" + node + ",\"candidates\":[]}";
    }

    /** Near misses. */
    static String candidates(String... nodes) {
        return resolution("none", nodes);
    }

    /** Several that have the name. */
    static String several(String... nodes) {
        return resolution("several", nodes);
    }

    private static String resolution(String match, String... nodes) {
        return "{\"match\":\"" + match + "\",\"node\":null,\"candidates\":[" + String.join(",", nodes) + "]}";
    }

    static String nodes(int total, String... nodes) {
        return "{\"nodes\":[" + String.join(",", nodes) + "],\"total\":" + total + "}";
    }
}

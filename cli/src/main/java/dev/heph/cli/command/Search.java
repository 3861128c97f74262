package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.rpc.Result;
import dev.heph.cli.terminal.Style;
import dev.heph.cli.terminal.Width;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

final class Search implements Command {
    private static final int LIMIT = 20;

    @Override
    public Syntax syntax() {
        return Syntax.asking("search", "find notes and tasks by the words in them")
                .optionalWords("WORD",
                        "all words are required; \"a phrase\", begin*, -not, OR, #tag, @project, kind: state: before: after:")
                .dashWords()
                .number("--limit", "at most so many (" + LIMIT + ")")
                .option("--kind", "KIND", "only doc, task, project, tag or journal")
                .option("--tag", "TAG", "only with this tag")
                .option("--project", "PROJECT", "only in this project")
                .option("--state", "STATE", "only outstanding, done or dropped")
                .example("heph search sourdough -rye")
                .example("heph search '\"opening hours\"' tag:town after:-7d");
    }

    @Override
    public int run(Arguments given, Session session) {
        String query = given.sentence(0);
        Map<String, Object> filters = Json.object(
                "kind", given.option("--kind").map(Word::of).orElse(null),
                "tag", given.orNull("--tag"),
                "project", given.orNull("--project"),
                "state", given.option("--state").map(Word::of).orElse(null));
        if (query.isBlank() && filters.isEmpty()) {
            throw new UsageException("search needs a WORD. Try: heph help search");
        }
        OptionalInt limit = given.number("--limit");
        Result result = session.call(
                "search",
                "query",
                query,
                "filters",
                filters.isEmpty() ? null : filters,
                "limit",
                limit.isPresent() ? limit.getAsInt() : null);
        if (!session.printed(result)) {
            print(query, result.json(), session);
        }
        return 0;
    }

    private static void print(String query, Json result, Session session) {
        List<Json> hits = result.at("hits").list();
        ShortIds ids = ShortIds.of(hits);
        for (Json hit : hits) {
            String id = ids.of(hit);
            int room = session.terminal().columns() - id.length() - 2;
            String kind = hit.at("kind").text().equals("doc") ? "" : "  " + hit.at("kind").text();
            session.out()
                    .line(session.styled(Style.YELLOW, id) + "  "
                            + session.styled(Style.BOLD, Width.cut(Label.title(hit), room - kind.length()))
                            + session.styled(Style.DIM, kind));
            String snippet = new Snippet(hit.at("snippet").text()).line(room, session.terminal());
            if (!snippet.isEmpty()) {
                session.out().line(" ".repeat(id.length() + 2) + snippet);
            }
        }
        long total = result.at("total").number();
        if (hits.isEmpty()) {
            String meant = result.at("did_you_mean").text();
            session.shell().say("Nothing found for: " + query + (meant.isEmpty() ? "" : ". Did you mean: " + Width.line(meant)));
        } else if (total > hits.size()) {
            session.remark(hits.size() + " of " + total + ". More: --limit " + Math.min(total, 10_000));
        }
    }
}

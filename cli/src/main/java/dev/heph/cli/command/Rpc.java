package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.rpc.JsonException;
import dev.heph.cli.rpc.Request;
import dev.heph.error.HephException;
import dev.heph.error.Reason;

final class Rpc implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.asking("rpc", "call a method of docs/reference/rpc.md and print its result")
                .word("METHOD", "such as node.get")
                .optionalWord("JSON", "its parameters, as one JSON object")
                .example("heph rpc node.list '{\"kind\": \"task\"}'");
    }

    @Override
    public int run(Arguments given, Session session) {
        Object params = params(given.optionalWord(1).orElse("{}"));
        session.out()
                .bytes(session.call(new Request(given.word(0), params)).bytes())
                .text("\n");
        return 0;
    }

    private static Object params(String text) {
        try {
            return Json.parse(text).value();
        } catch (JsonException e) {
            throw new HephException(
                    Reason.PARSE,
                    "the parameters are " + e.getMessage() + ". Try: heph rpc node.get '{\"id\": \"k3f9\"}'",
                    e);
        }
    }
}

package dev.heph.gateway.method;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A parameter of a method, always passed by its name. */
public record Param(String name, Type type, boolean required, String description) {

    static Param required(String name, Type type, String description) {
        return new Param(name, type, true, description);
    }

    static Param optional(String name, Type type, String description) {
        return new Param(name, type, false, description);
    }

    ObjectNode schema() {
        return type.schema().put("description", description);
    }
}

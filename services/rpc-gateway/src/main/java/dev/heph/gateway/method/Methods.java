package dev.heph.gateway.method;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.gateway.rpc.JsonText;
import dev.heph.settings.Nearest;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The methods by name, in the order of docs/reference/rpc.md. */
public final class Methods {
    private static final int MAX_NAME_CHARACTERS = 60;

    private final Map<String, Method> byName = new LinkedHashMap<>();

    public Methods(List<Method> methods) {
        for (Method method : methods) {
            if (byName.put(method.name(), method) != null) {
                throw new IllegalArgumentException("two methods are named " + method.name());
            }
        }
    }

    public Collection<Method> all() {
        return byName.values();
    }

    /** @throws HephException {@link Reason#UNKNOWN_METHOD}, suggesting the nearest */
    Method named(String name) {
        Method method = byName.get(name);
        if (method == null) {
            String help = (name.length() > MAX_NAME_CHARACTERS ? Optional.<String>empty() : Nearest.to(name, byName.keySet()))
                    .map(near -> "did you mean '" + near + "'?")
                    .orElse("rpc.discover lists what there is");
            throw new HephException(Reason.UNKNOWN_METHOD, "no method " + JsonText.quote(name) + ": " + help);
        }
        return method;
    }

    /** Whether requests of that method run beside the others of their connection. */
    boolean aside(String name) {
        Method method = byName.get(name);
        return method != null && method.aside();
    }
}

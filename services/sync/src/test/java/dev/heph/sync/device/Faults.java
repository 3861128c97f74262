package dev.heph.sync.device;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** Lets exactly one step of an exchange go wrong, and counts the steps. */
final class Faults {
    /** What happens to a request. */
    enum Fault {
        /** It is lost. */
        LOST,
        /** It is done, and the answer is lost. */
        UNANSWERED,
        /** It arrives twice. */
        TWICE,
        /** It is done, the answer is lost, and it arrives once more after the next one. */
        LATE
    }

    private static final Set<String> STEPS =
            Set.of("pull", "push", "vector", "cursor", "apply", "offer", "acknowledged", "synced",
            "snapshot", "snapshotPart", "adoptBegin", "adoptPart", "adopt");

    private final int step;
    private final Fault fault;
    private final Deque<Callable<?>> late = new ArrayDeque<>();
    final List<String> steps = new ArrayList<>();

    private Faults(int step, Fault fault) {
        this.step = step;
        this.fault = fault;
    }

    static Faults none() {
        return new Faults(-1, Fault.LOST);
    }

    /** @param step counted from 0 */
    static Faults at(int step, Fault fault) {
        return new Faults(step, fault);
    }

    Hub around(Hub hub) {
        return around(Hub.class, hub, () -> HubTrouble.offline("the connection broke", null));
    }

    Store around(Store store) {
        return around(Store.class, store, () -> new HephException(Reason.AWAY, "heph's store went away"));
    }

    /** A store that refuses that call. */
    static Store refusing(Store store, String call, HephException refusal) {
        return (Store) Proxy.newProxyInstance(Store.class.getClassLoader(), new Class<?>[] {Store.class}, (proxy, method, arguments) -> {
            if (method.getName().equals(call)) {
                throw refusal;
            }
            return method.invoke(store, arguments);
        });
    }

    private <T> T around(Class<T> port, T real, Supplier<HephException> broken) {
        return port.cast(Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, (proxy, method, arguments) -> {
            Callable<?> request = () -> {
                try {
                    return method.invoke(real, arguments);
                } catch (InvocationTargetException e) {
                    throw (RuntimeException) e.getCause();
                }
            };
            return STEPS.contains(method.getName()) ? run(method.getName(), request, broken) : request.call();
        }));
    }

    private Object run(String name, Callable<?> request, Supplier<HephException> broken) throws Exception {
        boolean faulty = steps.size() == step;
        steps.add(name);
        if (!faulty) {
            Object answer = request.call();
            deliverLate();
            return answer;
        }
        if (fault == Fault.LOST) {
            throw broken.get();
        }
        request.call();
        if (fault == Fault.TWICE) {
            return request.call();
        }
        if (fault == Fault.LATE) {
            late.add(request);
        }
        throw broken.get();
    }

    /** What a late request is answered nobody hears. */
    private void deliverLate() throws Exception {
        while (!late.isEmpty()) {
            try {
                late.remove().call();
            } catch (HephException refused) {
                continue;
            }
        }
    }
}

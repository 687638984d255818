package dev.gemlive.internal;

import java.util.function.Function;

/** Lets a session make events although their constructors are nobody's business. */
public final class EventMaker {
    private static volatile Function<NativeEvent, Object> maker;

    /** Called once, by the class of all events when it is initialised. */
    public static void set(Function<NativeEvent, Object> made) {
        maker = made;
    }

    public static Object make(NativeEvent event) {
        return maker.apply(event);
    }

    private EventMaker() {}
}

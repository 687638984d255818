package dev.gemlive;

import dev.gemlive.internal.Native;
import dev.gemlive.internal.NativeLoader;
import dev.gemlive.internal.Utf8;
import java.nio.file.Path;
import java.util.Objects;

/** What concerns the whole process: the native library, its version, leak checks. Nothing here is needed to talk. */
public final class Gemlive {
    /**
     * Names the folder of libgemlive_jni.so and libgemlive.so.0, for programs that bring their own. Else the system
     * property gemlive.library.path, a library that is loaded already or on java.library.path, and the one in the jar are
     * tried, in this order.
     *
     * @throws IllegalStateException when the library is loaded already
     */
    public static void useLibraryFrom(Path folder) {
        NativeLoader.useFolder(Objects.requireNonNull(folder, "folder"));
    }

    /** The native library's version, such as "0.1.0". Loads the library. */
    public static String version() {
        NativeLoader.load();
        return Utf8.decode(Native.gemlive_version_string());
    }

    /** The same as major * 10000 + minor * 100 + patch. */
    public static int versionNumber() {
        NativeLoader.load();
        return Native.gemlive_version_number();
    }

    /** Whether the native library has a command of docs/events.md, such as "send_text". */
    public static boolean hasFeature(String feature) {
        NativeLoader.load();
        return Native.gemlive_has_feature(Utf8.encodeWithoutNul(Objects.requireNonNull(feature, "feature"), "feature")) != 0;
    }

    /** How many native objects of a kind exist. */
    public static long liveObjects(ObjectKind kind) {
        NativeLoader.load();
        return Native.gemlive_live_object_count(kind.number());
    }

    /** Gives up every model and session of the process, whoever holds it; all of them answer as after close(). */
    public static void destroyAll() {
        NativeLoader.load();
        Native.gemlive_destroy_all();
    }

    /**
     * Waits until the library's threads have ended, which they do after the last model and session are gone. Only leak
     * checkers need it.
     *
     * @param timeoutMs 0 or more
     * @return false when models or sessions still live
     */
    public static boolean awaitShutdown(long timeoutMs) {
        NativeLoader.load();
        try {
            Native.gemlive_shutdown(timeoutMs);
            return true;
        } catch (GemliveException e) {
            if (e.status() == Status.TIMEOUT) {
                return false;
            }
            throw e;
        }
    }

    /** A text as a JSON string, quotes included, as the events' JSON has it. */
    public static String jsonQuote(String text) {
        NativeLoader.load();
        return Utf8.decode(Native.json_quote(Utf8.encode(text)));
    }

    private Gemlive() {}
}

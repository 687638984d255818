package dev.gemlive.internal;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;

/**
 * Loads the native library, once: from the folder that the program names, as it is loaded already, from
 * java.library.path, or from the jar. What was tried is in the error's message.
 */
public final class NativeLoader {
    public static final String PROPERTY = "gemlive.library.path";

    private static Path folder;
    private static boolean loaded;
    private static UnsatisfiedLinkError failure;

    public static synchronized void useFolder(Path named) {
        if (loaded) {
            throw new IllegalStateException("the native library is loaded already");
        }
        folder = named;
        failure = null;
    }

    /** @throws UnsatisfiedLinkError the same at every call, until another folder is named */
    public static synchronized void load() {
        if (loaded) {
            return;
        }
        if (failure == null) {
            failure = attempt();
        }
        if (failure != null) {
            UnsatisfiedLinkError error = new UnsatisfiedLinkError(failure.getMessage());
            error.initCause(failure.getCause());
            throw error;
        }
        loaded = true;
    }

    private static UnsatisfiedLinkError attempt() {
        List<String> tried = new ArrayList<>();
        Throwable last;
        Path named = folder != null ? folder : property();
        try {
            if (named != null) {
                // A folder that was named is meant: nothing else is tried in its place.
                String file = named.resolve(System.mapLibraryName("gemlive_jni")).toAbsolutePath().toString();
                tried.add(file + " (the folder that was named)");
                System.load(file);
            } else if (!isLoaded() && !loadFromPath(tried)) {
                tried.add(NativeBundle.folder() + " in the jar");
                NativeBundle.load();
            }
            checkVersion();
            return null;
        } catch (UnsatisfiedLinkError | Exception e) {
            last = e;
        }
        UnsatisfiedLinkError error = new UnsatisfiedLinkError("gemlive: no native library for " + NativeBundle.platform()
                + " could be loaded; tried: " + String.join(", ", tried) + ". " + last.getMessage()
                + ". The system property " + PROPERTY + " names a folder with libgemlive_jni.so and libgemlive.so.0.");
        error.initCause(last);
        return error;
    }

    private static Path property() {
        String value = System.getProperty(PROPERTY);
        return value == null || value.isEmpty() ? null : Paths.get(value);
    }

    /** An application may have loaded it by itself, or be linked with it. */
    private static boolean isLoaded() {
        try {
            Native.gemlive_version_number();
            return true;
        } catch (UnsatisfiedLinkError notYet) {
            return false;
        }
    }

    private static boolean loadFromPath(List<String> tried) {
        String path = System.getProperty("java.library.path", "");
        tried.add("java.library.path (" + path + ")");
        String name = System.mapLibraryName("gemlive_jni");
        for (String entry : path.split(File.pathSeparator)) {
            // One that is there and cannot be loaded is an error to be told, not one to be passed over.
            if (!entry.isEmpty() && Files.exists(Paths.get(entry, name))) {
                System.loadLibrary("gemlive_jni");
                return true;
            }
        }
        return loadByName();
    }

    /** Android finds libraries of the application where no path names them. */
    private static boolean loadByName() {
        try {
            System.loadLibrary("gemlive_jni");
            return true;
        } catch (UnsatisfiedLinkError notThere) {
            return false;
        }
    }

    private static void checkVersion() {
        int version = Native.gemlive_version_number();
        if (version / 100 != NativeBundle.VERSION / 100) {
            throw new UnsatisfiedLinkError("the native library has version " + version + ", these classes need "
                    + NativeBundle.VERSION);
        }
    }

    private NativeLoader() {}
}

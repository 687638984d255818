package dev.gemlive.internal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The native libraries in the jar. They are unpacked into a new folder that only this user can enter, loaded, and
 * deleted at once: the system keeps what is loaded.
 */
final class NativeBundle {
    /** Of the C library that these classes were written for: major * 10000 + minor * 100 + patch. */
    static final int VERSION = 100;

    /** Names the libraries in the order of loading, dependencies first. */
    private static final String LIST = "libraries.txt";
    /** Before the names of those that nearly every system has: taken only where the system's cannot be used. */
    private static final String SPARE = "spare ";

    static String platform() {
        String arch = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        return (os.startsWith("windows") ? "windows" : os.startsWith("mac") ? "macos" : os) + "-"
                + (arch.equals("amd64") ? "x86_64" : arch.equals("arm64") ? "aarch64" : arch);
    }

    static String folder() {
        return "META-INF/native/" + platform();
    }

    static void load() throws IOException {
        List<String> names = new ArrayList<>();
        List<String> spares = new ArrayList<>();
        readList(names, spares);
        Path temporary = Files.createTempDirectory("gemlive-");
        try {
            unpack(names, temporary);
            try {
                loadAll(names, temporary);
            } catch (UnsatisfiedLinkError systemsAreMissingOrOld) {
                unpack(spares, temporary);
                loadAll(spares, temporary);
                loadAll(names, temporary);
            }
        } finally {
            names.forEach(name -> delete(temporary.resolve(name)));
            spares.forEach(name -> delete(temporary.resolve(name)));
            delete(temporary);
        }
    }

    private static void delete(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            // A system that lets nobody delete what is loaded.
            path.toFile().deleteOnExit();
        }
    }

    private static void readList(List<String> names, List<String> spares) throws IOException {
        try (InputStream list = open(LIST);
                BufferedReader reader = new BufferedReader(new InputStreamReader(list, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.startsWith(SPARE)) {
                    spares.add(line.substring(SPARE.length()));
                } else {
                    names.add(line);
                }
            }
        }
    }

    private static void unpack(List<String> names, Path to) throws IOException {
        for (String name : names) {
            try (InputStream library = open(name)) {
                Files.copy(library, to.resolve(name));
            }
        }
    }

    private static void loadAll(List<String> names, Path from) {
        for (String name : names) {
            System.load(from.resolve(name).toString());
        }
    }

    private static InputStream open(String name) throws IOException {
        InputStream found = NativeBundle.class.getResourceAsStream("/" + folder() + "/" + name);
        if (found == null) {
            throw new IOException("the jar has no " + folder() + "/" + name);
        }
        return found;
    }

    private NativeBundle() {}
}

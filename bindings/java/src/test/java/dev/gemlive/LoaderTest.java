package dev.gemlive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the native library is found: each in a process that has not loaded it yet. */
class LoaderTest {
    @TempDir
    Path folder;

    private static Path natives() throws Exception {
        try (Stream<Path> platforms = Files.list(Paths.get(System.getProperty("gemlive.output"), "native"))) {
            return platforms.findFirst().get();
        }
    }

    /** Prints the version, twice asked for; or the error, twice the same. */
    static final class Version {
        public static void main(String[] arguments) {
            for (int count = 0; count < 2; count++) {
                try {
                    System.out.println("version " + Gemlive.version());
                } catch (UnsatisfiedLinkError e) {
                    System.out.println("error " + e.getMessage());
                }
            }
        }
    }

    /** Names the folder by the call, which comes too late once the library is loaded. */
    static final class Named {
        public static void main(String[] arguments) {
            Gemlive.useLibraryFrom(Paths.get(System.getProperty("folder")));
            System.out.println("version " + Gemlive.version());
            try {
                Gemlive.useLibraryFrom(Paths.get("/"));
            } catch (IllegalStateException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    /** A program's own library, loaded before anything else. */
    static final class Own {
        public static void main(String[] arguments) {
            System.load(System.getProperty("folder") + "/libgemlive_jni.so");
            System.out.println("version " + Gemlive.version());
        }
    }

    @Test
    void theJarBringsItsOwnAndLeavesNoFile() throws Exception {
        Child child = Child.run(Version.class, "-Djava.io.tmpdir=" + folder);
        assertEquals("version 0.1.0\nversion 0.1.0\n", child.output);
        try (Stream<Path> left = Files.list(folder)) {
            assertArrayEquals(new Object[0], left.filter(path -> !path.getFileName().toString().startsWith("hsperf")).toArray());
        }
    }

    @Test
    void aNamedFolderIsMeant() throws Exception {
        Child child = Child.run(Version.class, "-Dgemlive.library.path=" + natives());
        assertEquals("version 0.1.0\nversion 0.1.0\n", child.output);
        child = Child.run(Named.class, "-Dfolder=" + natives());
        assertEquals("version 0.1.0\nthe native library is loaded already\n", child.output);
    }

    @Test
    void theErrorTellsWhatWasSoughtWhereAndForWhat() throws Exception {
        Child child = Child.run(Version.class, "-Dgemlive.library.path=" + folder);
        String[] lines = child.output.split("\n");
        assertEquals(2, lines.length, child.output);
        assertEquals(lines[0], lines[1], "the same at every call");
        for (String part : Arrays.asList("linux-", folder + "/libgemlive_jni.so", "gemlive.library.path")) {
            assertTrue(lines[0].contains(part), part + " is not in " + lines[0]);
        }
    }

    @Test
    void aFileThatIsNoLibraryIsToldOf() throws Exception {
        Files.write(folder.resolve("libgemlive_jni.so"), new byte[100]);
        Child child = Child.run(Version.class, "-Djava.library.path=" + folder);
        assertTrue(child.output.contains("error ") && child.output.contains(folder.toString()), child.output);
        assertFalse(child.output.contains("version"), child.output);
    }

    @Test
    void aLibraryOnThePathOrLoadedAlreadyIsTaken() throws Exception {
        assertEquals("version 0.1.0\nversion 0.1.0\n",
                Child.run(Version.class, "-Djava.library.path=" + natives(), "-Djava.io.tmpdir=/nowhere").output);
        assertEquals("version 0.1.0\n", Child.run(Own.class, "-Dfolder=" + natives(), "-Djava.io.tmpdir=/nowhere").output);
    }

    @Test
    void withoutARoomToUnpackTheErrorSaysSo() throws Exception {
        Child child = Child.run(Version.class, "-Djava.io.tmpdir=/nowhere");
        assertTrue(child.output.contains("/nowhere"), child.output);
    }

    @Test
    void theSparesAreNotLoadedWhereTheSystemHasItsOwn() throws Exception {
        Child child = Child.run(Maps.class);
        assertTrue(child.output.contains("libgemlive.so.0"), child.output);
        assertFalse(Arrays.stream(child.output.split("\n"))
                .anyMatch(line -> line.contains("gemlive-") && line.contains("libstdc++")), child.output);
    }

    /** Shows which files are mapped. */
    static final class Maps {
        public static void main(String[] arguments) throws Exception {
            Gemlive.version();
            Files.lines(Paths.get("/proc/self/maps")).filter(line -> line.contains(".so")).forEach(System.out::println);
        }
    }

    @Test
    void theJarIsAModule() throws Exception {
        Child child = Child.java(Arrays.asList("-p", Child.jars(), "--add-modules", "dev.gemlive", "--describe-module", "dev.gemlive"));
        assertTrue(child.output.contains("exports dev.gemlive.event"), child.output);
        assertFalse(child.output.contains("exports dev.gemlive.internal"), child.output);
        child = Child.java(Arrays.asList("-p", Child.jars(), "--add-modules", "dev.gemlive", "-cp", Child.testClasses().toString(),
                "-version"));
        assertEquals(0, child.code, child.output);
    }
}

package dev.gemlive;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Another Java process, with the jar as users get it, and what it said. */
final class Child {
    private static final long DEADLINE_S = 90;

    final int code;
    final String output;

    private Child(int code, String output) {
        this.code = code;
        this.output = output;
    }

    static Path jar() {
        return Paths.get(System.getProperty("gemlive.output"), "maven", "gemlive-0.1.0.jar");
    }

    /** The jar and what it needs. */
    static String jars() throws IOException {
        try (Stream<Path> libs = Files.list(Paths.get(System.getProperty("gemlive.output"), "libs"))) {
            StringBuilder path = new StringBuilder(jar().toString());
            libs.forEach(lib -> path.append(File.pathSeparator).append(lib));
            return path.toString();
        }
    }

    static Path testClasses() {
        return Paths.get(System.getProperty("gemlive.output"), "maven", "test-classes");
    }

    /** Runs a class of the tests on the class path. */
    static Child run(Class<?> main, String... options) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(Arrays.asList("-Xcheck:jni", "-cp", jars() + File.pathSeparator + testClasses()));
        all.addAll(Arrays.asList(options));
        all.add(main.getName());
        return java(all);
    }

    static Child java(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Paths.get(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(arguments);
        Path log = Files.createTempFile("gemlive-test-", ".log");
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
            process.getOutputStream().close();
            if (!process.waitFor(DEADLINE_S, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("still running: " + command + "\n" + read(log));
            }
            return new Child(process.exitValue(), read(log));
        } finally {
            Files.delete(log);
        }
    }

    private static String read(Path log) throws IOException {
        return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
    }
}

package dev.gemlive;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A server of its own for each test; it keeps what it receives. */
final class Emulator implements AutoCloseable {
    final String url;
    final Path caFile;
    private final Path folder;
    private final Process process;

    private Emulator(Path folder, Process process, String url, Path caFile) {
        this.folder = folder;
        this.process = process;
        this.url = url;
        this.caFile = caFile;
    }

    static Emulator start(String... arguments) throws IOException {
        Path folder = Files.createTempDirectory("gemlive-test-");
        Path caFile = folder.resolve("ca.pem");
        List<String> command = new ArrayList<>(Arrays.asList(
                Paths.get(System.getProperty("gemlive.programs"), "bin", "gemlive-emulator").toString(), "--tls", "--ca-out",
                caFile.toString(), "--record", folder.resolve("record").toString(), "--quiet"));
        command.addAll(Arrays.asList(arguments));
        Files.createDirectory(folder.resolve("record"));
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = out.readLine();
        if (line == null) {
            throw new IOException("the emulator ended before it listened");
        }
        return new Emulator(folder, process, JsonParser.parseString(line).getAsJsonObject().get("listening").getAsString(),
                caFile);
    }

    /** With rules, as the member "server" of a scenario has them. */
    static Emulator withRules(String rules) throws IOException {
        Path scenario = Files.createTempFile("gemlive-test-", ".json");
        try {
            Files.write(scenario, ("{\"emulator\": {\"speed\": 8}, \"server\": " + rules + "}").getBytes(StandardCharsets.UTF_8));
            return start("--scenario", scenario.toString());
        } finally {
            Files.delete(scenario);
        }
    }

    LiveOptions.Builder options() {
        return LiveOptions.builder().baseUrl(url).caFile(caFile.toString()).apiKey("test-key").sessionResumption("null");
    }

    LiveModel model() {
        return LiveModel.create(options().build());
    }

    /** The audio that the first connection has brought, 16 kHz mono, after {@link #stop}. */
    byte[] audio() throws IOException {
        return Files.readAllBytes(folder.resolve("record").resolve("connection-1.pcm"));
    }

    /** The messages of the first connection that the client sent and that have a member, after {@link #stop}. */
    List<JsonObject> received(String member) throws IOException {
        List<JsonObject> found = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("record").resolve("connection-1.jsonl"))) {
            JsonObject entry = JsonParser.parseString(line).getAsJsonObject();
            if (entry.get("dir").getAsString().equals("client") && entry.get("json").getAsJsonObject().has(member)) {
                found.add(entry.get("json").getAsJsonObject().get(member).getAsJsonObject());
            }
        }
        return found;
    }

    void stop() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        stop();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : (Iterable<Path>) paths.sorted(Comparator.reverseOrder())::iterator) {
                Files.delete(path);
            }
        }
    }
}

package dev.gemlive.runner;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.gemlive.LiveOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The client's part of a scenario file. */
final class Scenario {
    final Path folder;
    final List<JsonObject> client = new ArrayList<>();
    private final JsonObject session;

    private Scenario(Path folder, JsonObject session) {
        this.folder = folder;
        this.session = session;
    }

    /** @throws Usage when it is no scenario */
    static Scenario read(Path path) {
        JsonObject root;
        try {
            root = JsonParser.parseString(new String(Files.readAllBytes(path), StandardCharsets.UTF_8)).getAsJsonObject();
        } catch (IOException e) {
            throw new Usage("cannot read '" + path + "'");
        } catch (JsonParseException | IllegalStateException e) {
            throw new Usage("'" + path + "': $ has to be an object");
        }
        JsonElement session = root.has("session") ? root.get("session") : new JsonObject();
        JsonElement client = root.get("client");
        if (!session.isJsonObject() || client != null && !client.isJsonArray()) {
            throw new Usage("'" + path + "': $.session has to be an object, $.client a list");
        }
        Scenario scenario = new Scenario(path.toAbsolutePath().getParent(), session.getAsJsonObject());
        if (client != null) {
            for (JsonElement command : client.getAsJsonArray()) {
                if (!command.isJsonObject() || !Lines.isText(command.getAsJsonObject().get("do"))) {
                    throw new Usage("'" + path + "': $.client[" + scenario.client.size()
                            + "] has to be an object with a string field 'do'");
                }
                scenario.client.add(command.getAsJsonObject());
            }
        }
        return scenario;
    }

    void apply(LiveOptions.Builder options) {
        for (Map.Entry<String, JsonElement> entry : session.entrySet()) {
            JsonElement value = entry.getValue();
            if ((entry.getKey().equals("ca_file") || entry.getKey().equals("ca_dir")) && Lines.isText(value)) {
                value = new JsonPrimitive(folder.resolve(value.getAsString()).toString());
            }
            // What the classes have no setter for is the library's to refuse.
            if (!OptionSettings.set(options, entry.getKey(), value)) {
                options.option(entry.getKey(), Lines.asGiven(value));
            }
        }
    }

    long drainTimeoutMs() {
        JsonElement timeout = session.get("drain_timeout_ms");
        final long standard = 5_000;
        return Lines.isNumber(timeout) ? timeout.getAsLong() : standard;
    }

    /** null when there is none. */
    JsonObject firstReadAudio() {
        return client.stream().filter(command -> command.get("do").getAsString().equals("read_audio")).findFirst().orElse(null);
    }
}

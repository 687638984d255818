package dev.gemlive;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import dev.gemlive.internal.Json;
import dev.gemlive.internal.Native;
import dev.gemlive.internal.Utf8;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a conversation is made with. Immutable; every option of docs/options.md has a setter in the {@link Builder}. What
 * is not set is the model's for a session, and the default for a model; the key is then GOOGLE_API_KEY or GEMINI_API_KEY
 * of the environment.
 *
 * <p>A value that is not allowed is refused when a model or a session is made with it, with a sentence that says what is
 * allowed.
 */
public final class LiveOptions {
    static final LiveOptions NONE = builder().build();

    /** Sets one option of native options. */
    private interface Value {
        void set(long options, byte[] name);
    }

    private final Map<String, Value> values;
    private final String toolsJson;
    private final List<LiveTool> tools;

    private LiveOptions(Builder builder) {
        values = new LinkedHashMap<>(builder.values);
        toolsJson = builder.toolsJson;
        tools = Collections.unmodifiableList(new ArrayList<>(builder.tools));
    }

    public static Builder builder() {
        return new Builder();
    }

    /**
     * A builder that has the options of a JSON object, such as what {@link LiveSession#save} gave.
     *
     * @throws GemliveException INVALID_ARGUMENT when it is no JSON object
     */
    public static Builder fromJson(String json) {
        JsonObject object;
        try {
            object = Json.GSON.fromJson(Objects.requireNonNull(json, "json"), JsonObject.class);
        } catch (JsonParseException e) {
            object = null;
        }
        if (object == null) {
            throw new GemliveException(Status.INVALID_ARGUMENT, "'json' has to be a JSON object of options");
        }
        Builder builder = builder();
        object.entrySet().forEach(option -> builder.option(option.getKey(), Json.text(option.getValue())));
        return builder;
    }

    /** The tools with handlers. */
    public List<LiveTool> tools() {
        return tools;
    }

    /** The options that are set; never the value of a secret one, and no value of any other that may hold one. */
    @Override
    public String toString() {
        return "LiveOptions" + values.keySet();
    }

    /** Native options; the caller destroys them. */
    long create() {
        long options = Native.gemlive_options_create();
        try {
            values.forEach((name, value) -> value.set(options, Utf8.encode(name)));
            if (!tools.isEmpty()) {
                Native.gemlive_options_set_json(options, Utf8.encode("tools"), Utf8.encode(allTools()));
            }
            return options;
        } catch (RuntimeException | Error e) {
            Native.gemlive_options_destroy(options);
            throw e;
        }
    }

    /** The tools with handlers behind those of the option, which native options have accepted already. */
    private String allTools() {
        JsonArray all = toolsJson == null ? new JsonArray() : Json.GSON.fromJson(toolsJson, JsonArray.class);
        JsonArray functions = new JsonArray();
        for (LiveTool tool : tools) {
            functions.add(tool.declaration());
        }
        if (all.size() > 0 && isFunction(all.get(0))) {
            all.addAll(functions);
        } else {
            JsonObject tool = new JsonObject();
            tool.add("functionDeclarations", functions);
            all.add(tool);
        }
        return Json.text(all);
    }

    private static boolean isFunction(JsonElement tool) {
        return tool.isJsonObject() && tool.getAsJsonObject().has("name");
    }

    /** Collects options. For one thread. */
    public static final class Builder extends OptionSetters<Builder> {
        private final Map<String, Value> values = new LinkedHashMap<>();
        private final List<LiveTool> tools = new ArrayList<>();
        private String toolsJson;

        private Builder() {}

        /** A function of the application that the model may call; it is declared beside those of {@link #tools}. */
        public Builder tool(LiveTool tool) {
            tools.add(Objects.requireNonNull(tool, "tool"));
            return this;
        }

        /** Any option by its name in docs/options.md, from JSON text: also one that is newer than this class. */
        public Builder option(String name, String json) {
            return json(Objects.requireNonNull(name, "name"), json);
        }

        public LiveOptions build() {
            return new LiveOptions(this);
        }

        @Override
        Builder text(String name, String value) {
            if (value == null) {
                return unset(name);
            }
            byte[] bytes = Utf8.encode(value);
            return set(name, (options, key) -> Native.gemlive_options_set_string_n(options, key, bytes));
        }

        @Override
        Builder integer(String name, long value) {
            return set(name, (options, key) -> Native.gemlive_options_set_int(options, key, value));
        }

        @Override
        Builder number(String name, double value) {
            return set(name, (options, key) -> Native.gemlive_options_set_double(options, key, value));
        }

        @Override
        Builder bool(String name, boolean value) {
            return integer(name, value ? 1 : 0);
        }

        @Override
        Builder json(String name, String json) {
            if (name.equals("tools")) {
                toolsJson = json;
            }
            if (json == null) {
                return unset(name);
            }
            byte[] bytes = Utf8.encodeWithoutNul(json, name);
            return set(name, (options, key) -> Native.gemlive_options_set_json(options, key, bytes));
        }

        private Builder set(String name, Value value) {
            values.put(name, value);
            return this;
        }

        private Builder unset(String name) {
            values.remove(name);
            return this;
        }
    }
}

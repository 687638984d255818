package dev.gemlive;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import dev.gemlive.event.ToolCall;
import dev.gemlive.internal.Json;
import java.util.Objects;

/** A function of the application that the model may call, and what is done when it does. Immutable. */
public final class LiveTool {
    /** Answers calls. */
    @FunctionalInterface
    public interface Handler {
        /**
         * Called on the thread that takes the session's events, before the {@code ToolCall} event is given out; it should
         * not take long, or return a {@link java.util.concurrent.CompletionStage}.
         *
         * @param cancellation says when the answer is not needed any more: the server or the application cancelled the
         *     call, its connection was lost, or the session ended. A returned {@link java.util.concurrent.Future} is
         *     cancelled then.
         * @return what JSON can show, as for {@link ToolCall#respond}; or a CompletionStage of that
         * @throws Exception the model is told its message, as an error
         */
        Object call(ToolCall call, Cancellation cancellation) throws Exception;
    }

    private final String name;
    private final String description;
    private final JsonObject parameters;
    private final Handler handler;

    private LiveTool(String name, String description, JsonObject parameters, Handler handler) {
        this.name = name;
        this.description = description;
        this.parameters = parameters;
        this.handler = handler;
    }

    /**
     * @param name what the model calls it by
     * @param description what it does and when to call it, in words for the model
     * @param parameters the schema of its arguments, as JSON text; null: it takes none
     * @throws GemliveException INVALID_ARGUMENT when parameters is no JSON object
     */
    public static LiveTool create(String name, String description, String parameters, Handler handler) {
        return new LiveTool(Objects.requireNonNull(name, "name"), Objects.requireNonNull(description, "description"),
                parameters == null ? null : parse(parameters), Objects.requireNonNull(handler, "handler"));
    }

    public String name() {
        return name;
    }

    Handler handler() {
        return handler;
    }

    JsonObject declaration() {
        JsonObject declaration = new JsonObject();
        declaration.addProperty("name", name);
        declaration.addProperty("description", description);
        if (parameters != null) {
            declaration.add("parameters", parameters);
        }
        return declaration;
    }

    private static JsonObject parse(String parameters) {
        try {
            return Objects.requireNonNull(Json.GSON.fromJson(parameters, JsonObject.class));
        } catch (JsonParseException | ClassCastException | NullPointerException e) {
            throw new GemliveException(Status.INVALID_ARGUMENT, "'parameters' has to be a JSON object: a schema");
        }
    }
}

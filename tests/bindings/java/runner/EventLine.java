package dev.gemlive.runner;

import com.google.gson.stream.JsonReader;
import dev.gemlive.Gemlive;
import dev.gemlive.event.LiveEvent;
import java.io.IOException;
import java.io.StringReader;
import java.util.HashMap;
import java.util.Map;

/**
 * The line of an event, made anew from what its class tells, in the order in which the event's own JSON has its fields.
 * That it equals that JSON shows that the class has everything, and has it right.
 */
final class EventLine {
    private final Map<String, String> fields = new HashMap<>();

    static String of(LiveEvent event) {
        EventLine line = new EventLine();
        line.text("event", event.type());
        line.number("seq", event.seq());
        line.number("time_ms", event.timeMs());
        if (event.connection() != 0) {
            line.number("connection", event.connection());
        }
        EventFields.put(event, line);
        return line.inOrderOf(event.json());
    }

    void text(String name, String value) {
        fields.put(name, Gemlive.jsonQuote(value));
    }

    void number(String name, long value) {
        fields.put(name, Long.toString(value));
    }

    /** Whole numbers too: the C library writes 1.5 as Java does, and 12 as 12.0, as Java does. */
    void number(String name, double value) {
        fields.put(name, Double.toString(value));
    }

    void flag(String name, boolean value) {
        fields.put(name, Boolean.toString(value));
    }

    void json(String name, String value) {
        fields.put(name, value);
    }

    void id(String name, long value) {
        if (value != 0) {
            fields.put(name, "\"" + name + "-" + value + "\"");
        }
    }

    /** A field of the class that the JSON does not have comes last, one that the class lacks is missing: both show. */
    private String inOrderOf(String json) {
        StringBuilder line = new StringBuilder("{");
        try (JsonReader reader = new JsonReader(new StringReader(json))) {
            reader.beginObject();
            while (reader.hasNext()) {
                String name = reader.nextName();
                reader.skipValue();
                append(line, name, fields.remove(name));
            }
        } catch (IOException e) {
            throw new IllegalStateException(json, e);
        }
        fields.forEach((name, value) -> append(line, name, value));
        return line.append('}').toString();
    }

    private static void append(StringBuilder line, String name, String value) {
        if (value != null) {
            line.append(line.length() > 1 ? "," : "").append('"').append(name).append("\":").append(value);
        }
    }
}

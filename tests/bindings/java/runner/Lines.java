package dev.gemlive.runner;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.gemlive.Gemlive;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** The lines on stdout, and JSON in the spelling of the C program: compact, keys in order. */
final class Lines {
    private final PrintStream out;

    Lines(PrintStream out) {
        this.out = out;
    }

    /** Whole lines, whichever threads they come from. */
    void print(String line) {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        synchronized (out) {
            out.write(bytes, 0, bytes.length);
            out.flush();
        }
    }

    static String compact(JsonElement value) {
        return text(value, true);
    }

    /** Members in the order in which they came, which means something in a schema. */
    static String asGiven(JsonElement value) {
        return text(value, false);
    }

    private static String text(JsonElement value, boolean sorted) {
        StringBuilder text = new StringBuilder();
        append(text, value, sorted);
        return text.toString();
    }

    static boolean isText(JsonElement value) {
        return value != null && value.isJsonPrimitive() && value.getAsJsonPrimitive().isString();
    }

    static boolean isNumber(JsonElement value) {
        return value != null && value.isJsonPrimitive() && value.getAsJsonPrimitive().isNumber();
    }

    static boolean isFlag(JsonElement value) {
        return value != null && value.isJsonPrimitive() && value.getAsJsonPrimitive().isBoolean();
    }

    /** Objects match as subsets at every depth, everything else by equality. */
    static boolean matches(JsonElement pattern, JsonElement value) {
        if (!pattern.isJsonObject() || !value.isJsonObject()) {
            return equal(pattern, value);
        }
        JsonObject object = value.getAsJsonObject();
        for (Map.Entry<String, JsonElement> wanted : pattern.getAsJsonObject().entrySet()) {
            JsonElement found = object.get(wanted.getKey());
            if (found == null || !matches(wanted.getValue(), found)) {
                return false;
            }
        }
        return true;
    }

    private static boolean equal(JsonElement one, JsonElement other) {
        if (isNumber(one) && isNumber(other)) {
            return new BigDecimal(one.getAsString()).compareTo(new BigDecimal(other.getAsString())) == 0;
        }
        return compact(one).equals(compact(other));
    }

    private static void append(StringBuilder text, JsonElement value, boolean sorted) {
        if (value.isJsonObject()) {
            String separator = "{";
            JsonObject object = value.getAsJsonObject();
            for (Map.Entry<String, JsonElement> entry : sorted ? sorted(object).entrySet() : object.entrySet()) {
                text.append(separator).append(Gemlive.jsonQuote(entry.getKey())).append(':');
                append(text, entry.getValue(), sorted);
                separator = ",";
            }
            text.append(separator.equals("{") ? "{}" : "}");
        } else if (value.isJsonArray()) {
            String separator = "[";
            for (JsonElement element : value.getAsJsonArray()) {
                text.append(separator);
                append(text, element, sorted);
                separator = ",";
            }
            text.append(separator.equals("[") ? "[]" : "]");
        } else if (isText(value)) {
            text.append(Gemlive.jsonQuote(value.getAsString()));
        } else {
            text.append(value.isJsonNull() ? "null" : ((JsonPrimitive) value).getAsString());
        }
    }

    private static TreeMap<String, JsonElement> sorted(JsonObject object) {
        TreeMap<String, JsonElement> sorted = new TreeMap<>();
        object.entrySet().forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        return sorted;
    }
}

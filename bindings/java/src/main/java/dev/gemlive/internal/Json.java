package dev.gemlive.internal;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.reflect.TypeToken;
import java.util.List;
import java.util.Map;

/** The one way this library reads and writes JSON. */
public final class Json {
    public static final Gson GSON = new GsonBuilder().serializeNulls().disableHtmlEscaping().create();

    public static String text(Object value) {
        return GSON.toJson(value);
    }

    public static Map<String, Object> map(String json) {
        return GSON.fromJson(json, new TypeToken<Map<String, Object>>() {}.getType());
    }

    public static List<String> texts(String json) {
        return GSON.fromJson(json, new TypeToken<List<String>>() {}.getType());
    }

    private Json() {}
}

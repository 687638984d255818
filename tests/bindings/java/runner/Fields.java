package dev.gemlive.runner;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;

/** The fields that a command may have: what is wrong with others is said as the C program says it. */
final class Fields {
    private static final String CODE_UNITS = "_code_units";

    private enum Kind { TEXT, WHOLE, TRUTH, OBJECT, ANY }

    private static final class Field {
        final String name;
        final Kind kind;
        boolean required;
        boolean codeUnits;
        long least;
        long most = 86_400_000;
        List<String> words = new ArrayList<>();

        Field(String name, Kind kind) {
            this.name = name;
            this.kind = kind;
        }
    }

    /** Of a command whose fields the library knows. */
    static final Fields ANY = new Fields();

    private final List<Field> fields = new ArrayList<>();

    Fields text(String name, String... words) {
        return add(name, Kind.TEXT, field -> field.words = Arrays.asList(words));
    }

    /** A text that may also be given as UTF-16 code units, which can say what JSON's strings cannot. */
    Fields anyText(String name) {
        return add(name, Kind.TEXT, field -> field.codeUnits = true);
    }

    Fields whole(String name) {
        return add(name, Kind.WHOLE, field -> {});
    }

    Fields whole(String name, long least, long most) {
        return add(name, Kind.WHOLE, field -> {
            field.least = least;
            field.most = most;
        });
    }

    Fields truth(String name) {
        return add(name, Kind.TRUTH, field -> {});
    }

    Fields object(String name) {
        return add(name, Kind.OBJECT, field -> {});
    }

    Fields any(String name) {
        return add(name, Kind.ANY, field -> {});
    }

    /** The field before has to be there. */
    Fields required() {
        fields.get(fields.size() - 1).required = true;
        return this;
    }

    /** null when all is right. */
    String problemWith(JsonObject command) {
        if (this == ANY) {
            return null;
        }
        String name = command.get("do").getAsString();
        for (String key : new TreeSet<>(command.keySet())) {
            String problem = key.equals("do") ? null : problemWith(command, name, key);
            if (problem != null) {
                return problem;
            }
        }
        for (Field field : fields) {
            boolean given = command.has(field.name) || field.codeUnits && command.has(field.name + CODE_UNITS);
            if (field.required && !given) {
                return "'" + field.name + "' is missing: " + allowed(field);
            }
        }
        return null;
    }

    /** The text of NAME_code_units, or null. */
    static String fromCodeUnits(JsonObject command, String name) {
        JsonElement units = command.get(name + CODE_UNITS);
        if (units == null) {
            return null;
        }
        StringBuilder text = new StringBuilder();
        units.getAsJsonArray().forEach(unit -> text.append((char) unit.getAsInt()));
        return text.toString();
    }

    private String problemWith(JsonObject command, String commandName, String key) {
        boolean units = key.endsWith(CODE_UNITS);
        String name = units ? key.substring(0, key.length() - CODE_UNITS.length()) : key;
        Field field = fields.stream().filter(known -> known.name.equals(name) && (!units || known.codeUnits)).findFirst()
                .orElse(null);
        if (field == null) {
            return "'" + key + "' is no field of " + commandName + "; allowed: " + names();
        }
        JsonElement value = command.get(key);
        if (!units) {
            return fits(value, field) ? null
                    : "'" + key + "' has to be " + allowed(field) + ", not " + Lines.compact(value);
        }
        if (!value.isJsonArray() || !areCodeUnits(value.getAsJsonArray())) {
            return "'" + key + "' has to be a list of whole numbers from 0 to 65535, not " + Lines.compact(value);
        }
        return command.has(name) ? "'" + key + "' and '" + name + "' exclude each other" : null;
    }

    private static boolean areCodeUnits(JsonArray units) {
        for (JsonElement unit : units) {
            if (!Lines.isNumber(unit) || !unit.getAsString().matches("[0-9]{1,9}") || unit.getAsInt() > 0xFFFF) {
                return false;
            }
        }
        return true;
    }

    private static boolean fits(JsonElement value, Field field) {
        switch (field.kind) {
            case TEXT:
                return Lines.isText(value) && (field.words.isEmpty() || field.words.contains(value.getAsString()));
            case WHOLE:
                return Lines.isNumber(value) && isWhole(new BigDecimal(value.getAsString()), field);
            case TRUTH:
                return Lines.isFlag(value);
            case OBJECT:
                return value.isJsonObject();
            default:
                return true;
        }
    }

    private static boolean isWhole(BigDecimal number, Field field) {
        return number.remainder(BigDecimal.ONE).signum() == 0 && number.compareTo(BigDecimal.valueOf(field.least)) >= 0
                && number.compareTo(BigDecimal.valueOf(field.most)) <= 0;
    }

    private static String allowed(Field field) {
        switch (field.kind) {
            case TEXT:
                return field.words.isEmpty() ? "a string" : "\"" + String.join("\" or \"", field.words) + "\"";
            case WHOLE:
                return "a whole number from " + field.least + " to " + field.most;
            case TRUTH:
                return "true or false";
            case OBJECT:
                return "a JSON object";
            default:
                return "any JSON value";
        }
    }

    private String names() {
        List<String> names = new ArrayList<>();
        for (Field field : fields) {
            names.add(field.name);
            if (field.codeUnits) {
                names.add(field.name + CODE_UNITS);
            }
        }
        return names.isEmpty() ? "none but do" : String.join(", ", names);
    }

    private Fields add(String name, Kind kind, Consumer<Field> more) {
        Field field = new Field(name, kind);
        more.accept(field);
        fields.add(field);
        return this;
    }
}

package dev.gemlive.runner;

import dev.gemlive.Gemlive;
import dev.gemlive.GemliveException;
import dev.gemlive.Status;
import java.util.LinkedHashMap;
import java.util.Map;

/** How a command ended, and what it brought. */
final class Result {
    final Status status;
    final String message;
    private final Map<String, String> fields = new LinkedHashMap<>();

    private Result(Status status, String message) {
        this.status = status;
        this.message = message;
    }

    static Result ok() {
        return new Result(Status.OK, "");
    }

    static Result of(GemliveException thrown) {
        return new Result(thrown.status(), thrown.sentence());
    }

    static Result failed(Status status, String message) {
        return new Result(status, message);
    }

    static Result invalid(String message) {
        return failed(Status.INVALID_ARGUMENT, message);
    }

    /** One more field, as JSON text. */
    Result with(String name, String json) {
        fields.put(name, json);
        return this;
    }

    Result with(String name, long number) {
        return with(name, Long.toString(number));
    }

    boolean isOk() {
        return status == Status.OK;
    }

    String line(String command) {
        StringBuilder line = new StringBuilder("{\"result\":").append(quote(command)).append(",\"status\":\"")
                .append(status.word()).append("\",\"message\":").append(quote(message));
        fields.forEach((name, json) -> line.append(",\"").append(name).append("\":").append(json));
        return line.append('}').toString();
    }

    private static String quote(String text) {
        return Gemlive.jsonQuote(text);
    }
}

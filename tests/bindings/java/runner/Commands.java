package dev.gemlive.runner;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.gemlive.GemliveException;
import dev.gemlive.LiveSession;
import dev.gemlive.PixelFormat;
import dev.gemlive.Status;
import dev.gemlive.VideoFrame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The commands of docs/talk.md, through the binding. */
final class Commands {
    private interface Action {
        Result run(JsonObject command) throws IOException, InterruptedException;
    }

    private static final class Known {
        final Fields fields;
        final Action action;

        Known(Fields fields, Action action) {
            this.fields = fields;
            this.action = action;
        }
    }

    private static final String[] PLANNED = {"network_changed", "pause", "resume"};
    private static final String[] PACES = {"realtime", "none"};

    private final Map<String, Known> known = new LinkedHashMap<>();
    private final Conversation conversation;
    private final LiveSession session;
    private boolean direct;  // the newest raw frame was a direct buffer

    Commands(Conversation conversation) {
        this.conversation = conversation;
        session = conversation.session;
        add("push_audio", new Fields().text("file").required().text("pace", PACES).whole("chunk_ms", 1, 10_000)
                .whole("from_ms").whole("to_ms").truth("background"), this::pushAudio);
        add("push_silence", new Fields().whole("ms").required().text("pace", PACES), command ->
                conversation.audioIn.pushSilence(whole(command, "ms", 0), isPaced(command)));
        add("push_video", new Fields().text("file").required().whole("every_ms").whole("count", 1, 1_000_000)
                .whole("width").whole("height").text("format").whole("stride", -1_000_000, 1_000_000)
                .whole("rotation"), this::pushVideo);
        add("send_text", new Fields().anyText("text").required().truth("turn_complete"), this::sendText);
        add("generate_reply", new Fields().anyText("instructions").text("text").whole("timeout_ms").text("tool_choice"),
                this::generateReply);
        add("tool_response", new Fields().text("call").required().any("output").text("error")
                .text("scheduling", "SILENT", "WHEN_IDLE", "INTERRUPT").truth("will_continue"),
                command -> done(() -> session.toolResponseJson(fieldsOf(command))));
        add("start_user_activity", new Fields(), command -> done(session::startUserActivity));
        add("end_user_activity", new Fields(), command -> done(session::endUserActivity));
        add("audio_stream_end", new Fields(), command -> done(session::audioStreamEnd));
        add("commit_audio", new Fields(), command -> done(session::commitAudio));
        add("clear_audio", new Fields(), command -> done(session::clearAudio));
        add("mute", new Fields().truth("on").required(), command -> done(() -> session.mute(command.get("on").getAsBoolean())));
        add("interrupt", new Fields(), command -> done(session::interrupt));
        add("update_instructions", new Fields().anyText("instructions").required(), command -> {
            String units = Fields.fromCodeUnits(command, "instructions");
            return done(() -> session.updateInstructions(units != null ? units : command.get("instructions").getAsString()));
        });
        add("update_tools", new Fields().any("tools").required(),
                command -> done(() -> session.updateTools(Lines.compact(command.get("tools")))));
        add("update_options", Fields.ANY, command -> done(() -> session.updateOptionsJson(fieldsOf(command))));
        add("update_model_options", Fields.ANY,
                command -> done(() -> conversation.model.updateOptionsJson(fieldsOf(command))));
        add("update_chat_context", new Fields().any("items").required(),
                command -> done(() -> session.updateChatContext(Lines.compact(command.get("items")))));
        add("truncate", new Fields().text("turn").required().whole("heard_ms").required(), this::truncate);
        add("get_chat_context", new Fields(), command -> Result.ok().with("items", session.getChatContext()));
        add("save", new Fields(), command -> Result.ok().with("saved", session.save()));
        add("get_open_calls", new Fields(), command -> Result.ok().with("calls", session.getOpenCalls()));
        add("get_tools", new Fields(), command -> Result.ok().with("tools", session.getTools()));
        add("get_capabilities", new Fields(), command -> Result.ok().with("capabilities", session.getCapabilities()));
        add("read_audio", new Fields().whole("ms").required().whole("sample_rate", 1_000, 384_000).whole("channels", 1, 16),
                this::readAudio);
        add("send_raw", new Fields().object("message").required(),
                command -> done(() -> session.sendRaw(Lines.compact(command.get("message")))));
        add("wait", new Fields().object("event").required().whole("timeout_ms"), command ->
                conversation.log.await(command.get("event"), Clock.in(whole(command, "timeout_ms", 10_000)), conversation.clock));
        add("sleep", new Fields().whole("ms").required(), command ->
                conversation.clock.sleepUntil(Clock.in(whole(command, "ms", 0)), new Clock.Stop()) ? Result.ok()
                        : Result.failed(Status.CANCELLED, "stopped while sleeping"));
        add("close", new Fields().truth("drain").whole("timeout_ms"), this::close);
    }

    Result run(JsonObject command) throws InterruptedException {
        String name = command.get("do").getAsString();
        for (String planned : PLANNED) {
            if (planned.equals(name)) {
                return Result.failed(Status.UNSUPPORTED, name + " is not in this version");
            }
        }
        Known found = known.get(name);
        if (found == null) {
            return Result.invalid("'" + name + "' is no command; allowed: " + String.join(", ", known.keySet()));
        }
        String problem = found.fields.problemWith(command);
        if (problem != null) {
            return Result.invalid(problem);
        }
        try {
            return found.action.run(command);
        } catch (GemliveException e) {
            return Result.of(e);
        } catch (IOException e) {
            return Result.invalid(e.getMessage());
        }
    }

    private Result pushAudio(JsonObject command) {
        AudioIn.Request request = new AudioIn.Request();
        request.path = file(command);
        request.paced = isPaced(command);
        request.chunkMs = (int) whole(command, "chunk_ms", request.chunkMs);
        request.fromMs = whole(command, "from_ms", request.fromMs);
        request.toMs = whole(command, "to_ms", request.toMs);
        if (request.toMs >= 0 && request.toMs < request.fromMs) {
            return Result.invalid("'to_ms' has to be at least from_ms, which is " + request.fromMs);
        }
        return truth(command, "background")
                ? conversation.audioIn.pushInBackground(request, conversation::backgroundFailed)
                : conversation.audioIn.push(request);
    }

    private Result pushVideo(JsonObject command) throws IOException {
        boolean raw = command.has("width") || command.has("height") || command.has("format");
        Path path = file(command);
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(path);
        } catch (IOException e) {
            return Result.invalid("cannot read '" + path + "'");
        }
        VideoFrame frame = raw ? rawFrame(command, bytes) : null;
        String type = raw ? "" : startsWith(bytes, 0xFF, 0xD8, 0xFF) ? "image/jpeg" : startsWith(bytes, 0x89, 'P', 'N', 'G') ? "image/png" : null;
        if (type == null) {
            return Result.invalid("'" + path + "' begins neither like a JPEG nor like a PNG file");
        }
        long start = System.nanoTime();
        long every = whole(command, "every_ms", 1_000) * 1_000_000;
        for (long number = 0; number < whole(command, "count", 1); number++) {
            if (!conversation.clock.sleepUntil(start + number * every, new Clock.Stop())) {
                return Result.failed(Status.CANCELLED, "stopped after " + number + " pictures");
            }
            if (raw) {
                session.pushVideo(frame);
            } else {
                session.pushImage(bytes, type);
            }
        }
        return Result.ok();
    }

    /** Every other command's frame is a direct buffer. */
    private VideoFrame rawFrame(JsonObject command, byte[] bytes) {
        PixelFormat format = PixelFormat.valueOf(command.get("format").getAsString().toUpperCase(Locale.ROOT));
        int width = (int) whole(command, "width", 0);
        int height = (int) whole(command, "height", 0);
        direct = !direct;
        VideoFrame frame = direct
                ? VideoFrame.of(format, width, height, (ByteBuffer) ByteBuffer.allocateDirect(bytes.length).put(bytes).flip())
                : VideoFrame.of(format, width, height, bytes);
        return frame.strides((int) whole(command, "stride", 0)).rotation((int) whole(command, "rotation", 0));
    }

    private Result sendText(JsonObject command) {
        String text = Fields.fromCodeUnits(command, "text");
        if (text == null) {
            return withRequest(session.sendTextJson(fieldsOf(command)));
        }
        return command.has("turn_complete") ? standsAlone("text_code_units") : withRequest(session.sendText(text));
    }

    private Result generateReply(JsonObject command) {
        String instructions = Fields.fromCodeUnits(command, "instructions");
        if (instructions == null) {
            return withRequest(session.generateReplyJson(fieldsOf(command)));
        }
        return command.has("text") || command.has("timeout_ms") || command.has("tool_choice")
                ? standsAlone("instructions_code_units") : withRequest(session.generateReply(instructions));
    }

    private Result readAudio(JsonObject command) {
        if (conversation.playout.isPlaying()) {
            return Result.failed(Status.INVALID_STATE, "--out or --record pulls the playout already");
        }
        int rate = (int) whole(command, "sample_rate", Playout.DEFAULT_RATE);
        int channels = (int) whole(command, "channels", 1);
        conversation.playout.setFormat(rate, channels);
        long frames = whole(command, "ms", 0) * rate / 1000;
        Playout.Pulled pulled = conversation.playout.pull(rate, channels, frames, new Clock.Stop());
        Result result = pulled.frames < frames ? Result.failed(Status.CANCELLED, "stopped before the end") : Result.ok();
        return result.with("frames", pulled.frames).with("heard", pulled.heard);
    }

    private Result truncate(JsonObject command) {
        long turn = Long.parseLong(command.get("turn").getAsString().substring("turn-".length()));
        return done(() -> session.truncate(turn, whole(command, "heard_ms", 0)));
    }

    private Result close(JsonObject command) throws InterruptedException {
        conversation.audioIn.stopBackground();
        conversation.audioIn.joinBackground();
        conversation.closeTimeoutMs = Math.max(conversation.closeTimeoutMs, whole(command, "timeout_ms", 0));
        return done(() -> session.finishJson(fieldsOf(command)));
    }

    private void add(String name, Fields fields, Action action) {
        known.put(name, new Known(fields, action));
    }

    private Path file(JsonObject command) {
        return conversation.folder.resolve(command.get("file").getAsString());
    }

    private static Result done(Runnable call) {
        call.run();
        return Result.ok();
    }

    private static Result withRequest(long request) {
        return request == 0 ? Result.ok() : Result.ok().with("request", "\"request-" + request + "\"");
    }

    private static Result standsAlone(String field) {
        return Result.invalid("'" + field + "' has to be the only field");
    }

    private static String fieldsOf(JsonObject command) {
        JsonObject fields = new JsonObject();
        command.entrySet().stream().filter(entry -> !entry.getKey().equals("do"))
                .forEach(entry -> fields.add(entry.getKey(), entry.getValue()));
        return Lines.compact(fields);
    }

    private static long whole(JsonObject command, String name, long absent) {
        JsonElement value = command.get(name);
        return value == null ? absent : value.getAsBigDecimal().longValue();
    }

    private static boolean truth(JsonObject command, String name) {
        return command.has(name) && command.get(name).getAsBoolean();
    }

    private static boolean isPaced(JsonObject command) {
        return !command.has("pace") || command.get("pace").getAsString().equals("realtime");
    }

    private static boolean startsWith(byte[] bytes, int... magic) {
        for (int at = 0; at < magic.length; at++) {
            if (bytes.length <= magic.length || (bytes[at] & 0xFF) != magic[at]) {
                return false;
            }
        }
        return true;
    }
}

#include "commands.hpp"

#include "fields.hpp"
#include "picture.hpp"
#include "raw_frame.hpp"

#include <algorithm>
#include <charconv>
#include <exception>
#include <vector>

namespace gemlive::talk {
namespace {

using enum FieldType;

std::filesystem::path file_of(const Context &context, const Json &command)
{
    const std::filesystem::path file = command.at("file").get<std::string>();
    return file.is_relative() ? context.folder / file : file;
}

Time after_ms(int64_t ms)
{
    return std::chrono::steady_clock::now() + std::chrono::milliseconds(ms);
}

// The fields alone, as the _json forms of the library take them.
std::string fields_json(Json command)
{
    command.erase("do");
    return one_line(command);
}

Result with_request(gemlive_status status, uint64_t request)
{
    Result result = result_of(status);
    if (result.ok() && request != 0) {
        result.fields["request"] = "request-" + std::to_string(request);
    }
    return result;
}

Result push_audio(Context &context, const Json &command)
{
    PushFile request;
    request.path = file_of(context, command);
    request.paced = command.value("pace", "realtime") == "realtime";
    request.chunk_ms = command.value("chunk_ms", request.chunk_ms);
    request.from_ms = command.value("from_ms", request.from_ms);
    request.to_ms = command.value("to_ms", request.to_ms);
    if (request.to_ms >= 0 && request.to_ms < request.from_ms) {
        return invalid_argument("'to_ms' has to be at least from_ms, which is " + std::to_string(request.from_ms));
    }
    if (command.value("background", false)) {
        return context.audio_in.push_in_background(request, context.background_failed);
    }
    return context.audio_in.push_file(request);
}

Result push_silence(Context &context, const Json &command)
{
    return context.audio_in.push_silence(command.at("ms").get<int64_t>(),
                                         command.value("pace", "realtime") == "realtime");
}

Result push_video(Context &context, const Json &command)
{
    const bool is_raw = command.contains("width") || command.contains("height") || command.contains("format");
    const std::filesystem::path file = file_of(context, command);
    const Picture picture = is_raw ? Picture() : read_picture(file);
    const RawFrame raw = is_raw ? read_raw_frame(file, command) : RawFrame();
    const auto count = command.value("count", int64_t{1});
    const auto every = std::chrono::milliseconds(command.value("every_ms", int64_t{1'000}));
    const Time start = std::chrono::steady_clock::now();
    for (int64_t number = 0; number < count; ++number) {
        if (!sleep_until(start + number * every, context.stop.token())) {
            return {GEMLIVE_ERROR_CANCELLED, "stopped after " + std::to_string(number) + " pictures"};
        }
        const Result result = result_of(
            is_raw ? gemlive_session_push_video(context.session(), &raw.frame)
                   : gemlive_session_push_image(context.session(), picture.bytes.data(), picture.bytes.size(), picture.mime_type));
        if (!result.ok()) {
            return result;
        }
    }
    return {};
}

// The forms for texts of any bytes take no other field.
Result stands_alone(const char *field)
{
    return invalid_argument(std::string("'") + field + "' has to be the only field");
}

Result send_text(Context &context, const Json &command)
{
    uint64_t request = 0;
    if (const auto text = text_from_code_units(command, "text")) {
        if (command.contains("turn_complete")) {
            return stands_alone("text_code_units");
        }
        const gemlive_status status =
            gemlive_session_send_text_n(context.session(), text->data(), text->size(), &request);
        return with_request(status, request);
    }
    const std::string fields = fields_json(command);
    const gemlive_status status = gemlive_session_send_text_json(context.session(), fields.c_str(), &request);
    return with_request(status, request);
}

Result generate_reply(Context &context, const Json &command)
{
    uint64_t request = 0;
    if (const auto text = text_from_code_units(command, "instructions")) {
        if (command.contains("text") || command.contains("timeout_ms") || command.contains("tool_choice")) {
            return stands_alone("instructions_code_units");
        }
        const gemlive_status status =
            gemlive_session_generate_reply_n(context.session(), text->data(), text->size(), &request);
        return with_request(status, request);
    }
    const gemlive_status status =
        gemlive_session_generate_reply_json(context.session(), fields_json(command).c_str(), &request);
    return with_request(status, request);
}

Result tool_response(Context &context, const Json &command)
{
    return result_of(gemlive_session_tool_response_json(context.session(), fields_json(command).c_str()));
}

Result start_user_activity(Context &context, const Json &)
{
    return result_of(gemlive_session_start_user_activity(context.session()));
}

Result end_user_activity(Context &context, const Json &)
{
    return result_of(gemlive_session_end_user_activity(context.session()));
}

Result audio_stream_end(Context &context, const Json &)
{
    return result_of(gemlive_session_audio_stream_end(context.session()));
}

Result commit_audio(Context &context, const Json &)
{
    return result_of(gemlive_session_commit_audio(context.session()));
}

Result clear_audio(Context &context, const Json &)
{
    return result_of(gemlive_session_clear_audio(context.session()));
}

Result mute(Context &context, const Json &command)
{
    return result_of(gemlive_session_mute(context.session(), command["on"].get<bool>() ? 1 : 0));
}

Result update_instructions(Context &context, const Json &command)
{
    const auto text = text_from_code_units(command, "instructions");
    const std::string words = text ? *text : command.at("instructions").get<std::string>();
    return result_of(gemlive_session_update_instructions_n(context.session(), words.data(), words.size()));
}

Result update_tools(Context &context, const Json &command)
{
    return result_of(gemlive_session_update_tools(context.session(), one_line(command.at("tools")).c_str()));
}

Result update_options(Context &context, const Json &command)
{
    return result_of(gemlive_session_update_options_json(context.session(), fields_json(command).c_str()));
}

Result update_model_options(Context &context, const Json &command)
{
    return result_of(gemlive_model_update_options_json(context.model, fields_json(command).c_str()));
}

Result interrupt(Context &context, const Json &)
{
    return result_of(gemlive_session_interrupt(context.session()));
}

Result send_raw(Context &context, const Json &command)
{
    return result_of(gemlive_session_send_raw(context.session(), one_line(command.at("message")).c_str()));
}

Result read_audio(Context &context, const Json &command)
{
    if (context.playing) {
        return {GEMLIVE_ERROR_INVALID_STATE, "--out or --record pulls the playout already"};
    }
    const int rate = command.value("sample_rate", context.play_rate);
    const int channels = command.value("channels", 1);
    Result result = set_output_format(context, rate, channels);
    if (result.ok()) {
        const int64_t frames = command.at("ms").get<int64_t>() * rate / 1000;
        const Pulled pulled = pull_audio(context.session(), rate, channels, frames, context.stop.token(),
                                         [](std::span<const int16_t>, size_t) {});
        if (static_cast<int64_t>(pulled.frames) < frames) {
            result = {GEMLIVE_ERROR_CANCELLED, "stopped before the end"};
        }
        result.fields["frames"] = pulled.frames;
        result.fields["heard"] = pulled.heard;
    }
    return result;
}

Result wait(Context &context, const Json &command)
{
    constexpr int64_t default_ms = 10'000;
    return context.conversation.log().wait(command.at("event"), after_ms(command.value("timeout_ms", default_ms)),
                                           context.stop.token());
}

Result sleep(Context &context, const Json &command)
{
    if (!sleep_until(after_ms(command.at("ms").get<int64_t>()), context.stop.token())) {
        return {GEMLIVE_ERROR_CANCELLED, "stopped while sleeping"};
    }
    return {};
}

Result close(Context &context, const Json &command)
{
    context.audio_in.stop();
    context.audio_in.join();
    context.close_timeout_ms = std::max(context.close_timeout_ms, command.value("timeout_ms", int64_t{0}));
    return result_of(gemlive_session_close_json(context.session(), fields_json(command).c_str()));
}

Result read_json(Context &context, const char *field,
                 gemlive_status(GEMLIVE_CALL *get)(gemlive_session *, char *, size_t, size_t *))
{
    // It may grow between two calls, so the size is asked for again until the text fits.
    std::string text(4096, '\0');
    size_t needed = 0;
    gemlive_status status = get(context.session(), text.data(), text.size(), &needed);
    while (status == GEMLIVE_ERROR_TOO_SMALL && needed > text.size()) {
        text.resize(needed);
        status = get(context.session(), text.data(), text.size(), &needed);
    }
    Result result = result_of(status);
    if (result.ok()) {
        result.fields[field] = Line::parse(text.c_str());
    }
    return result;
}

Result update_chat_context(Context &context, const Json &command)
{
    return result_of(gemlive_session_update_chat_context(context.session(), one_line(command.at("items")).c_str()));
}

Result truncate(Context &context, const Json &command)
{
    const std::string turn = command.at("turn").get<std::string>();
    uint64_t number = 0;
    const char *const end = turn.data() + turn.size();
    const auto read = std::from_chars(turn.data() + std::min<size_t>(turn.size(), 5), end, number);
    if (!turn.starts_with("turn-") || read.ec != std::errc() || read.ptr != end) {
        return invalid_argument("'turn' has to be a turn's id, such as \"turn-1\", not " + one_line(command["turn"]));
    }
    return result_of(gemlive_session_truncate(context.session(), number, command.at("heard_ms").get<int64_t>()));
}

Result get_chat_context(Context &context, const Json &)
{
    return read_json(context, "items", gemlive_session_get_chat_context);
}

Result save(Context &context, const Json &)
{
    return read_json(context, "saved", gemlive_session_save);
}

Result get_open_calls(Context &context, const Json &)
{
    return read_json(context, "calls", gemlive_session_get_open_calls);
}

Result get_tools(Context &context, const Json &)
{
    return read_json(context, "tools", gemlive_session_get_tools);
}

Result get_capabilities(Context &context, const Json &)
{
    return read_json(context, "capabilities", gemlive_session_get_capabilities);
}

struct Command {
    const char *name;
    // Null: a command of docs/events.md that this version lacks.
    Result (*run)(Context &, const Json &) = nullptr;
    std::vector<Field> fields = {};
};

const std::vector<Command> &table()
{
    static const Field pace = {"pace", text, false, 0, 0, "realtime none"};
    static const std::vector<Command> commands = {
        {"push_audio",
         push_audio,
         {{"file", text, true},
          pace,
          {"chunk_ms", whole, false, 1, 10'000},
          {"from_ms", whole},
          {"to_ms", whole},
          {"background", truth}}},
        {"push_silence", push_silence, {{"ms", whole, true}, pace}},
        {"push_video",
         push_video,
         {{"file", text, true},
          {"every_ms", whole},
          {"count", whole, false, 1, 1'000'000},
          {"width", whole},
          {"height", whole},
          {"format", text},
          {"stride", whole, false, -1'000'000, 1'000'000},
          {"rotation", whole}}},
        {"send_text", send_text, {{"text", text, true, 0, 0, "", true}, {"turn_complete", truth}}},
        {"generate_reply",
         generate_reply,
         {{"instructions", text, false, 0, 0, "", true}, {"text", text}, {"timeout_ms", whole}, {"tool_choice", text}}},
        {"tool_response",
         tool_response,
         {{"call", text, true},
          {"output", any},
          {"error", text},
          {"scheduling", text, false, 0, 0, "SILENT WHEN_IDLE INTERRUPT"},
          {"will_continue", truth}}},
        {"start_user_activity", start_user_activity},
        {"end_user_activity", end_user_activity},
        {"commit_audio", commit_audio},
        {"clear_audio", clear_audio},
        {"audio_stream_end", audio_stream_end},
        {"interrupt", interrupt},
        {"truncate", truncate, {{"turn", text, true}, {"heard_ms", whole, true}}},
        {"update_instructions", update_instructions, {{"instructions", text, true, 0, 0, "", true}}},
        {"update_tools", update_tools, {{"tools", any, true}}},
        {"update_options", update_options, {any_field}},
        {"update_model_options", update_model_options, {any_field}},
        {"update_chat_context", update_chat_context, {{"items", any, true}}},
        {"get_chat_context", get_chat_context},
        {"save", save},
        {"get_open_calls", get_open_calls},
        {"get_tools", get_tools},
        {"get_capabilities", get_capabilities},
        {"read_audio",
         read_audio,
         {{"ms", whole, true}, {"sample_rate", whole, false, 1'000, 384'000}, {"channels", whole, false, 1, 16}}},
        {"mute", mute, {{"on", truth, true}}},
        {"network_changed"},
        {"pause"},
        {"resume"},
        {"send_raw", send_raw, {{"message", object, true}}},
        {"wait", wait, {{"event", object, true}, {"timeout_ms", whole}}},
        {"sleep", sleep, {{"ms", whole, true}}},
        {"close", close, {{"drain", truth}, {"timeout_ms", whole}}},
    };
    return commands;
}

Result unknown_command(const std::string &name)
{
    std::string names;
    for (const Command &command : table()) {
        names += (names.empty() ? "" : ", ") + std::string(command.name);
    }
    return invalid_argument("'" + name + "' is no command; allowed: " + names);
}

}  // namespace

std::string command_name(const Json &command)
{
    const auto name = command.is_object() ? command.find("do") : command.end();
    return command.is_object() && name != command.end() && name->is_string() ? name->get<std::string>() : "";
}

Result set_output_format(Context &context, int rate, int channels)
{
    if (rate == context.output_rate && channels == context.output_channels) {
        return {};
    }
    const Result result = result_of(gemlive_session_set_output_format(context.session(), rate, channels));
    if (result.ok()) {
        context.output_rate = rate;
        context.output_channels = channels;
    }
    return result;
}

Result run_command(Context &context, const Json &command)
{
    const std::string name = command_name(command);
    if (name.empty()) {
        return invalid_argument("a command is a JSON object with a string field 'do'");
    }
    const auto found =
        std::find_if(table().begin(), table().end(), [&name](const Command &known) { return name == known.name; });
    if (found == table().end()) {
        return unknown_command(name);
    }
    if (found->run == nullptr) {
        return {GEMLIVE_ERROR_UNSUPPORTED, name + " is not in this version"};
    }
    if (const auto wrong = check_fields(command, found->fields)) {
        return invalid_argument(*wrong);
    }
    try {
        return found->run(context, command);
    } catch (const std::exception &error) {
        return invalid_argument(error.what());
    }
}

}  // namespace gemlive::talk

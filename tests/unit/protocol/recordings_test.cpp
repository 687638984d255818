#include <fstream>

#include <openssl/sha.h>

#include "protocol/audio_assembler.hpp"
#include "shared_data.hpp"

namespace gemlive::protocol::test {
namespace {

std::string sha256(const std::vector<uint8_t> &bytes)
{
    std::array<uint8_t, SHA256_DIGEST_LENGTH> digest;
    SHA256(bytes.data(), bytes.size(), digest.data());
    return hex(digest);
}

// What facts.json says of one turn, gathered from decoded messages.
class TurnFacts {
public:
    void add(const ServerMessage &message)
    {
        const ServerContent &content = message.content;
        add_parts(content);
        input_.add(content.input_transcription);
        output_.add(content.output_transcription);
        flag(content.generation_complete, "generationComplete");
        flag(content.interrupted, "interrupted");
        flag(content.turn_complete, "turnComplete");
        for (const ToolCall &call : message.tool_calls) {
            any_ = true;
            calls_.push_back({{"id", call.id.empty() ? json() : json(call.id)},
                              {"name", call.name},
                              {"args", json::parse(call.args)}});
        }
        if (message.usage.present) {
            usage_.push_back({{"prompt", message.usage.prompt},
                              {"response", message.usage.response},
                              {"thoughts", message.usage.thoughts},
                              {"tool_use_prompt", message.usage.tool_use_prompt},
                              {"total", message.usage.total},
                              {"alone", !content.present}});
        }
    }

    bool is_empty() const { return !any_ && !input_.any && !output_.any && flags_.empty() && usage_.empty(); }

    json result(const char *ended_by) const
    {
        std::string text;
        for (const json &part : texts_) {
            text += part.get<std::string>();
        }
        json audio = {{"messages", chunks_.size()},
                      {"chunk_bytes", chunks_},
                      {"bytes", bytes_.size()},
                      {"samples", samples_},
                      {"odd_byte", assembler_.has_odd_byte() ? 1 : 0},
                      {"pcm_sha256", bytes_.empty() ? json() : json(sha256(bytes_))},
                      {"mime_types", mime_types_}};
        return {{"ended_by", ended_by},
                {"flags_in_order", flags_},
                {"interrupted", contains(flags_, "interrupted")},
                {"generation_complete", contains(flags_, "generationComplete")},
                {"audio", audio},
                {"text", text},
                {"text_parts", texts_},
                {"thoughts", thoughts_},
                {"input_transcript", input_.text},
                {"input_fragments", input_.fragments},
                {"input_finished_flags", input_.finished},
                {"output_transcript", output_.text},
                {"output_fragments", output_.fragments},
                {"output_finished_flags", output_.finished},
                {"function_calls", calls_},
                {"executable_code", code_},
                {"code_execution_results", results_},
                {"usage", usage_}};
    }

    size_t audio_messages() const { return chunks_.size(); }
    size_t audio_bytes() const { return bytes_.size(); }
    size_t samples() const { return samples_; }
    size_t calls() const { return calls_.size(); }
    const json &usage() const { return usage_; }

private:
    struct Transcript {
        bool any = false;
        std::string text;
        int fragments = 0;
        int finished = 0;

        void add(const Transcription &piece)
        {
            any = any || !piece.text.empty() || piece.finished;
            text += piece.text;
            fragments += piece.text.empty() ? 0 : 1;
            finished += piece.finished ? 1 : 0;
        }
    };

    static bool contains(const json &list, const char *wanted)
    {
        return std::find(list.begin(), list.end(), wanted) != list.end();
    }

    void flag(bool set, const char *name)
    {
        if (set) {
            flags_.push_back(name);
        }
    }

    size_t add_audio(const Part &part)
    {
        const std::vector<uint8_t> bytes = bytes_of(part).value();
        bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
        samples_ += assembler_.add(part.data).value().size();
        return bytes.size();
    }

    void add_parts(const ServerContent &content)
    {
        size_t in_message = 0;
        for (const Part &part : content.parts) {
            any_ = true;
            switch (part.kind) {
            case PartKind::audio:
                in_message += add_audio(part);
                if (!contains(mime_types_, part.mime_type.c_str())) {
                    mime_types_.push_back(part.mime_type);
                }
                break;
            case PartKind::text: texts_.push_back(part.text); break;
            case PartKind::thought: thoughts_.push_back(part.text); break;
            case PartKind::executable_code:
                code_.push_back({{"language", part.label}, {"code", part.text}});
                break;
            case PartKind::code_result:
                results_.push_back({{"outcome", part.label}, {"output", part.text}});
                break;
            default: ADD_FAILURE() << "a part of no known kind: " << part.label; break;
            }
        }
        if (in_message > 0) {
            chunks_.push_back(in_message);
        }
    }

    bool any_ = false;
    AudioAssembler assembler_;
    std::vector<uint8_t> bytes_;
    size_t samples_ = 0;
    Transcript input_;
    Transcript output_;
    json chunks_ = json::array();
    json mime_types_ = json::array();
    json texts_ = json::array();
    json thoughts_ = json::array();
    json code_ = json::array();
    json results_ = json::array();
    json flags_ = json::array();
    json calls_ = json::array();
    json usage_ = json::array();
};

// What facts.json says of a whole recording, but for what the client sent.
class RecordingFacts {
public:
    void add(const ServerMessage &message)
    {
        ++messages_;
        count_kinds(message);
        turn_.add(message);
        if (message.content.turn_complete) {
            end_turn("turnComplete");
        }
    }

    json result()
    {
        if (!turn_.is_empty()) {
            end_turn("end of recording");
        }
        return {{"server_messages", messages_},
                {"empty_messages", empty_},
                {"empty_server_content", empty_content_},
                {"resumption_updates", kinds_.value("sessionResumptionUpdate", 0)},
                {"resumption_handles", handles_},
                {"session_ids", session_ids_},
                {"cancelled_call_ids", cancelled_},
                {"voice_activity", activity_},
                {"errors", kinds_.value("error", 0)},
                {"server_kinds", kinds_},
                {"server_content_members", members_},
                {"turns", turns_},
                {"totals",
                 {{"audio_messages", audio_messages_},
                  {"audio_bytes", audio_bytes_},
                  {"samples", samples_},
                  {"function_calls", calls_},
                  {"turns_completed", completed_},
                  {"usage", usage_}}}};
    }

private:
    static void count(json &counts, const char *name, bool present)
    {
        if (present) {
            counts[name] = counts.value(name, 0) + 1;
        }
    }

    void count_kinds(const ServerMessage &message)
    {
        empty_ += message.empty ? 1 : 0;
        count(kinds_, "(empty)", message.empty);
        count(kinds_, "setupComplete", message.setup_complete.present);
        count(kinds_, "serverContent", message.content.present);
        count(kinds_, "toolCall", !message.tool_calls.empty());
        count(kinds_, "toolCallCancellation", message.has_cancellation);
        count(kinds_, "usageMetadata", message.usage.present);
        count(kinds_, "goAway", message.go_away_ms.has_value());
        count(kinds_, "sessionResumptionUpdate", message.resumption.present);
        count(kinds_, "voiceActivity", message.voice_activity.present);
        count(kinds_, "voiceActivityDetectionSignal", message.vad_signal.present);
        count(kinds_, "error", message.error.present);
        for (const Unknown &unknown : message.unknown) {
            count(kinds_, unknown.name.c_str(), true);
        }
        handles_ += message.resumption.present && !message.resumption.new_handle.empty() ? 1 : 0;
        session_ids_ += message.setup_complete.session_id.empty() ? 0 : 1;
        for (const Text &id : message.cancelled_calls) {
            cancelled_.push_back(id.text);
        }
        if (message.voice_activity.present) {
            activity_.push_back({message.voice_activity.type, message.voice_activity.offset_ms});
        }
        count_content(message.content);
    }

    void count_content(const ServerContent &content)
    {
        if (!content.present) {
            return;
        }
        json members = json::object();
        count(members, "modelTurn", content.has_model_turn);
        count(members, "generationComplete", content.generation_complete);
        count(members, "turnComplete", content.turn_complete);
        count(members, "interrupted", content.interrupted);
        count(members, "inputTranscription", content.input_transcription.present);
        count(members, "outputTranscription", content.output_transcription.present);
        count(members, "interimInputTranscription", content.interim_input_transcription.present);
        count(members, "turnCompleteReason", !content.turn_complete_reason.empty());
        count(members, "interactionStatus", !content.interaction_status.empty());
        count(members, "waitingForInput", content.waiting_for_input.has_value());
        for (const Unknown &unknown : content.unknown) {
            count(members, unknown.name.c_str(), true);
        }
        empty_content_ += members.empty() ? 1 : 0;
        for (const auto &[name, number] : members.items()) {
            count(members_, name.c_str(), true);
        }
    }

    void end_turn(const char *ended_by)
    {
        turns_.push_back(turn_.result(ended_by));
        audio_messages_ += turn_.audio_messages();
        audio_bytes_ += turn_.audio_bytes();
        samples_ += turn_.samples();
        calls_ += turn_.calls();
        completed_ += std::string_view(ended_by) == "turnComplete" ? 1 : 0;
        for (const json &usage : turn_.usage()) {
            for (auto &[name, total] : usage_.items()) {
                total = total.get<int64_t>() + usage[name].get<int64_t>();
            }
        }
        turn_ = TurnFacts();
    }

    size_t messages_ = 0;
    size_t empty_ = 0;
    size_t empty_content_ = 0;
    size_t handles_ = 0;
    size_t session_ids_ = 0;
    size_t audio_messages_ = 0;
    size_t audio_bytes_ = 0;
    size_t samples_ = 0;
    size_t calls_ = 0;
    size_t completed_ = 0;
    json kinds_ = json::object();
    json members_ = json::object();
    json cancelled_ = json::array();
    json activity_ = json::array();
    json turns_ = json::array();
    json usage_ = {{"prompt", 0}, {"response", 0}, {"thoughts", 0}, {"tool_use_prompt", 0}, {"total", 0}};
    TurnFacts turn_;
};

int64_t milliseconds(const std::string &seconds)
{
    return std::llround(std::stod(seconds) * 1000);
}

// Facts in the form of RecordingFacts: offsets as numbers, and without what the decoder rightly does not keep.
json comparable(json facts)
{
    for (json &activity : facts["voice_activity"]) {
        activity[1] = milliseconds(activity[1]);
    }
    // An empty groundingMetadata, which Vertex sends with the end of a turn, is no news.
    facts["server_content_members"].erase("groundingMetadata");
    for (const char *key : {"client", "client_messages", "go_away"}) {
        facts.erase(key);
    }
    return facts;
}

json decode_recording(const std::filesystem::path &file, size_t spelling, Decoder &decoder)
{
    std::ifstream in(file);
    std::string line;
    RecordingFacts facts;
    ServerMessage message;
    while (std::getline(in, line)) {
        const ordered_json entry = ordered_json::parse(line);
        if (entry.at("dir") != "server") {
            continue;
        }
        const std::vector<std::string> texts = spellings(entry.at("json").dump());
        const Error error = decode(decoder, texts.at(spelling), message);
        EXPECT_FALSE(error) << file << ": " << error.message;
        facts.add(message);
    }
    return facts.result();
}

void check_recordings(const std::filesystem::path &folder)
{
    const json all_facts = load(folder / "facts.json");
    Decoder decoder;
    const size_t all_spellings = spellings("{}").size();
    size_t recordings = 0;
    for (const auto &file : std::filesystem::directory_iterator(folder)) {
        if (file.path().extension() != ".jsonl") {
            continue;
        }
        const auto found = all_facts.find(file.path().stem().string());
        if (found == all_facts.end()) {
            continue;
        }
        ++recordings;
        const json wanted = comparable(*found);
        for (size_t spelling = 0; spelling < all_spellings; ++spelling) {
            const json result = decode_recording(file.path(), spelling, decoder);
            EXPECT_EQ(result, wanted) << file.path() << ", spelling " << spelling << ": "
                                      << json::diff(wanted, result).dump(1);
        }
    }
    EXPECT_GT(recordings, 0u);
}

TEST(Recordings, DecodeToTheirFactsInEverySpelling)
{
    const auto folder = data_folder() / "recordings";
    GEMLIVE_REQUIRE_DATA(folder);
    check_recordings(folder);
}

TEST(EmulatorRecordings, DecodeToTheirFactsInEverySpelling)
{
    check_recordings(std::filesystem::path(GEMLIVE_SOURCE_DIR) / "tests" / "recordings");
}

}  // namespace
}  // namespace gemlive::protocol::test

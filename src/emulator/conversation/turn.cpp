#include "turn.hpp"

#include <algorithm>
#include <utility>

namespace gemlive::emulator {
namespace {

constexpr size_t remembered_cancellations = 256;

}  // namespace

Turn::Turn(Stage &stage) : stage_(stage), alive_(std::make_shared<bool>(true))
{
}
Turn::~Turn() = default;

void Turn::open()
{
    if (ending_)
        end(*ending_);
    if (running_) {
        generated_ = false;  // more output after the flag: it is sent again at the end
        return;
    }
    running_ = true;
    ++number_;
    generated_ = false;
    has_transcript_ = false;
    first_chunk_ = true;
    chunk_index_ = 0;
    const Duration now = stage_.timeline.now();
    next_chunk_ = now + stage_.scaled(static_cast<double>(stage_.settings.first_audio_ms));
    playback_end_ = now;
    const Profile &profile = *stage_.setup.profile;
    if (profile.empty_content_opens) {
        if (profile.empty_before_audio)
            stage_.send(Json::object());
        Json opening;
        opening["serverContent"] = Json::object();
        stage_.send(opening);
    }
    if (profile.thinks)
        thought("**Considering the Reply**\n\nI take in what was said and choose a short, friendly answer.\n\n\n");
    stage_.happened("turn_started", 0);
}

void Turn::text(const std::string &text)
{
    open();
    stage_.memory.usage.write_text(text);
    stage_.send(stage_.messages().text(text));
}

void Turn::thought(const std::string &text)
{
    open();
    stage_.memory.usage.think(text);
    stage_.send(stage_.messages().thought(text));
}

void Turn::output_transcript(const Transcript &transcript)
{
    open();
    has_transcript_ = has_transcript_ || !transcript.text.empty();
    stage_.send(Messages::output_transcript(transcript));
}

void Turn::call(const Json &calls)
{
    open();
    const Profile &profile = *stage_.setup.profile;
    Json sent = Json::array();
    for (const Json &wanted : calls) {
        Open open_call;
        open_call.name = wanted.value("name", "");
        const bool no_id = wanted.value("no_id", false);
        open_call.id = no_id ? "" : wanted.value("id", "");
        if (!no_id && open_call.id.empty())
            open_call.id = stage_.ids.call(profile.call_id);
        std::string behavior = "UNSPECIFIED";
        for (const Json &function : stage_.setup.functions) {
            if (function.value("name", "") == open_call.name)
                behavior = function.value("behavior", behavior);
        }
        open_call.non_blocking =
            behavior == "UNSPECIFIED" ? profile.non_blocking_default : behavior == "NON_BLOCKING";
        const Json args = wanted.value("args", Json::object());
        if (profile.code_before_call && stage_.flavour == Flavour::gemini) {
            std::string list;
            for (const auto &[key, value] : args.items())
                list += (list.empty() ? "" : ", ") + key + "=" + value.dump();
            stage_.send(stage_.messages().code("print(default_api." + open_call.name + "(" + list + "))\n"));
        }
        Json call;
        call["name"] = open_call.name;
        if (!args.empty())
            call["args"] = args;
        if (!open_call.id.empty())
            call["id"] = open_call.id;
        stage_.memory.usage.write_text(call.dump());
        sent.push_back(std::move(call));
        open_.push_back(std::move(open_call));
    }
    stage_.send(Messages::tool_call(sent));
}

void Turn::generation_complete()
{
    if (!running_ || generated_)
        return;
    generated_ = true;
    stage_.send(stage_.messages().content_flag("generationComplete"));
    stage_.happened("generation_complete", 0);
}

void Turn::complete(const std::string &reason, const std::string &interaction, Done done)
{
    if (!running_) {
        done();
        return;
    }
    if (!stage_.setup.profile->ends_turns) {
        running_ = false;
        stage_.memory.usage.end_turn(*stage_.setup.profile, stage_.flavour);
        done();
        return;
    }
    generation_complete();
    ending_ = Ending{reason, interaction};
    const Duration wait = std::max(Duration(0), playback_end_ - stage_.timeline.now());
    stage_.timeline.after(wait, [this, alive = std::weak_ptr<bool>(alive_), number = number_, done] {
        if (alive.expired())
            return;
        if (number == number_ && ending_)
            end(*ending_);
        done();
    });
}

// By value: what it is given may be ending_ itself.
void Turn::end(Ending ending)
{
    if (!running_)
        return;
    running_ = false;
    ending_.reset();
    std::string status = std::move(ending.interaction);
    if (status.empty() && stage_.setup.profile->reports_interaction)
        status = open_.empty() ? "IDLE" : "IN_PROGRESS";
    Json usage = stage_.memory.usage.end_turn(*stage_.setup.profile, stage_.flavour);
    stage_.send(stage_.messages().turn_complete(std::move(usage), ending.reason, status));
    stage_.happened("turn_complete", 0);
}

void Turn::interrupt(bool cancel_open_calls)
{
    if (!running_)
        return;
    alive_ = std::make_shared<bool>(true);
    if (cancel_open_calls && !open_.empty()) {
        std::vector<std::string> ids;
        for (const Open &open_call : open_)
            ids.push_back(open_call.id);
        cancel_calls(ids);
    }
    stage_.send(stage_.messages().content_flag("interrupted"));
    stage_.happened("interrupted", 0);
    end({});
}

bool Turn::take_answer(const std::string &id, const std::string &name)
{
    const auto found = std::find_if(open_.begin(), open_.end(), [&](const Open &open_call) {
        return id.empty() ? open_call.name == name : open_call.id == id;
    });
    if (found == open_.end())
        return false;
    open_.erase(found);
    return true;
}

bool Turn::was_cancelled(const std::string &id) const
{
    return !id.empty() && std::find(cancelled_.begin(), cancelled_.end(), id) != cancelled_.end();
}

void Turn::cancel_calls(const std::vector<std::string> &ids)
{
    std::vector<std::string> named;
    for (const std::string &id : ids) {
        open_.erase(std::remove_if(open_.begin(), open_.end(), [&id](const Open &c) { return c.id == id; }),
                    open_.end());
        if (id.empty())
            continue;
        named.push_back(id);
        cancelled_.push_back(id);
        if (cancelled_.size() > remembered_cancellations)
            cancelled_.pop_front();
    }
    if (!named.empty())
        stage_.send(Messages::cancellation(named));
}

bool Turn::is_blocked() const
{
    return std::any_of(open_.begin(), open_.end(), [](const Open &open_call) { return !open_call.non_blocking; });
}

}  // namespace gemlive::emulator

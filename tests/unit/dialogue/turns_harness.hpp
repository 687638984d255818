#pragma once

#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "dialogue/turns.hpp"
#include "protocol/decoder.hpp"

namespace gemlive::dialogue::test {

// An effect that owns what it shows: the views of an effect hold until the next step only.
struct Kept {
    Effect effect;
    std::string text;  // what a string_view of it showed
};

// The names of effects, by the same words as the events that they become.
inline const char *name_of(const Effect &effect)
{
    static constexpr const char *names[] = {
        "turn_started", "text", "thought", "output_transcript", "audio", "media", "code", "grounding", "url_context",
        "interaction_status", "waiting_for_input", "generation_complete", "interrupted", "turn_finished",
        "turn_metrics", "stalled", "reply_failed", "tool_call", "tool_call_piece", "tool_calls_cancelled",
        "speech_started", "speech_stopped", "input_transcript", "resumption_updated", "usage", "unknown_part",
        "unknown_member", "dropped"};
    static_assert(std::size(names) == std::variant_size_v<Effect>);
    return names[effect.index()];
}

// Feeds server messages as text into the turn rules and keeps what comes out.
class TurnsHarness {
public:
    explicit TurnsHarness(TurnRules rules = {}) : turns(rules, effects_) {}

    // What is due until then.
    void wait_until(int64_t at)
    {
        now = at;
        turns.on_time(at);
    }

    void receive(std::string_view json)
    {
        collect();
        std::vector<char> buffer(json.size() + protocol::Decoder::padding);
        std::memcpy(buffer.data(), json.data(), json.size());
        error = decoder_.decode(buffer.data(), json.size(), buffer.size(), message_);
        turns.on_message(message_, now);
        collect();
    }

    // All effects so far, in order.
    std::vector<Kept> &kept()
    {
        collect();
        return kept_;
    }

    std::vector<std::string> names()
    {
        std::vector<std::string> result;
        for (const Kept &entry : kept()) {
            result.emplace_back(name_of(entry.effect));
        }
        return result;
    }

    std::vector<std::string> take_names()
    {
        std::vector<std::string> result = names();
        kept_.clear();
        return result;
    }

    // The newest effect of a kind, or nullptr.
    template <typename E>
    const E *last()
    {
        const Kept *const entry = last_kept<E>();
        return entry ? std::get_if<E>(&entry->effect) : nullptr;
    }

    // What the newest effect of a kind showed in its string_view.
    template <typename E>
    std::string shown()
    {
        const Kept *const entry = last_kept<E>();
        return entry ? entry->text : "(none)";
    }

    template <typename E>
    size_t count()
    {
        size_t found = 0;
        for (const Kept &entry : kept()) {
            found += std::holds_alternative<E>(entry.effect);
        }
        return found;
    }

    int64_t now = 0;
    Error error;

private:
    Effects effects_;

public:
    Turns turns;

private:
    static std::string viewed_text(const Effect &effect)
    {
        return std::visit(
            [](const auto &e) -> std::string {
                if constexpr (requires { e.handle; }) {
                    return std::string(e.handle);
                } else if constexpr (requires { e.arguments; }) {
                    return std::string(e.arguments);
                } else if constexpr (requires { e.piece.size(); }) {
                    return std::string(e.piece);
                } else if constexpr (requires { e.raw; }) {
                    return std::string(e.raw);
                } else if constexpr (requires { e.server_reason; }) {
                    return std::string(e.server_reason);
                } else if constexpr (requires { e.base64; }) {
                    return std::string(e.base64);
                } else {
                    return {};
                }
            },
            effect);
    }

    void collect()
    {
        for (Effect &effect : effects_) {
            std::string text = viewed_text(effect);
            kept_.push_back({std::move(effect), std::move(text)});
        }
        effects_.clear();
    }

    template <typename E>
    const Kept *last_kept()
    {
        collect();
        for (auto at = kept_.rbegin(); at != kept_.rend(); ++at) {
            if (std::holds_alternative<E>(at->effect)) {
                return &*at;
            }
        }
        return nullptr;
    }

    std::vector<Kept> kept_;
    protocol::Decoder decoder_;
    protocol::ServerMessage message_;
};

}  // namespace gemlive::dialogue::test

#include "talk.hpp"

#include "answer.hpp"
#include "by_hand.hpp"
#include "json_lines.hpp"
#include "recording_view.hpp"
#include "scenario.hpp"
#include "screen.hpp"
#include "script.hpp"

#include <cstdio>
#include <unistd.h>

namespace gemlive::talk {
namespace {

void diagnose(const std::string &text)
{
    std::fprintf(stderr, "gemlive-talk: %s\n", text.c_str());
}

// Everything the command line names, read and checked before the session begins.
struct Plan {
    explicit Plan(Options given);

    bool by_hand() const { return !options.script && !options.scenario && !options.in; }

    Options options;
    std::optional<Scenario> scenario;
    std::vector<std::string> script;
    Json read_audio;
    int play_rate;
};

Plan::Plan(Options given) : options(std::move(given)), play_rate(options.play_rate.value_or(default_play_rate))
{
    if (options.scenario) {
        scenario = read_scenario(*options.scenario);
        apply(*scenario, options);
        read_audio = first_read_audio(scenario->client);
    }
    if (options.script && *options.script != "-") {
        script = read_script(*options.script);
        read_audio = first_read_audio(parse_lines(script));
    }
    if (options.in) {
        try {
            WavReader(*options.in, 0, -1);
        } catch (const std::runtime_error &error) {
            throw UsageError(std::string("--in: ") + error.what());
        }
    }
}

ModelHandle make_model(const Options &options)
{
    gemlive_options *made = nullptr;
    gemlive_options_create(&made);
    const OptionsHandle handle(made);
    for (const LibraryOption &option : options.library) {
        const std::string &value = option.value;
        const gemlive_status status =
            option.form == LibraryOption::Form::json
                ? gemlive_options_set_json(made, option.name.c_str(), value.c_str())
                : gemlive_options_set_string_n(made, option.name.c_str(), value.data(), value.size());
        if (status != GEMLIVE_OK) {
            throw UsageError(option.given_as + ": " + gemlive_last_error_message());
        }
    }
    gemlive_model *model = nullptr;
    if (gemlive_model_create(made, &model) != GEMLIVE_OK) {
        throw UsageError(gemlive_last_error_message());
    }
    return ModelHandle(model);
}

SessionHandle make_session(const ModelHandle &model)
{
    gemlive_session *session = nullptr;
    if (gemlive_session_create(model.get(), nullptr, &session) != GEMLIVE_OK) {
        throw UsageError(gemlive_last_error_message());
    }
    return SessionHandle(session);
}

std::unique_ptr<WavWriter> make_out(const Plan &plan)
{
    try {
        return plan.options.out ? std::make_unique<WavWriter>(*plan.options.out, plan.play_rate, 1) : nullptr;
    } catch (const std::runtime_error &error) {
        throw UsageError(std::string("--out: ") + error.what());
    }
}

std::unique_ptr<Recorder> make_recorder(const Plan &plan, Time start)
{
    try {
        return plan.options.record ? std::make_unique<Recorder>(*plan.options.record, plan.play_rate, start)
                                   : nullptr;
    } catch (const std::runtime_error &error) {
        throw UsageError(std::string("--record: ") + error.what());
    }
}

std::optional<Time> program_deadline(const Options &options)
{
    if (!options.timeout_s) {
        return std::nullopt;
    }
    const std::chrono::duration<double> seconds(*options.timeout_s);
    return std::chrono::steady_clock::now() + std::chrono::duration_cast<std::chrono::nanoseconds>(seconds);
}

// One run of the program.
class Run {
public:
    explicit Run(Plan plan);

    int run();

private:
    void begin();
    // False when it ended before its end.
    bool hold();
    bool run_script();
    bool speak_and_wait();
    void close(bool in_full);
    int verdict(bool in_full);
    bool as_expected(bool &closed_unasked);
    bool files_whole() const;

    Plan plan_;
    Stop stop_;
    const Time start_;
    Terminal terminal_;
    Latencies latencies_;
    Screen screen_;
    JsonLines json_lines_;
    RecordingView recording_;
    View &view_;
    std::unique_ptr<WavWriter> out_;
    std::unique_ptr<Recorder> recorder_;
    ModelHandle model_;
    Conversation conversation_;
    AudioIn audio_in_;
    Playout playout_;
    Answer answer_;
    Context context_;
    bool any_failed_ = false;
    std::atomic<bool> background_failed_ = false;
    bool drain_ = false;
};

Run::Run(Plan plan)
    : plan_(std::move(plan)), stop_(program_deadline(plan_.options)), start_(std::chrono::steady_clock::now()),
      terminal_(plan_.by_hand() && !plan_.options.json), latencies_(start_),
      screen_(terminal_, latencies_, plan_.by_hand()),
      json_lines_([this] { stop_.request(StopReason::output_broken); }),
      recording_(plan_.options.json ? static_cast<View &>(json_lines_) : screen_),
      view_(plan_.scenario       ? static_cast<View &>(recording_)
            : plan_.options.json ? static_cast<View &>(json_lines_)
                                 : screen_),
      out_(make_out(plan_)), recorder_(make_recorder(plan_, start_)), model_(make_model(plan_.options)),
      conversation_(make_session(model_)), audio_in_(conversation_.session(), stop_.token(), recorder_.get()),
      playout_(conversation_.session(), plan_.play_rate, out_.get(), recorder_.get()), context_{conversation_,
                                                                                                audio_in_, stop_,
                                                                                                view_, model_.get()}
{
    context_.folder = plan_.scenario ? plan_.scenario->folder : std::filesystem::path();
    context_.play_rate = plan_.play_rate;
    context_.playing = out_ != nullptr || recorder_ != nullptr;
    context_.close_timeout_ms = given_int(plan_.options, "drain_timeout_ms", context_.close_timeout_ms);
    context_.background_failed = [this](const Result &result) {
        if (!result.ok()) {
            background_failed_ = true;
            diagnose(std::string("push_audio in the background: ") + gemlive_status_name(result.status) + ", " +
                     result.message);
        }
    };
}

void Run::begin()
{
    if (context_.playing || plan_.options.play_rate) {
        set_output_format(context_, plan_.play_rate, 1);
    } else if (plan_.read_audio.is_object()) {
        // Wrong values are answered when the command is run.
        const Json rate = plan_.read_audio.value("sample_rate", Json(plan_.play_rate));
        const Json channels = plan_.read_audio.value("channels", Json(1));
        if (rate.is_number_integer() && channels.is_number_integer()) {
            set_output_format(context_, rate.get<int>(), channels.get<int>());
        }
    }
    conversation_.add_listener([this](const Json &event) { answer_.event(event); });
    if (plan_.by_hand()) {
        conversation_.add_listener([this](const Json &event) {
            if (event.is_object() && event.value("event", "") == "closed") {
                stop_.request(StopReason::session_closed);
            }
        });
    }
    audio_in_.on_loud([this](Time time) { latencies_.speech(time); });
    playout_.on_sound([this](Time time) { latencies_.sound(time); });
    conversation_.begin(view_);
    if (context_.playing) {
        playout_.begin();
    }
}

int Run::run()
{
    begin();
    const bool in_full = hold();
    close(in_full);
    return verdict(in_full);
}

bool Run::hold()
{
    if (plan_.options.script || plan_.scenario) {
        return run_script();
    }
    if (plan_.options.in) {
        return speak_and_wait();
    }
    ByHand by_hand(context_, plan_.options.json ? nullptr : &terminal_, plan_.options.json ? nullptr : &screen_);
    if (terminal_.typing()) {
        screen_.note("type what you want to say; /help lists what else there is");
    }
    by_hand.run();
    any_failed_ = plan_.options.json && by_hand.any_failed();
    // Piped text without --json is for people: they want to see the reply.
    if (!plan_.options.json && !terminal_.typing()) {
        // Long enough for any reply; a server that stays silent ends the request long before.
        constexpr int64_t patient_ms = 60'000;
        drain_ = true;
        context_.close_timeout_ms = std::max(context_.close_timeout_ms, patient_ms);
    }
    return true;
}

bool Run::run_script()
{
    if (plan_.options.in) {
        PushFile request;
        request.path = *plan_.options.in;
        const Result result = audio_in_.push_in_background(request, context_.background_failed);
        if (!result.ok()) {
            context_.background_failed(result);
        }
    }
    Script script(context_);
    bool in_full = false;
    if (plan_.scenario) {
        in_full = script.run_commands(plan_.scenario->client);
    } else if (*plan_.options.script == "-") {
        LineReader input(STDIN_FILENO, stop_.descriptor());
        in_full = script.run_input(input);
    } else {
        in_full = script.run_lines(plan_.script);
    }
    any_failed_ = script.any_failed();
    return in_full;
}

bool Run::speak_and_wait()
{
    drain_ = true;
    const bool manual = manual_activity(plan_.options);
    gemlive_session *const session = conversation_.session();
    if (manual) {
        gemlive_session_start_user_activity(session);
    }
    PushFile request;
    request.path = *plan_.options.in;
    Result result = audio_in_.push_file(request);
    if (result.ok()) {
        result = result_of(manual ? gemlive_session_end_user_activity(session)
                                  : gemlive_session_audio_stream_end(session));
    }
    if (!result.ok()) {
        diagnose(std::string("--in: ") + gemlive_status_name(result.status) + ", " + result.message);
        return false;
    }
    constexpr int64_t default_reply_timeout_ms = 10'000;
    const std::chrono::milliseconds patience(
        given_int(plan_.options, "reply_timeout_ms", default_reply_timeout_ms));
    const Answer::Outcome outcome = answer_.wait(patience, stop_.token());
    if (outcome == Answer::Outcome::no_answer) {
        diagnose("no turn answered what was said within " + std::to_string(patience.count()) + " ms");
    }
    return outcome == Answer::Outcome::answered;
}

void Run::close(bool in_full)
{
    if (!in_full || stop_.token().stop_requested()) {
        audio_in_.stop();
    }
    audio_in_.join();
    // A script's own close, with another time-out, goes first: a second one changes nothing.
    const Json how = drain_ ? Json{{"drain", true}, {"timeout_ms", context_.close_timeout_ms}} : Json::object();
    gemlive_session_close_json(conversation_.session(), one_line(how).c_str());
    constexpr std::chrono::seconds slack(5);
    const std::chrono::milliseconds allowed(context_.close_timeout_ms);
    // Draining and then writing the rest may each take the whole time.
    conversation_.wait_closed(std::chrono::steady_clock::now() + 2 * allowed + slack, stop_.token(),
                              allowed + slack);
    playout_.end();
    if (recorder_) {
        recorder_->finish();
    }
    if (!plan_.options.json) {
        screen_.show_summary();
    }
}

bool Run::files_whole() const
{
    bool whole = true;
    if (out_ && !out_->good()) {
        diagnose("'" + out_->name() + "' could not be written to its end");
        whole = false;
    }
    if (recorder_ && !recorder_->good()) {
        diagnose("'" + recorder_->name() + "' could not be written to its end");
        whole = false;
    }
    if (recorder_ && recorder_->dropped() > 0) {
        diagnose(std::to_string(recorder_->dropped()) + " pushed frames are missing in '" + recorder_->name() +
                 "': they ran too far ahead of the clock");
    }
    return whole;
}

bool Run::as_expected(bool &closed_unasked)
{
    const Judgement judgement = judge(plan_.scenario->expect, recording_.lines());
    for (const std::string &failure : judgement.failures) {
        diagnose(failure);
    }
    if (recording_.dropped() > 0) {
        diagnose(std::to_string(recording_.dropped()) + " lines were too many to be checked");
    }
    closed_unasked = judgement.closed_unasked.has_value();
    return judgement.failures.empty() && recording_.dropped() == 0;
}

int Run::verdict(bool in_full)
{
    const std::optional<Closed> closed = conversation_.closed();
    bool done = files_whole() && !background_failed_;
    if (conversation_.log().dropped() > 0) {
        diagnose(std::to_string(conversation_.log().dropped()) + " events were too many to be waited for");
    }
    bool closed_unasked = closed && !closed->requested();
    if (plan_.scenario) {
        done = as_expected(closed_unasked) && done;
    }
    if (closed_unasked) {
        diagnose("closed: " + closed->reason + ", " + closed->code + ", " + closed->message);
        return exit_closed;
    }
    if (!closed) {
        diagnose("the session did not close in time");
        done = false;
    }
    if (stop_.reason() == StopReason::timeout) {
        diagnose("--timeout is over");
        done = false;
    }
    done = done && stop_.reason() != StopReason::output_broken;
    done = done && (in_full || plan_.by_hand()) && (!any_failed_ || plan_.scenario);
    return done ? exit_done : exit_failed;
}

}  // namespace

int talk(Options options)
{
    const int code = Run(Plan(std::move(options))).run();
    // The last connection says farewell on the library's thread; leak checkers want to see it end.
    constexpr int64_t farewell_ms = 2'000;
    gemlive_shutdown(farewell_ms);
    return code;
}

}  // namespace gemlive::talk

// What the model is shown.
#include "session/session.hpp"

#include <algorithm>

#include "controller.hpp"
#include "media/image_encoder.hpp"
#include "platform/background.hpp"
#include "protocol/client_message.hpp"
#include "session/shared.hpp"

namespace gemlive::session {
namespace {

bool begins_with(std::span<const uint8_t> bytes, std::string_view magic)
{
    return bytes.size() >= magic.size() && std::equal(magic.begin(), magic.end(), bytes.begin(), [](char a, uint8_t b) {
               return static_cast<uint8_t>(a) == b;
           });
}

media::ImageOptions encoding(const settings::ImageEncodeOptions &options)
{
    using media::ImageFit;
    media::ImageOptions out;
    out.format = options.format == "PNG" ? media::ImageFormat::png : media::ImageFormat::jpeg;
    out.quality = options.quality;
    out.width = options.width;
    out.height = options.height;
    out.fit = options.strategy == "scale_aspect_cover"    ? ImageFit::scale_aspect_cover
              : options.strategy == "center_aspect_fit"   ? ImageFit::center_aspect_fit
              : options.strategy == "center_aspect_cover" ? ImageFit::center_aspect_cover
              : options.strategy == "skew"                ? ImageFit::skew
                                                          : ImageFit::scale_aspect_fit;
    return out;
}

bool user_speaks(const Shared &shared)
{
    constexpr int64_t voice_lasts_ms = 1000;
    const int64_t voice_ms = shared.last_voice_ms.load(std::memory_order_relaxed);
    return shared.user_speaks.load(std::memory_order_relaxed) || (voice_ms >= 0 && shared.now_ms() - voice_ms < voice_lasts_ms);
}

}  // namespace

Error Session::push_image(std::span<const uint8_t> bytes, std::string_view mime_type)
{
    const bool jpeg = mime_type == "image/jpeg";
    if (!jpeg && mime_type != "image/png") {
        return {Status::invalid_argument,
                "mime_type is \"" + std::string(mime_type) + "\"; allowed is image/jpeg or image/png"};
    }
    if (!begins_with(bytes, jpeg ? std::string_view("\xFF\xD8\xFF") : std::string_view("\x89PNG\r\n\x1A\n"))) {
        return {Status::invalid_argument, "the bytes are not a picture of type " + std::string(mime_type)};
    }
    return send_image(bytes, mime_type);
}

Error Session::send_image(std::span<const uint8_t> bytes, std::string_view mime_type)
{
    JournalEntry entry;
    entry.lane = Lane::video;
    entry.kind = EntryClass::image;
    if (Error error = protocol::encode_video(mime_type, bytes, entry.message)) {
        return error;
    }
    Command command(Command::Kind::image);
    command.in_stream = false;
    command.entries.push_back(std::move(entry));
    return send(std::move(command));
}

Error Session::push_video(media::FrameView frame)
{
    if (shared_->is_closing()) {
        return shared_->closed_error();
    }
    if (Error error = media::VideoFrame::complete(frame)) {
        return error;
    }
    const auto settings = shared_->settings();
    const std::chrono::milliseconds interval(user_speaks(*shared_) ? settings->video_interval_ms
                                                                   : settings->video_idle_interval_ms);
    if (const auto at = video_.put(frame, interval, Clock::now())) {
        platform::do_in_background(this, *at, [session = weak_from_this()] {
            if (const auto self = session.lock()) {
                self->send_frame();
            }
        });
    }
    return {};
}

// On the background thread.
void Session::send_frame()
{
    std::optional<media::VideoFrame> frame = video_.take(Clock::now());
    if (!frame) {
        return;
    }
    struct Counted {
        Shared &shared;
        bool sent = false;
        ~Counted() { shared.lost_frames.fetch_add(sent ? 0 : 1); }  // also where there was no memory for it
    } counted{*shared_};
    media::Image image;
    Error error = media::encode_image(*frame, encoding(shared_->settings()->image_encode_options), image);
    video_.give_back(std::move(*frame));
    if (!error) {
        error = send_image(image.bytes, image.mime_type);
    }
    counted.sent = !error;
}

}  // namespace gemlive::session

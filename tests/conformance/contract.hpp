// Sessions without a network, for tests of what the headers promise.
#pragma once

#include <gemlive/gemlive.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <string>
#include <vector>

// Options, model and session that end with the test. Nothing else may be left behind.
class Contract : public testing::Test {
protected:
    void SetUp() override
    {
        for (const char *name : {"GOOGLE_API_KEY", "GEMINI_API_KEY", "GOOGLE_GENAI_USE_VERTEXAI",
                                 "GOOGLE_GEMINI_BASE_URL", "GOOGLE_VERTEX_BASE_URL"}) {
            unsetenv(name);
        }
    }

    void TearDown() override
    {
        for (gemlive_session *session : sessions_) {
            gemlive_session_destroy(session);
        }
        for (gemlive_model *model : models_) {
            gemlive_model_destroy(model);
        }
        for (gemlive_options *options : options_) {
            gemlive_options_destroy(options);
        }
        for (int32_t kind = GEMLIVE_OBJECT_OPTIONS; kind <= GEMLIVE_OBJECT_EVENT; ++kind) {
            EXPECT_EQ(gemlive_live_object_count(kind), 0) << "of kind " << kind;
        }
    }

    gemlive_options *options()
    {
        gemlive_options *options = nullptr;
        EXPECT_EQ(gemlive_options_create(&options), GEMLIVE_OK);
        options_.push_back(options);
        return options;
    }

    // Of sessions that never get anywhere: nobody listens at port 1, and they go on trying.
    gemlive_model *unreachable_model()
    {
        gemlive_options *with_url = options();
        EXPECT_EQ(gemlive_options_set_string(with_url, "base_url", "ws://127.0.0.1:1"), GEMLIVE_OK);
        EXPECT_EQ(gemlive_options_set_api_key(with_url, "key"), GEMLIVE_OK);
        EXPECT_EQ(gemlive_options_set_int(with_url, "drain_timeout_ms", 100), GEMLIVE_OK);
        return model(with_url);
    }

    gemlive_model *model(const gemlive_options *options)
    {
        gemlive_model *model = nullptr;
        EXPECT_EQ(gemlive_model_create(options, &model), GEMLIVE_OK);
        models_.push_back(model);
        return model;
    }

    gemlive_session *session(gemlive_model *model)
    {
        gemlive_session *session = nullptr;
        EXPECT_EQ(gemlive_session_create(model, nullptr, &session), GEMLIVE_OK);
        sessions_.push_back(session);
        return session;
    }

    gemlive_session *unreachable_session() { return session(unreachable_model()); }

    // Ends at once by itself: its `closed` event says that the key is missing.
    gemlive_session *keyless_session() { return session(model(nullptr)); }

    // Takes events until one of this type has come, and gives it; the caller releases it.
    static gemlive_event *await(gemlive_session *session, int32_t type)
    {
        gemlive_event *event = nullptr;
        while (gemlive_session_poll_event(session, 20000, &event) == GEMLIVE_OK) {
            if (gemlive_event_type(event) == type) {
                return event;
            }
            gemlive_event_release(event);
        }
        ADD_FAILURE() << "no event of type " << gemlive_event_type_name(type) << " came";
        return nullptr;
    }

    static void drain(gemlive_session *session)
    {
        gemlive_event *event = nullptr;
        while (gemlive_session_poll_event(session, 0, &event) == GEMLIVE_OK) {
            gemlive_event_release(event);
        }
    }

    // What the last failing call on this thread said.
    static std::string last_error() { return gemlive_last_error_message(); }

    std::vector<gemlive_options *> options_;
    std::vector<gemlive_model *> models_;
    std::vector<gemlive_session *> sessions_;
};

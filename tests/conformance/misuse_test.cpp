// Every function of the API with every wrong handle: it answers, it does not crash, and it leaves the good ones alone.
#include "misuse.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

namespace {

class MisuseTest : public testing::Test {
protected:
    // A session without a key needs no network: it ends with one `closed` event, which serves as the event.
    void make(misuse_handles &handles)
    {
        ASSERT_EQ(gemlive_options_create(&handles.options), GEMLIVE_OK);
        ASSERT_EQ(gemlive_model_create(handles.options, &handles.model), GEMLIVE_OK);
        ASSERT_EQ(gemlive_session_create(handles.model, nullptr, &handles.session), GEMLIVE_OK);
        do {
            gemlive_event_release(handles.event);
            ASSERT_EQ(gemlive_session_poll_event(handles.session, 10000, &handles.event), GEMLIVE_OK);
        } while (gemlive_event_type(handles.event) != GEMLIVE_EVENT_CLOSED);
        ASSERT_EQ(gemlive_event_code(handles.event), GEMLIVE_ERROR_AUTH);
    }

    static void destroy(misuse_handles &handles)
    {
        gemlive_event_release(handles.event);
        gemlive_session_destroy(handles.session);
        gemlive_model_destroy(handles.model);
        gemlive_options_destroy(handles.options);
    }

    void SetUp() override
    {
        for (const char *name : {"GOOGLE_API_KEY", "GEMINI_API_KEY", "GOOGLE_GENAI_USE_VERTEXAI"}) {
            unsetenv(name);
        }
        make(dead_);
        destroy(dead_);
        make(good_);
    }

    void TearDown() override
    {
        expect_good_ones_live("at the end");
        destroy(good_);
        EXPECT_EQ(gemlive_live_object_count(GEMLIVE_OBJECT_EVENT), 0);
        EXPECT_EQ(gemlive_live_object_count(GEMLIVE_OBJECT_SESSION), 0);
        EXPECT_EQ(gemlive_live_object_count(GEMLIVE_OBJECT_MODEL), 0);
        EXPECT_EQ(gemlive_live_object_count(GEMLIVE_OBJECT_OPTIONS), 0);
    }

    void expect_good_ones_live(const std::string &when)
    {
        EXPECT_EQ(gemlive_event_type(good_.event), GEMLIVE_EVENT_CLOSED) << when;
        EXPECT_EQ(gemlive_session_state(good_.session), GEMLIVE_SESSION_CLOSED) << when;
        EXPECT_EQ(gemlive_live_object_count(GEMLIVE_OBJECT_MODEL), 1) << when;
        EXPECT_EQ(gemlive_live_object_count(GEMLIVE_OBJECT_OPTIONS), 1) << when;
    }

    static void *of_kind(const misuse_handles &handles, const std::string &kind)
    {
        if (kind == "options") {
            return handles.options;
        }
        if (kind == "model") {
            return handles.model;
        }
        return kind == "session" ? static_cast<void *>(handles.session) : handles.event;
    }

    void expect_refused(const misuse_call &call, void *bad, const char *how)
    {
        misuse_released = 0;
        const char *wrong = call.call(&good_, bad);
        EXPECT_EQ(wrong, nullptr) << call.function << " with " << how << " as " << call.what << ": " << wrong;
        expect_good_ones_live(std::string("after ") + call.function + " with " + how);
    }

    template <typename Body>
    void for_each_handle_argument(Body body)
    {
        int calls = 0;
        for (size_t i = 0; i < misuse_call_count; ++i) {
            if (misuse_calls[i].kind != nullptr) {
                body(misuse_calls[i]);
                ++calls;
            }
        }
        EXPECT_GT(calls, 0);
    }

    misuse_handles good_{};
    misuse_handles dead_{};
};

TEST_F(MisuseTest, ANullHandleIsAnswered)
{
    for_each_handle_argument([&](const misuse_call &call) {
        if (!call.null_allowed) {
            expect_refused(call, nullptr, "NULL");
        }
    });
}

TEST_F(MisuseTest, ADeadHandleIsAnswered)
{
    for_each_handle_argument([&](const misuse_call &call) {
        expect_refused(call, of_kind(dead_, call.kind), "a dead handle");
    });
}

TEST_F(MisuseTest, AHandleOfAnotherKindIsAnswered)
{
    for_each_handle_argument([&](const misuse_call &call) {
        for (const char *kind : {"options", "model", "session", "event"}) {
            if (call.kind != std::string(kind)) {
                expect_refused(call, of_kind(good_, kind), kind);
            }
        }
    });
}

TEST_F(MisuseTest, AnythingElseIsAnswered)
{
    for_each_handle_argument([&](const misuse_call &call) {
        const uintptr_t live = reinterpret_cast<uintptr_t>(of_kind(good_, call.kind));
        for (const uintptr_t garbage : {uintptr_t{1}, uintptr_t{0x7fff12345678}, ~uintptr_t{0}, live + 1, live ^ (uintptr_t{1} << 40)}) {
            expect_refused(call, reinterpret_cast<void *>(garbage), "a number that is no handle");
        }
    });
}

TEST_F(MisuseTest, AnEventIsNoSessionsOwnAfterDoubleRelease)
{
    gemlive_event *copy = gemlive_event_retain(good_.event);
    ASSERT_NE(copy, nullptr);
    EXPECT_NE(copy, good_.event);
    gemlive_event_release(copy);
    gemlive_event_release(copy);
    EXPECT_EQ(gemlive_event_type(copy), 0);
    expect_good_ones_live("after a double release");
}

TEST_F(MisuseTest, ANullPointerIsRefusedWhereItMeansNothing)
{
    int calls = 0;
    for (size_t i = 0; i < misuse_call_count; ++i) {
        if (misuse_calls[i].kind == nullptr) {
            misuse_released = 0;
            const char *wrong = misuse_calls[i].call(&good_, nullptr);
            EXPECT_EQ(wrong, nullptr) << misuse_calls[i].function << ", " << misuse_calls[i].what << ": " << wrong;
            ++calls;
        }
    }
    EXPECT_GT(calls, 0);
}

}  // namespace

package dev.gemlive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.gemlive.event.Connected;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is asked for reaches the server, and what is wrong is said. */
class OptionsTest {
    private static String refused(LiveOptions.Builder options) {
        return Take.thrown(Status.INVALID_ARGUMENT, () -> LiveModel.create(options.build()).close()).sentence();
    }

    @Test
    void everyKindOfOptionIsInTheSetup() throws Exception {
        try (Emulator emulator = Emulator.start();
                LiveModel model = LiveModel.create(emulator.options().voice("Kore").temperature(0.5).topK(40)
                        .enableAffectiveDialog(true).thinkingConfig("{\"thinkingBudget\": 128}")
                        .instructions("Be brief. Ü🙂").build())) {
            try (LiveSession session = model.startSession(LiveOptions.builder().voice("Puck").build())) {
                Take.next(session, Connected.class);
            }
            emulator.stop();
            List<JsonObject> setups = emulator.received("setup");
            JsonObject generation = setups.get(0).getAsJsonObject("generationConfig");
            assertEquals(0.5, generation.get("temperature").getAsDouble());
            assertEquals(40, generation.get("topK").getAsInt());
            assertTrue(generation.get("enableAffectiveDialog").getAsBoolean());
            assertEquals(128, generation.getAsJsonObject("thinkingConfig").get("thinkingBudget").getAsInt());
            assertTrue(generation.toString().contains("Puck"), "the session's options win: " + generation);
            assertTrue(setups.get(0).toString().contains("Be brief. Ü🙂"), setups.toString());
        }
    }

    @Test
    void valuesThatAreNotAllowedAreRefusedWithWhatIs() {
        assertTrue(refused(LiveOptions.builder().temperature(3)).contains("temperature"));
        assertTrue(refused(LiveOptions.builder().maxRetries(-1)).contains("max_retries"));
        assertTrue(refused(LiveOptions.builder().audioEvents("sometimes")).contains("auto"));
        assertTrue(refused(LiveOptions.builder().thinkingConfig("{")).contains("thinking_config"));
        LiveOptions noFile = LiveOptions.builder().caFile("/no/such/file.pem").build();
        assertTrue(Take.thrown(Status.TLS, () -> LiveModel.create(noFile)).sentence().contains("/no/such/file.pem"));
        String nul = Take.thrown(Status.INVALID_ARGUMENT, () -> LiveOptions.builder().thinkingConfig("{\0}")).sentence();
        assertTrue(nul.contains("'thinking_config'") && nul.contains("NUL"), nul);
    }

    @Test
    void anUnknownOptionIsRefusedWithTheNearest() {
        String sentence = refused(LiveOptions.builder().option("temperatur", "1"));
        assertTrue(sentence.contains("temperature"), sentence);
    }

    @Test
    void whatASessionIsRefusedLeavesNothingBehind() {
        long before = Gemlive.liveObjects(ObjectKind.OPTIONS) + Gemlive.liveObjects(ObjectKind.SESSION);
        try (LiveModel model = LiveModel.create()) {
            Take.thrown(Status.INVALID_ARGUMENT, () -> model.startSession(LiveOptions.builder().temperature(3).build()));
            model.finish();
            Take.thrown(Status.CLOSED, model::startSession);
        }
        assertEquals(before, Gemlive.liveObjects(ObjectKind.OPTIONS) + Gemlive.liveObjects(ObjectKind.SESSION));
    }

    @Test
    void nullTakesAnOptionBack() {
        LiveOptions.Builder builder = LiveOptions.builder().audioEvents("sometimes").audioEvents(null).tools("7").tools(null);
        LiveModel.create(builder.build()).close();
        assertEquals("LiveOptions[]", builder.build().toString());
    }

    @Test
    void secretsAreNotShown() {
        String shown = LiveOptions.builder().apiKey("secret-key").token("secret-token").headers("{\"X\": \"secret\"}").build()
                .toString();
        assertFalse(shown.contains("secret-"), shown);
        assertFalse(shown.contains("\"secret\""), shown);
        assertTrue(shown.contains("api_key"), shown);
    }

    @Test
    void aBuilderGoesOnAfterBuild() {
        LiveOptions.Builder builder = LiveOptions.builder().voice("Kore");
        LiveOptions first = builder.build();
        builder.language("de-DE").tool(LiveTool.create("price", "The price.", null, (call, cancellation) -> 1));
        assertEquals("LiveOptions[voice]", first.toString());
        assertTrue(first.tools().isEmpty());
        assertEquals("LiveOptions[voice, language]", builder.build().toString());
    }
}

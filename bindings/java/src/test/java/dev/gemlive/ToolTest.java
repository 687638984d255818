package dev.gemlive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.gemlive.event.Closed;
import dev.gemlive.event.Connected;
import dev.gemlive.event.ToolCall;
import dev.gemlive.event.ToolCallsCancelled;
import dev.gemlive.event.TurnFinished;
import java.io.IOException;
import java.util.Collections;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

/** Functions of the application: answered by their handlers, cancelled with their calls. */
class ToolTest {
    private static final String CALL = "[{\"on\": {\"text\": \"price\"}, \"do\": [{\"call\": {\"name\": \"price\", "
            + "\"args\": {\"item\": \"sword\", \"count\": 2}, \"id\": \"call-1\"}}]},"
            + "{\"on\": \"tool_response\", \"do\": [{\"text\": \"Here you are.\"}]},"
            + "{\"on\": {\"text\": \"never mind\"}, \"do\": [{\"text\": \"As you like.\"}]}]";
    private static final String SCHEMA = "{\"type\": \"OBJECT\", \"properties\": {\"item\": {\"type\": \"STRING\"}}}";

    /** What the server got for the call. */
    private static JsonObject answerOf(LiveTool.Handler handler) throws Exception {
        try (Emulator emulator = Emulator.withRules(CALL);
                LiveModel model = LiveModel.create(emulator.options()
                        .tool(LiveTool.create("price", "The price of an item.", SCHEMA, handler)).build())) {
            try (LiveSession session = model.startSession()) {
                session.sendText("What is the price?");
                ToolCall call = Take.next(session, ToolCall.class);
                assertEquals("call-1", call.call());
                assertEquals("sword", call.argumentMap().get("item"));
                assertEquals(2.0, call.argumentMap().get("count"));
                assertEquals("completed", Take.next(session, TurnFinished.class).reason());
                session.finish();
                assertTrue(Take.next(session, Closed.class).reason().equals("requested"));
            }
            emulator.stop();
            return emulator.received("toolResponse").get(0).getAsJsonArray("functionResponses").get(0).getAsJsonObject()
                    .getAsJsonObject("response");
        }
    }

    @Test
    void aMapIsAnObject() throws Exception {
        assertEquals("{\"gold\":30}", answerOf((call, cancellation) -> Collections.singletonMap("gold", 30)).toString());
    }

    @Test
    void anythingElseIsAnOutput() throws Exception {
        assertEquals("{\"output\":\"a \\\"lot\\\" 🙂\"}", answerOf((call, cancellation) -> "a \"lot\" 🙂").toString());
    }

    @Test
    void anAnswerThatComesAfterAnUnaskedEndIsNotReported() throws Exception {
        CompletableFuture<Object> answer = new CompletableFuture<>();
        BlockingQueue<Throwable> reports = new LinkedBlockingQueue<>();
        try (Emulator emulator = Emulator.withRules("[{\"on\": \"text\", \"do\": [{\"call\": {\"name\": \"price\", \"args\": {}}},"
                        + "{\"close\": {\"code\": 1007, \"reason\": \"API key not valid\"}}]}]");
                LiveModel model = LiveModel.create(emulator.options()
                        .tool(LiveTool.create("price", "The price of an item.", SCHEMA, (call, cancellation) -> answer)).build());
                LiveSession session = model.startSession()) {
            session.sendText("What is the price?");
            Take.next(session, ToolCall.class);
            Wait.until("it is over", () -> session.state() == SessionState.CLOSED);
            Thread tool = new Thread(() -> answer.complete(1));    // before anybody has taken the events of the end
            tool.setUncaughtExceptionHandler((thread, thrown) -> reports.add(thrown));
            tool.start();
            Wait.forThread(tool);
            assertEquals(Status.AUTH, Take.next(session, Closed.class).status());
        }
        assertTrue(reports.isEmpty(), reports.toString());
    }

    @Test
    void aStageIsAnsweredWhenItIsComplete() throws Exception {
        assertEquals("{\"gold\":1}", answerOf((call, cancellation) ->
                CompletableFuture.supplyAsync(() -> Collections.singletonMap("gold", 1))).toString());
    }

    @Test
    void whatAHandlerThrowsTheModelIsTold() throws Exception {
        assertEquals("{\"error\":\"sold out\"}", answerOf((call, cancellation) -> {
            throw new IOException("sold out");
        }).toString());
    }

    @Test
    void whatAStageFailsWithTheModelIsTold() throws Exception {
        assertEquals("{\"error\":\"sold out\"}", answerOf((call, cancellation) -> CompletableFuture.supplyAsync(() -> {
            throw new IllegalStateException("sold out");
        })).toString());
    }

    @Test
    void whatJsonCannotShowIsAnError() throws Exception {
        JsonObject answer = answerOf((call, cancellation) -> Double.NaN);
        assertTrue(answer.get("error").getAsString().contains("NaN"), answer.toString());
    }

    @Test
    void aHandlerMayAnswerByItself() throws Exception {
        assertEquals("{\"gold\":5}", answerOf((call, cancellation) -> {
            call.respond(Collections.singletonMap("gold", 5));
            return "too late";
        }).toString());
    }

    @Test
    void aCancelledCallCancelsItsHandlerAndIsNotAnswered() throws Exception {
        CompletableFuture<Object> never = new CompletableFuture<>();
        BlockingQueue<String> told = new LinkedBlockingQueue<>();
        try (Emulator emulator = Emulator.withRules(CALL);
                LiveModel model = LiveModel.create(emulator.options()
                        .tool(LiveTool.create("price", "The price.", null, (call, cancellation) -> {
                            assertFalse(cancellation.isCancelled());
                            cancellation.onCancel(() -> told.add("cancelled " + cancellation.isCancelled()));
                            return never;
                        })).build());
                LiveSession session = model.startSession()) {
            Take.next(session, Connected.class);
            session.sendText("What is the price?");
            ToolCall call = Take.next(session, ToolCall.class);
            session.sendText("Never mind.");
            ToolCallsCancelled cancelled = Take.next(session, ToolCallsCancelled.class);
            assertEquals(Collections.singletonList("call-1"), cancelled.callIds());
            assertEquals("cancelled true", Take.from(told));
            assertTrue(never.isCancelled());
            Take.thrown(Status.CANCELLED, () -> call.respond(1));
            emulator.stop();
            assertTrue(emulator.received("toolResponse").isEmpty());
        }
    }

    @Test
    void theEndOfTheSessionCancelsHandlers() throws Exception {
        CompletableFuture<Object> never = new CompletableFuture<>();
        try (Emulator emulator = Emulator.withRules(CALL);
                LiveModel model = LiveModel.create(emulator.options()
                        .tool(LiveTool.create("price", "The price.", SCHEMA, (call, cancellation) -> never)).build())) {
            LiveSession session = model.startSession();
            session.sendText("What is the price?");
            Take.next(session, ToolCall.class);
            session.close();
            assertTrue(never.isCancelled());
        }
    }

    @Test
    void toolsOfBothFormsAreDeclared() throws Exception {
        try (Emulator emulator = Emulator.start();
                LiveModel model = LiveModel.create(emulator.options()
                        .tools("[{\"googleSearch\": {}}]")
                        .tool(LiveTool.create("price", "The price.", SCHEMA, (call, cancellation) -> 1)).build());
                LiveSession session = model.startSession()) {
            String tools = session.getTools();
            assertTrue(tools.contains("googleSearch") && tools.contains("\"price\""), tools);
        }
        try (Emulator emulator = Emulator.start();
                LiveModel model = LiveModel.create(emulator.options().tools("[{\"name\": \"sell\"}]")
                        .tool(LiveTool.create("price", "The price.", null, (call, cancellation) -> 1)).build());
                LiveSession session = model.startSession()) {
            String tools = session.getTools();
            assertTrue(tools.contains("\"sell\"") && tools.contains("\"price\""), tools);
        }
    }

    @Test
    void aCallWithoutAHandlerIsAnsweredByHand() throws Exception {
        try (Emulator emulator = Emulator.withRules(CALL);
                LiveModel model = LiveModel.create(emulator.options().tools("[{\"name\": \"price\"}]").build());
                LiveSession session = model.startSession()) {
            session.sendText("What is the price?");
            ToolCall call = Take.next(session, ToolCall.class);
            session.toolResponse(call.call(), "{\"gold\": 3}");
            Take.thrown(Status.INVALID_STATE, () -> call.respondError("again"));
            Take.thrown(Status.INVALID_ARGUMENT, () -> session.toolResponse("no-such-call", "1"));
            assertEquals("Here you are.", Take.next(session, TurnFinished.class).transcript());
        }
    }

    @Test
    void aCallThatComesWithTheEndReachesNoHandler() throws Exception {
        BlockingQueue<String> calls = new LinkedBlockingQueue<>();
        ToolCalls handlers = new ToolCalls(Collections.singletonList(
                LiveTool.create("price", "The price.", null, (call, cancellation) -> calls.add(call.call()))));
        try (Emulator emulator = Emulator.withRules(CALL);
                LiveModel model = LiveModel.create(emulator.options().tools("[{\"name\": \"price\"}]").build());
                LiveSession session = model.startSession()) {
            session.sendText("What is the price?");
            ToolCall call = Take.next(session, ToolCall.class);
            handlers.end();
            handlers.see(call);
            assertTrue(calls.isEmpty());
            call.respond("nobody has answered it");
        }
    }

    @Test
    void aSchemaThatIsNoneIsRefusedAtOnce() {
        Take.thrown(Status.INVALID_ARGUMENT, () -> LiveTool.create("price", "The price.", "[]", (call, cancellation) -> 1));
        Take.thrown(Status.INVALID_ARGUMENT, () -> LiveTool.create("price", "The price.", "{", (call, cancellation) -> 1));
    }
}

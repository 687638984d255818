import dev.gemlive.LiveModel;
import dev.gemlive.LiveOptions;
import dev.gemlive.LiveSession;
import dev.gemlive.LiveTool;
import dev.gemlive.event.LiveEvent;
import dev.gemlive.event.OutputTranscript;
import dev.gemlive.event.ToolCall;
import dev.gemlive.event.TurnFinished;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Two ways to answer a tool call: with a handler that takes its time, and by hand. */
final class Tools {
    private static final String ITEM = "{\"type\": \"OBJECT\", \"properties\": {\"item\": {\"type\": \"STRING\"}}}";
    private static final String BY_HAND = "[{\"functionDeclarations\": [{\"name\": \"stock\", \"description\":"
            + " \"How many there are.\", \"parameters\": " + ITEM + "}]}]";

    public static void main(String[] arguments) {
        // snippet: slow-tool
        LiveTool price = LiveTool.create("price", "Price of an item.", ITEM, (call, cancellation) ->
                CompletableFuture.supplyAsync(() -> lookUp(call.argumentMap().get("item"))));
        LiveOptions options = LiveOptions.builder()
                .instructions("You are a blacksmith.")
                .tool(price)
                .tools(BY_HAND)                  // what has no handler, as the API has it: JSON text
                .build();
        // end snippet
        try (LiveModel model = LiveModel.create(options); LiveSession session = model.startSession()) {
            session.sendText("What is a sword, and how many do you have?");
            for (LiveEvent event : session.events()) {
                // snippet: by-hand
                if (event instanceof ToolCall && ((ToolCall) event).name().equals("stock")) {
                    ToolCall call = (ToolCall) event;
                    call.respond(3);                          // a map, a list, a bean, a number, a text
                }
                // end snippet
                if (event instanceof OutputTranscript) {
                    System.out.print(((OutputTranscript) event).text());
                } else if (event instanceof TurnFinished) {
                    session.finish();
                }
            }
        }
        System.out.println();
    }

    private static Map<String, Object> lookUp(Object item) {
        return Collections.singletonMap("coins", "sword".equals(item) ? 12 : 1);
    }
}

import com.google.genai.AsyncSession;
import com.google.genai.types.AudioTranscriptionConfig;
import com.google.genai.types.AuthToken;
import com.google.genai.types.Blob;
import com.google.genai.types.Content;
import com.google.genai.types.CreateAuthTokenConfig;
import com.google.genai.types.FunctionCall;
import com.google.genai.types.FunctionDeclaration;
import com.google.genai.types.FunctionResponse;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.LiveConnectConfig;
import com.google.genai.types.LiveConnectConstraints;
import com.google.genai.types.LiveSendClientContentParameters;
import com.google.genai.types.LiveSendRealtimeInputParameters;
import com.google.genai.types.LiveSendToolResponseParameters;
import com.google.genai.types.LiveServerContent;
import com.google.genai.types.LiveServerMessage;
import com.google.genai.types.LiveServerSessionResumptionUpdate;
import com.google.genai.types.Part;
import com.google.genai.types.Schema;
import com.google.genai.types.SessionResumptionConfig;
import com.google.genai.types.Tool;
import com.google.genai.types.Transcription;
import com.google.gson.Gson;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Holds one conversation with com.google.genai and prints what came of it as JSON. Base URL, key and trusted CA come from the
 * environment.
 */
public final class Client {
    private static final int TURN_DEADLINE_S = 20;
    private static final int REFUSAL_DEADLINE_S = 3;  // connect() never ends when the setup is refused
    private static final int CHUNK_MS = 100;
    private static final int SPEED = 4;

    private static final class Turn {
        String said = "";
        String heard = "";
        int audio_ms;
        int tokens;
        final List<Map<String, Object>> calls = new ArrayList<>();
    }

    /** A session whose messages are read one after another. */
    private static final class Conversation implements AutoCloseable {
        private final BlockingQueue<LiveServerMessage> messages = new LinkedBlockingQueue<>();
        private final AsyncSession session;

        Conversation(com.google.genai.Client client, LiveConnectConfig config, int deadlineS) throws Exception {
            session = within(deadlineS, client.async.live.connect(System.getenv("LIVE_MODEL"), config));
            within(deadlineS, session.receive(messages::add));
        }

        LiveServerMessage receive() throws Exception {
            LiveServerMessage message = messages.poll(TURN_DEADLINE_S, TimeUnit.SECONDS);
            if (message == null) {
                throw new TimeoutException("no message");
            }
            return message;
        }

        void ask(String text) throws Exception {
            Content turn = Content.builder().role("user").parts(Part.fromText(text)).build();
            within(TURN_DEADLINE_S, session.sendClientContent(
                    LiveSendClientContentParameters.builder().turns(turn).turnComplete(true).build()));
        }

        /** Sends a WAV file as a microphone would, at the speed of the emulator. */
        void speak(Path path) throws Exception {
            byte[] file = Files.readAllBytes(path);
            int rate = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(24);
            int step = rate * 2 * CHUNK_MS / 1000;
            for (int at = 44; at < file.length; at += step) {
                Blob audio = Blob.builder().data(Arrays.copyOfRange(file, at, Math.min(at + step, file.length)))
                        .mimeType("audio/pcm;rate=" + rate).build();
                within(TURN_DEADLINE_S,
                        session.sendRealtimeInput(LiveSendRealtimeInputParameters.builder().audio(audio).build()));
                Thread.sleep(CHUNK_MS / SPEED);
            }
        }

        private void answer(List<FunctionCall> calls) throws Exception {
            List<FunctionResponse> answers = new ArrayList<>();
            for (FunctionCall call : calls) {
                FunctionResponse.Builder answer =
                        FunctionResponse.builder().name(call.name().get()).response(Map.of("output", "sunny"));
                call.id().ifPresent(answer::id);
                answers.add(answer.build());
            }
            within(TURN_DEADLINE_S, session.sendToolResponse(
                    LiveSendToolResponseParameters.builder().functionResponses(answers).build()));
        }

        Turn turn() throws Exception {
            Turn turn = new Turn();
            int audioBytes = 0;
            while (true) {
                LiveServerMessage message = receive();
                turn.tokens = message.usageMetadata().flatMap(usage -> usage.totalTokenCount()).orElse(turn.tokens);
                if (message.toolCall().isPresent()) {
                    List<FunctionCall> calls = message.toolCall().get().functionCalls().orElse(List.of());
                    for (FunctionCall call : calls) {
                        turn.calls.add(Map.of("name", call.name().get(), "args", call.args().orElse(Map.of())));
                    }
                    answer(calls);
                }
                if (message.serverContent().isEmpty()) {
                    continue;
                }
                LiveServerContent content = message.serverContent().get();
                for (Part part : content.modelTurn().flatMap(Content::parts).orElse(List.of())) {
                    audioBytes += part.inlineData().flatMap(Blob::data).map(data -> data.length).orElse(0);
                }
                turn.heard += content.inputTranscription().flatMap(Transcription::text).orElse("");
                turn.said += content.outputTranscription().flatMap(Transcription::text).orElse("");
                if (content.turnComplete().orElse(false)) {
                    turn.audio_ms = audioBytes / 48;
                    return turn;
                }
            }
        }

        /** The handle that comes after a turn has the turn in it. */
        String handle() throws Exception {
            while (true) {
                LiveServerSessionResumptionUpdate update = receive().sessionResumptionUpdate().orElse(null);
                if (update != null && update.resumable().orElse(false) && update.newHandle().isPresent()) {
                    return update.newHandle().get();
                }
            }
        }

        @Override
        public void close() throws Exception {
            within(TURN_DEADLINE_S, session.close());
        }
    }

    private static <T> T within(int seconds, Future<T> future) throws Exception {
        try {
            return future.get(seconds, TimeUnit.SECONDS);
        } catch (ExecutionException error) {
            throw error.getCause() instanceof Exception ? (Exception) error.getCause() : error;
        }
    }

    private static com.google.genai.Client client(String key, String version) {
        HttpOptions.Builder options = HttpOptions.builder().baseUrl(System.getenv("GOOGLE_GEMINI_BASE_URL"));
        if (version != null) {
            options.apiVersion(version);
        }
        return com.google.genai.Client.builder().apiKey(key).httpOptions(options.build()).build();
    }

    private static com.google.genai.Client client() {
        return client(System.getenv("GOOGLE_API_KEY"), null);
    }

    private static LiveConnectConfig.Builder config() {
        return LiveConnectConfig.builder()
                .responseModalities("AUDIO")
                .inputAudioTranscription(AudioTranscriptionConfig.builder().build())
                .outputAudioTranscription(AudioTranscriptionConfig.builder().build());
    }

    private static LiveConnectConfig.Builder resuming(String handle) {
        SessionResumptionConfig.Builder resumption = SessionResumptionConfig.builder();
        if (handle != null) {
            resumption.handle(handle);
        }
        return config().sessionResumption(resumption.build());
    }

    private static Tool weather() {
        return Tool.builder().functionDeclarations(FunctionDeclaration.builder()
                .name("get_weather")
                .description("The weather of a city.")
                .parameters(Schema.builder().type("OBJECT")
                        .properties(Map.of("city", Schema.builder().type("STRING").build())).required("city").build())
                .build()).build();
    }

    private static Turn oneTurn(com.google.genai.Client client, String question, LiveConnectConfig config, int deadlineS)
            throws Exception {
        try (Conversation conversation = new Conversation(client, config, deadlineS)) {
            conversation.ask(question);
            return conversation.turn();
        }
    }

    private static Turn spokenTurn() throws Exception {
        try (Conversation conversation = new Conversation(client(), config().build(), TURN_DEADLINE_S)) {
            conversation.speak(Path.of(System.getenv("SPEECH_FILE")));
            return conversation.turn();
        }
    }

    private static Object resumedSession() throws Exception {
        List<Turn> turns = new ArrayList<>();
        String handle;
        try (Conversation first = new Conversation(client(), resuming(null).build(), TURN_DEADLINE_S)) {
            first.ask("My name is Ada.");
            turns.add(first.turn());
            handle = first.handle();
        }
        turns.add(oneTurn(client(), "What is my name?", resuming(handle).build(), TURN_DEADLINE_S));
        return Map.of("handle", handle, "turns", turns);
    }

    private static Map<String, Object> refusal(com.google.genai.Client client) {
        try {
            oneTurn(client, "Is anybody there?", config().build(), REFUSAL_DEADLINE_S);
            return Map.of("error", "it was not refused");
        } catch (Exception error) {
            return Map.of("error", String.valueOf(error.getMessage()), "type", error.getClass().getSimpleName());
        }
    }

    private static Object tokenTurn() throws Exception {
        AuthToken token = client(System.getenv("GOOGLE_API_KEY"), "v1alpha").authTokens.create(CreateAuthTokenConfig.builder()
                .uses(1)
                .liveConnectConstraints(LiveConnectConstraints.builder().model(System.getenv("LIVE_MODEL"))
                        .config(config().temperature(0.5f)))
                .build());
        com.google.genai.Client short_lived = client(token.name().get(), "v1alpha");
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("turn", oneTurn(short_lived, "Do you sell swords?", config().build(), TURN_DEADLINE_S));
        result.putAll(refusal(short_lived));
        return result;
    }

    private static Object hold(String name) throws Exception {
        switch (name) {
        case "text-turn":
            return oneTurn(client(), "Do you sell swords?", config().build(), TURN_DEADLINE_S);
        case "tool-turn":
            return oneTurn(client(), "How is the weather in Paris?", config().tools(weather()).build(), TURN_DEADLINE_S);
        case "spoken-turn":
            return spokenTurn();
        case "resumed-session":
            return resumedSession();
        case "token-turn":
            return tokenTurn();
        case "refused":
            return refusal(client());
        default:
            throw new IllegalArgumentException(name);
        }
    }

    /** Java trusts a store, not a PEM file. */
    private static void trust(Path pem) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream certificate = Files.newInputStream(pem)) {
            store.setCertificateEntry("ca", CertificateFactory.getInstance("X.509").generateCertificate(certificate));
        }
        Path file = pem.resolveSibling("ca.p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, "unlocked".toCharArray());
        }
        System.setProperty("javax.net.ssl.trustStore", file.toString());
        System.setProperty("javax.net.ssl.trustStorePassword", "unlocked");
    }

    public static void main(String[] arguments) throws Exception {
        trust(Path.of(System.getenv("SSL_CERT_FILE")));
        System.out.println(new Gson().toJson(hold(arguments[0])));
        System.exit(0);
    }
}

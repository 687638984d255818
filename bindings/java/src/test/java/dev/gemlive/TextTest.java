package dev.gemlive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gemlive.event.TurnFinished;
import dev.gemlive.internal.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Text on its way: real UTF-8, not Java's own. */
class TextTest {
    private static LiveSession nowhere(LiveModel model) {
        return model.startSession();
    }

    private static LiveModel model() {
        return LiveModel.create(LiveOptions.builder().apiKey("k").baseUrl("ws://127.0.0.1:1").build());
    }

    @Test
    void everyPlaneComesThere() {
        String[] texts = {"", "a", "é", "€", "🙂", "a\0b", "\uFFFF", "\uE000", "𐀀", "\uDBFF\uDFFF"};
        for (String text : texts) {
            assertArrayEquals(text.getBytes(StandardCharsets.UTF_8), Utf8.encode(text), text);
        }
    }

    @Test
    void halfACharacterKeepsItsThreeBytesBesideAllOthers() {
        assertArrayEquals(new byte[] {'a', (byte) 0xED, (byte) 0xA0, (byte) 0xBD}, Utf8.encode("a\uD83D"));
        assertArrayEquals(new byte[] {(byte) 0xED, (byte) 0xB9, (byte) 0x82, (byte) 0xED, (byte) 0xA0, (byte) 0xBD},
                Utf8.encode("\uDE42\uD83D"));
        byte[] mixed = Utf8.encode("é€🙂\uD83D");
        assertArrayEquals("é€🙂".getBytes(StandardCharsets.UTF_8), Arrays.copyOf(mixed, mixed.length - 3));
    }

    @Test
    void halfACharacterIsRefusedWithTheLibrarysSentence() {
        try (LiveModel model = model(); LiveSession session = nowhere(model)) {
            String sentence = Take.thrown(Status.INVALID_ARGUMENT, () -> session.sendText("a\uD83D")).sentence();
            assertTrue(sentence.contains("UTF-8"), sentence);
            Take.thrown(Status.INVALID_ARGUMENT, () -> session.generateReply("\uDE42"));
            Take.thrown(Status.INVALID_ARGUMENT, () -> LiveModel.create(LiveOptions.builder().instructions("\uD83D").build()));
        }
    }

    @Test
    void nulIsTextWhereTextIsAndRefusedByNameWhereItIsNot() {
        try (LiveModel model = model(); LiveSession session = nowhere(model)) {
            assertEquals(1, session.sendText("a\0b"));
            String sentence = Take.thrown(Status.INVALID_ARGUMENT, () -> session.pushImage(new byte[1], "image/\0")).sentence();
            assertTrue(sentence.contains("'mimeType'"), sentence);
            sentence = Take.thrown(Status.INVALID_ARGUMENT, () -> session.toolResponse("call\0", "1")).sentence();
            assertTrue(sentence.contains("'call'"), sentence);
            sentence = Take.thrown(Status.INVALID_ARGUMENT, () -> Gemlive.hasFeature("a\0")).sentence();
            assertTrue(sentence.contains("'feature'"), sentence);
        }
    }

    @Test
    void nullIsRefusedByName() {
        try (LiveModel model = model(); LiveSession session = nowhere(model)) {
            assertEquals("text", assertThrows(NullPointerException.class, () -> session.sendText(null)).getMessage());
            assertEquals("call", assertThrows(NullPointerException.class, () -> session.toolResponse(null, "1")).getMessage());
            assertEquals("bytes", assertThrows(NullPointerException.class, () -> session.pushImage(null, "image/png")).getMessage());
        }
    }

    @Test
    void aMegabyteOfEmojiComesBack() throws Exception {
        StringBuilder many = new StringBuilder();
        for (int count = 0; count < 1 << 18; count++) {
            many.append("🙂");
        }
        try (Emulator emulator = Emulator.withRules("[{\"on\": {\"text\": \"🙂\"}, \"do\": [{\"text\": \"" + many + "\"}]}]");
                LiveModel model = emulator.model(); LiveSession session = model.startSession()) {
            session.sendText(many.toString());
            assertEquals(many.toString(), Take.next(session, TurnFinished.class).transcript());
            emulator.stop();
            assertTrue(emulator.received("realtimeInput").toString().contains(many)
                    || emulator.received("clientContent").toString().contains(many));
        }
    }

    @Test
    void aTextIsQuotedAsJson() {
        assertEquals("\"a\\\"\\\\\\n\\u0000é🙂\"", Gemlive.jsonQuote("a\"\\\n\0é🙂"));
        String large = new String(new char[5_000]).replace('\0', 'x');
        assertEquals('"' + large + '"', Gemlive.jsonQuote(large));
        Take.thrown(Status.INVALID_ARGUMENT, () -> Gemlive.jsonQuote("\uD83D"));
    }
}

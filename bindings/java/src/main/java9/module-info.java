/** Real-time voice conversations with the Gemini Live API. */
module dev.gemlive {
    requires com.google.gson;
    requires java.logging;

    exports dev.gemlive;
    exports dev.gemlive.event;
}

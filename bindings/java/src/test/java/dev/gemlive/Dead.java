package dev.gemlive;

/** Sessions for which nobody answers: they dial on and on, and take commands and audio meanwhile. */
final class Dead {
    static LiveOptions.Builder options() {
        return LiveOptions.builder().apiKey("test-key").baseUrl("ws://127.0.0.1:1");
    }

    static LiveSession start() {
        return start(options());
    }

    /** The model is given up at once, which its sessions do not mind. */
    static LiveSession start(LiveOptions.Builder options) {
        try (LiveModel model = LiveModel.create(options.build())) {
            return model.startSession();
        }
    }

    private Dead() {}
}

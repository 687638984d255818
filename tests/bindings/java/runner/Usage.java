package dev.gemlive.runner;

/** The command line, a file that it names, or an option is wrong. */
final class Usage extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Usage(String sentence) {
        super(sentence);
    }
}

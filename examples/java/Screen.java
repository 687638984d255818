import java.io.PrintStream;

/** Lines with who speaks in front of them; words of one speaker join, and are broken at 72 columns. */
final class Screen {
    private static final int WIDTH = 72;
    private static final int LABEL = 7;

    private final PrintStream out;
    private final StringBuilder words = new StringBuilder();
    private String speaker = "";

    Screen(PrintStream out) {
        this.out = out;
    }

    synchronized void note(String text) {
        line("", text);
    }

    synchronized void line(String label, String text) {
        endWords();
        print(label, text);
    }

    synchronized void words(String who, String piece) {
        if (piece.isEmpty()) {
            return;
        }
        if (!who.equals(speaker)) {
            endWords();
            speaker = who;
        }
        words.append(piece);
    }

    /** The user's words may be final while the model speaks already. */
    synchronized void endWords(String who) {
        if (who.equals(speaker)) {
            endWords();
        }
    }

    synchronized void endWords() {
        String said = words.toString().trim();
        if (!said.isEmpty()) {
            print(speaker, said);
        }
        words.setLength(0);
        speaker = "";
    }

    private void print(String label, String text) {
        StringBuilder row = new StringBuilder();
        String head = label;
        for (String word : text.split("\\s+")) {
            if (row.length() > 0 && row.length() + 1 + word.length() > WIDTH - LABEL) {
                out.printf("%-" + LABEL + "s%s%n", head, row);
                head = "";
                row.setLength(0);
            }
            row.append(row.length() > 0 ? " " : "").append(word);
        }
        out.printf("%-" + LABEL + "s%s%n", head, row);
        out.flush();
    }
}

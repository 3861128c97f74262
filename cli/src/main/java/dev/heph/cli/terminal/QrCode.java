package dev.heph.cli.terminal;

import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;
import java.util.ArrayList;
import java.util.List;

/**
 * A text for a phone's camera, drawn with half blocks: light is drawn, dark left out, so it is right way round on a dark terminal, and
 * most cameras take it either way.
 */
public final class QrCode {
    private static final int QUIET = 2;

    private QrCode() {}

    /** The lines of the picture; none where it is wider than the terminal. */
    public static List<String> of(String text, int columns) {
        ByteMatrix code;
        try {
            code = Encoder.encode(text, ErrorCorrectionLevel.L).getMatrix();
        } catch (WriterException tooLong) {
            return List.of();
        }
        int size = code.getWidth() + 2 * QUIET;
        var lines = new ArrayList<String>();
        for (int y = 0; y < size && size <= columns; y += 2) {
            var line = new StringBuilder();
            for (int x = 0; x < size; x++) {
                boolean above = light(code, x, y);
                boolean below = light(code, x, y + 1) && y + 1 < size;
                line.append(above ? below ? '█' : '▀' : below ? '▄' : ' ');
            }
            lines.add(line.toString());
        }
        return lines;
    }

    private static boolean light(ByteMatrix code, int x, int y) {
        int column = x - QUIET;
        int row = y - QUIET;
        boolean inside = column >= 0 && row >= 0 && column < code.getWidth() && row < code.getHeight();
        return !inside || code.get(column, row) == 0;
    }
}

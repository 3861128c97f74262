package dev.heph.model.markdown;

import org.commonmark.node.Block;
import org.commonmark.node.Paragraph;
import org.commonmark.parser.InlineParser;
import org.commonmark.parser.SourceLine;
import org.commonmark.parser.SourceLines;
import org.commonmark.parser.block.AbstractBlockParser;
import org.commonmark.parser.block.AbstractBlockParserFactory;
import org.commonmark.parser.block.BlockContinue;
import org.commonmark.parser.block.BlockParser;
import org.commonmark.parser.block.BlockStart;
import org.commonmark.parser.block.MatchedBlockParser;
import org.commonmark.parser.block.ParserState;

/**
 * The rest of a paragraph that has become very long, as a paragraph of its own. For every line that does not begin
 * with a letter commonmark-java copies all lines of the paragraph so far, in order to ask whether there are any: a
 * log of 100,000 lines takes 8 s, a table of as many 27 s. This one answers that there are none.
 */
final class LongParagraph extends AbstractBlockParser {
    private static final int LONG_LINES = 1_000;

    private final Paragraph block = new Paragraph();
    private final SourceLines lines = SourceLines.empty();

    private LongParagraph() {}

    /** For one parse: knows how long the open paragraph is without asking for its lines more than once. */
    static final class Factory extends AbstractBlockParserFactory {
        private BlockParser paragraph;
        private int firstLine;

        @Override
        public BlockStart tryStart(ParserState state, MatchedBlockParser matched) {
            BlockParser open = state.getActiveBlockParser();
            boolean continued = open == matched.getMatchedBlockParser() && open.getBlock() instanceof Paragraph;
            if (!continued || open instanceof LongParagraph) {
                return BlockStart.none();
            }
            int line = state.getLine().getSourceSpan().getLineIndex();
            if (open != paragraph) {
                paragraph = open;
                firstLine = line - matched.getParagraphLines().getLines().size();
            }
            if (line - firstLine < LONG_LINES) {
                return BlockStart.none();
            }
            return BlockStart.of(new LongParagraph()).atIndex(state.getNextNonSpaceIndex());
        }
    }

    @Override
    public Block getBlock() {
        return block;
    }

    @Override
    public BlockContinue tryContinue(ParserState state) {
        return state.isBlank() ? BlockContinue.none() : BlockContinue.atIndex(state.getIndex());
    }

    @Override
    public void addLine(SourceLine line) {
        lines.addLine(line);
    }

    @Override
    public boolean canHaveLazyContinuationLines() {
        return true;
    }

    @Override
    public void parseInlines(InlineParser parser) {
        parser.parse(lines, block);
    }
}

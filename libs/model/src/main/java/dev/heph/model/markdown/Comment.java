package dev.heph.model.markdown;

import org.commonmark.node.Block;
import org.commonmark.node.CustomBlock;
import org.commonmark.parser.block.AbstractBlockParser;
import org.commonmark.parser.block.BlockContinue;
import org.commonmark.parser.block.BlockParserFactory;
import org.commonmark.parser.block.BlockStart;
import org.commonmark.parser.block.MatchedBlockParser;
import org.commonmark.parser.block.ParserState;

/** Lines between {@code %%} at the beginning of one and the next {@code %%}: Obsidian shows them to nobody who reads. */
final class Comment extends AbstractBlockParser {
    static final String MARK = "%%";

    private final Block block = new CustomBlock() {};
    private boolean closed;

    private Comment() {}

    /** For one parse. @param text of which a comment that nobody closes is a part like any other */
    record Factory(String text) implements BlockParserFactory {
        @Override
        public BlockStart tryStart(ParserState state, MatchedBlockParser matched) {
            CharSequence line = state.getLine().getContent();
            int at = state.getNextNonSpaceIndex();
            boolean mayOpen = state.getIndent() < 4 && at + 1 < line.length() && line.charAt(at) == '%' && line.charAt(at + 1) == '%';
            if (!mayOpen || line.toString().indexOf(MARK, at + 2) >= 0) {
                return BlockStart.none();
            }
            int next = state.getLine().getSourceSpan().getInputIndex() + line.length();
            return text.indexOf(MARK, next) < 0 ? BlockStart.none() : BlockStart.of(new Comment()).atIndex(line.length());
        }
    }

    @Override
    public Block getBlock() {
        return block;
    }

    @Override
    public BlockContinue tryContinue(ParserState state) {
        if (closed) {
            return BlockContinue.none();
        }
        closed = state.getLine().getContent().toString().contains(MARK);
        return BlockContinue.atIndex(state.getLine().getContent().length());
    }
}

package dev.heph.model.text;

/**
 * The items of a text in reading order: a linked list, cut into blocks of neighbouring items that know how much of them is
 * visible. A position is found by walking the blocks, then the items of one: a few hundred steps for a long-lived note, no
 * rebalancing, and an item knows its own place.
 */
final class Sequence {
    /** Full blocks split into two; a block is walked item by item, so it stays small. */
    private static final int MOST_ITEMS = 64;

    /** Neighbouring items. */
    static final class Block {
        private Item first;
        private int items;
        private int visible;
        private int pairs;
        private Block previous;
        private Block next;
    }

    /** A visible character: {@code unit} UTF-16 units into {@code item}; at the text's end, {@code item} is null. */
    record Spot(Item item, int unit) {}

    private final Block head = new Block();
    private Item last;
    private int visible;
    private int pairs;

    /** The block found last, and the visible units and pairs before it: the next search mostly begins nearby. */
    private Block near = head;
    private int nearStart;
    private int nearPairs;

    Item first() {
        return head.first;
    }

    Item last() {
        return last;
    }

    /** Visible length in UTF-16 units. */
    int visible() {
        return visible;
    }

    Item after(Item left) {
        return left == null ? head.first : left.next;
    }

    /** Puts an item behind {@code left}, or in front of everything if that is null. */
    void insertAfter(Item left, Item item) {
        Block block = left == null ? head : left.block;
        Item right = after(left);
        item.previous = left;
        item.next = right;
        if (left == null) {
            head.first = item;
        } else {
            left.next = item;
        }
        if (right == null) {
            last = item;
        } else {
            right.previous = item;
        }
        item.block = block;
        block.items++;
        changeVisible(block, item.visibleUnits(), item.visiblePairs());
        if (block.items > MOST_ITEMS) {
            // A text that is loaded grows at its end; leaving full blocks behind keeps them few.
            halve(block, right == null ? MOST_ITEMS : MOST_ITEMS / 2);
        }
    }

    void remove(Item item) {
        Block block = item.block;
        changeVisible(block, -item.visibleUnits(), -item.visiblePairs());
        block.items--;
        if (block.first == item) {
            block.first = item.next;
        }
        if (item.previous != null) {
            item.previous.next = item.next;
        }
        if (item.next == null) {
            last = item.previous;
        } else {
            item.next.previous = item.previous;
        }
        if (block.items == 0) {
            drop(block);
        }
    }

    /** Splits an item in front of its character {@code offset}, which becomes the first of the new item. */
    Item split(Item item, int offset) {
        int units = item.unitsBefore(offset);
        Item rest = new Item(item.author, item.clock + offset, item.from + units, item.length - offset,
                item.units - units, item.id(offset - 1), item.right, item.marks);
        changeVisible(item.block, -rest.visibleUnits(), -rest.visiblePairs());
        item.length = offset;
        item.units = units;
        insertAfter(item, rest);
        item.author.addAfter(item, rest);
        return rest;
    }

    /** Makes an item longer by what its author wrote behind it; shorter, if negative. */
    void extend(Item item, int length, int units) {
        item.length += length;
        item.units += units;
        if (!item.marks.hidden()) {
            changeVisible(item.block, units, units - length);
        }
    }

    void mark(Item item, Marks marks) {
        int units = item.visibleUnits();
        int pairs = item.visiblePairs();
        item.marks = marks;
        changeVisible(item.block, item.visibleUnits() - units, item.visiblePairs() - pairs);
    }

    /** The visible character that holds the UTF-16 unit at {@code position}, 0 to {@link #visible()}. */
    Spot find(int position) {
        if (position == visible) {
            return new Spot(null, 0);
        }
        while (position < nearStart) {
            back();
        }
        while (position >= nearStart + near.visible) {
            forth();
        }
        Item item = near.first;
        int unit = position - nearStart;
        while (unit >= item.visibleUnits()) {
            unit -= item.visibleUnits();
            item = item.next;
        }
        return new Spot(item, unit);
    }

    /** Visible characters: fewer than units when some are surrogate pairs. */
    int characters() {
        return visible - pairs;
    }

    /** The UTF-16 units of the first {@code characters} visible ones. */
    int unitsOf(int characters) {
        if (pairs == 0 || characters == characters()) {
            return characters + pairs;
        }
        while (characters < nearStart - nearPairs) {
            back();
        }
        while (characters >= nearStart - nearPairs + near.visible - near.pairs) {
            forth();
        }
        Item item = near.first;
        int units = nearStart;
        int left = characters - (nearStart - nearPairs);
        while (left >= item.visibleUnits() - item.visiblePairs()) {
            left -= item.visibleUnits() - item.visiblePairs();
            units += item.visibleUnits();
            item = item.next;
        }
        return units + item.unitsBefore(left);
    }

    private void back() {
        near = near.previous;
        nearStart -= near.visible;
        nearPairs -= near.pairs;
    }

    private void forth() {
        nearStart += near.visible;
        nearPairs += near.pairs;
        near = near.next;
    }

    private void restart() {
        near = head;
        nearStart = 0;
        nearPairs = 0;
    }

    /** Visible units in front of an item. */
    int positionOf(Item item) {
        int position = 0;
        for (Block block = head; block != item.block; block = block.next) {
            position += block.visible;
        }
        for (Item each = item.block.first; each != item; each = each.next) {
            position += each.visibleUnits();
        }
        return position;
    }

    /** Whether {@code one} stands strictly in front of {@code other}. */
    boolean before(Item one, Item other) {
        if (one.next == other) {
            return true;
        }
        if (one.block == other.block) {
            Item each = one.next;
            while (each != null && each != other && each.block == one.block) {
                each = each.next;
            }
            return each == other;
        }
        Block block = one.block;
        while (block != null && block != other.block) {
            block = block.next;
        }
        return block != null;
    }

    private void changeVisible(Block block, int units, int more) {
        block.visible += units;
        visible += units;
        block.pairs += more;
        pairs += more;
        if (block != near && units != 0) {
            restart();
        }
    }

    private void halve(Block block, int keep) {
        Block rest = new Block();
        Item item = block.first;
        for (int i = 0; i < keep; i++) {
            item = item.next;
        }
        rest.first = item;
        rest.items = block.items - keep;
        for (int i = 0; i < rest.items; i++) {
            item.block = rest;
            rest.visible += item.visibleUnits();
            rest.pairs += item.visiblePairs();
            item = item.next;
        }
        block.items = keep;
        block.visible -= rest.visible;
        block.pairs -= rest.pairs;
        rest.previous = block;
        rest.next = block.next;
        if (rest.next != null) {
            rest.next.previous = rest;
        }
        block.next = rest;
    }

    /** Takes an empty block out; the head stays and takes over the next one's items instead. */
    private void drop(Block empty) {
        restart();
        if (empty != head) {
            empty.previous.next = empty.next;
            if (empty.next != null) {
                empty.next.previous = empty.previous;
            }
        } else if (head.next != null) {
            Block taken = head.next;
            head.first = taken.first;
            head.items = taken.items;
            head.visible = taken.visible;
            head.pairs = taken.pairs;
            head.next = taken.next;
            if (head.next != null) {
                head.next.previous = head;
            }
            Item item = head.first;
            for (int i = 0; i < head.items; i++, item = item.next) {
                item.block = head;
            }
        }
    }
}

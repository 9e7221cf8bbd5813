package dev.mcpreel.analysis.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Rows and columns that fit a width: one column gives way, and when it would get too narrow, expendable columns are left
 * out.
 */
final class Table {
    private static final String INDENT = "  ";
    private static final int GAP = 2;
    private static final int COMFORTABLE = 20;
    private static final int LEAST = 8;

    private final List<Column> columns;
    private final Column elastic;
    private final int comfortable;
    private final List<List<Cell>> rows = new ArrayList<>();

    /** @param elastic position of the column that gives way */
    Table(int elastic, Column... columns) {
        this(elastic, COMFORTABLE, columns);
    }

    /**
     * @param elastic position of the column that gives way
     * @param comfortable with so many cells it has room enough; expendable columns go before it has less
     */
    Table(int elastic, int comfortable, Column... columns) {
        this.columns = List.of(columns);
        this.elastic = columns[elastic];
        this.comfortable = comfortable;
    }

    /** As many cells as there are columns. */
    void row(Cell... cells) {
        rows.add(List.of(cells));
    }

    List<String> render(int width, boolean colour) {
        List<Column> shown = new ArrayList<>(columns);
        int wanted = Math.min(comfortable, naturalWidth(elastic));
        while (room(shown, width) < wanted) {
            Optional<Column> least =
                    shown.stream().filter(c -> c.expendable() > 0).min(Comparator.comparingInt(Column::expendable));
            if (least.isEmpty()) {
                break;
            }
            shown.remove(least.get());
        }
        int elasticWidth = Math.max(LEAST, Math.min(naturalWidth(elastic), room(shown, width)));
        List<String> lines = new ArrayList<>();
        lines.add(line(
                shown,
                columns.stream().map(c -> new Cell(c.title(), Tone.QUIET)).toList(),
                elasticWidth,
                colour));
        rows.forEach(row -> lines.add(line(shown, row, elasticWidth, colour)));
        return lines;
    }

    private String line(List<Column> shown, List<Cell> row, int elasticWidth, boolean colour) {
        StringBuilder line = new StringBuilder(INDENT);
        int owedBlanks = 0;
        for (Column column : shown) {
            int width = column.equals(elastic) ? elasticWidth : naturalWidth(column);
            Cell cell = row.get(columns.indexOf(column));
            String text = TerminalText.fit(cell.text(), width);
            int blanks = width - TerminalText.cells(text);
            line.append(" ".repeat(owedBlanks + (column.right() ? blanks : 0)));
            line.append(cell.tone().paint(text, colour));
            owedBlanks = GAP + (column.right() ? 0 : blanks);
        }
        return line.toString().stripTrailing();
    }

    /** What the elastic column may take. */
    private int room(List<Column> shown, int width) {
        int taken = INDENT.length() + GAP * (shown.size() - 1);
        for (Column column : shown) {
            taken += column.equals(elastic) ? 0 : naturalWidth(column);
        }
        return width - taken;
    }

    private int naturalWidth(Column column) {
        int position = columns.indexOf(column);
        int widest = TerminalText.cells(column.title());
        for (List<Cell> row : rows) {
            widest = Math.max(widest, TerminalText.cells(row.get(position).text()));
        }
        return widest;
    }
}

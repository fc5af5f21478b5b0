using System.Text;

namespace ForensicHeads.Reporting.Export;

/// <summary>A table on its way into a paper: plain text cells, written as LaTeX (booktabs) or Markdown.</summary>
/// <param name="Name">File name without ending; the LaTeX label is <c>tab:</c> and this.</param>
/// <param name="Caption">What it shows, with n and how the intervals were made.</param>
/// <param name="Columns">Headers.</param>
/// <param name="Rows">Cells, as many a row as there are headers.</param>
public sealed record TextTable(string Name, string Caption, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    /// <summary>How intervals of detection were made.</summary>
    internal const string Intervals = "Brackets: 95 % intervals, exact binomial on an effective number of people.";

    /// <summary>A mode or anchor with its arm, where it has one.</summary>
    internal static string WithArm(string mode, Arm? arm) => arm is not null ? $"{mode} ({arm.Text()})" : mode;

    /// <summary>A pipe table with the caption above it.</summary>
    public string ToMarkdown()
    {
        static string Cell(string text) =>
            PrintedText.Line(text.ReplaceLineEndings(" ")).Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("|", "\\|", StringComparison.Ordinal);
        var text = new StringBuilder(PrintedText.Line(Caption.ReplaceLineEndings(" "))).Append("\n\n");
        text.Append("| ").AppendJoin(" | ", Columns.Select(Cell)).Append(" |\n|")
            .Append(string.Concat(Enumerable.Repeat("---|", Columns.Count))).Append('\n');
        foreach (var row in Rows) text.Append("| ").AppendJoin(" | ", row.Select(Cell)).Append(" |\n");
        return text.ToString();
    }

    /// <summary>Columns of equal width, for a terminal; no caption.</summary>
    public string ToText()
    {
        var widths = Columns.Select((column, c) => Rows.Select(row => row[c].Length).Append(column.Length).Max()).ToArray();
        string Line(IReadOnlyList<string> cells) =>
            string.Join("  ", cells.Select((cell, c) => PrintedText.Line(cell).PadRight(widths[c]))).TrimEnd();
        return string.Join('\n', Rows.Select(Line).Prepend(Line(Columns)).Append(""));
    }

    /// <summary>A <c>table</c> float with booktabs rules; ASCII alone (<see cref="LatexText"/>).</summary>
    public string ToLatex()
    {
        var text = new StringBuilder("% needs \\usepackage{booktabs}\n\\begin{table}\n  \\centering\n");
        text.Append("  \\caption{").Append(LatexText.Of(Caption)).Append("}\n  \\label{tab:").Append(Name).Append("}\n  \\begin{tabular}{")
            .Append('l', Columns.Count).Append("}\n    \\toprule\n    ");
        text.AppendJoin(" & ", Columns.Select(LatexText.Of)).Append(" \\\\\n    \\midrule\n");
        foreach (var row in Rows) text.Append("    ").AppendJoin(" & ", row.Select(LatexText.Of)).Append(" \\\\\n");
        return text.Append("    \\bottomrule\n  \\end{tabular}\n\\end{table}\n").ToString();
    }
}

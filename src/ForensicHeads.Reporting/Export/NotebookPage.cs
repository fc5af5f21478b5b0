using System.Runtime.CompilerServices;
using System.Text;

namespace ForensicHeads.Reporting.Export;

/// <summary>
/// Renders a file-based C# program as a Markdown page: lines that begin with <c>//#</c> become prose, the code between them stands in
/// fences, and below each piece of code stands what it showed. Pictures lie in a folder beside the page.
/// </summary>
/// <param name="folder">Where the page and its pictures go; null or empty for beside the program.</param>
/// <param name="source">The program; the caller's file where left out.</param>
public sealed class NotebookPage(string? folder = null, [CallerFilePath] string source = "")
{
    private const string Prose = "//#";
    private readonly List<(int Line, string Markdown)> shown = [];
    private readonly string name = Path.GetFileNameWithoutExtension(source);
    private readonly string folder = string.IsNullOrEmpty(folder) ? Path.GetDirectoryName(source)! : folder;

    /// <summary>The folder that the program lies in.</summary>
    public string ProgramFolder => Path.GetDirectoryName(source)!;

    /// <summary>Shows a value or words below the code that this call stands in.</summary>
    public void Show(object text, [CallerLineNumber] int line = 0) =>
        shown.Add((line, $"```text\n{Convert.ToString(text, System.Globalization.CultureInfo.InvariantCulture)}\n```\n"));

    /// <summary>Shows a table.</summary>
    public void Show(TextTable table, [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(table);
        shown.Add((line, table.ToMarkdown()));
    }

    /// <summary>Draws a table as the figure of its kind and shows it; the CSV lies beside the picture.</summary>
    /// <exception cref="ArgumentException">No figure draws such a table, or it has no rows.</exception>
    public void Show(FigureTable table, [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(table);
        var figure = FigureWriter.Write(folder, table, within: name)
            ?? throw new ArgumentException($"No figure draws {table.Name}; choose a kind out of "
                + $"{string.Join(", ", FigureWriter.ByKind.Keys.Order(StringComparer.Ordinal))}.", nameof(table));
        OwnFiles.Delete(folder, $"{name}/{figure.Name}.svg");
        shown.Add((line, $"![{figure.Title}]({name}/{figure.Name}.png)\n\n{figure.Caption}\n"));
    }

    /// <summary>Shows pictures in a grid.</summary>
    /// <param name="file">File name without ending.</param>
    /// <param name="caption">What the pictures are.</param>
    /// <param name="grid">The pictures.</param>
    /// <param name="line">Filled in by the compiler.</param>
    public void Show(string file, string caption, PictureGrid grid, [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(grid);
        AtomicFile.WriteBytes(folder, $"{name}/{file}.png", grid.ToPng());
        shown.Add((line, $"![{caption}]({name}/{file}.png)\n\n{caption}\n"));
    }

    /// <summary>Writes the page.</summary>
    /// <returns>Its path.</returns>
    public string Save()
    {
        var page = new StringBuilder();
        var lines = PlainFile.ReadText(source).TrimEnd('\n').Split('\n');
        // What stands before the title is for the compiler; a reader wants the title first.
        var at = Math.Max(0, Array.FindIndex(lines, line => line.StartsWith(Prose, StringComparison.Ordinal)));
        while (at < lines.Length)
        {
            var start = at;
            var prose = lines[at].StartsWith(Prose, StringComparison.Ordinal);
            while (at < lines.Length && lines[at].StartsWith(Prose, StringComparison.Ordinal) == prose) at++;
            var block = lines[start..at];
            if (prose) page.AppendJoin('\n', block.Select(line => line[Prose.Length..].TrimStart(' '))).Append("\n\n");
            else Code(page, block, shown.Where(item => item.Line > start && item.Line <= at).Select(item => item.Markdown));
        }

        AtomicFile.WriteText(folder, name + ".md", page.ToString().TrimEnd() + "\n");
        return Path.Combine(folder, name + ".md");
    }

    private static void Code(StringBuilder page, string[] block, IEnumerable<string> outputs)
    {
        var text = string.Join('\n', block).Trim('\n');
        if (text.Length > 0) page.Append("```csharp\n").Append(text).Append("\n```\n\n");
        foreach (var output in outputs) page.Append(output).Append('\n');
    }
}

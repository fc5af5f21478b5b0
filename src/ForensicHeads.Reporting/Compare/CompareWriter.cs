namespace ForensicHeads.Reporting.Compare;

/// <summary>Writes compare.json, compare.html, figures/ and tables/. The same inputs give the same bytes.</summary>
public static class CompareWriter
{
    /// <summary>Writes a comparison into <paramref name="folder"/>.</summary>
    /// <param name="folder">Made where it is missing.</param>
    /// <param name="comparison">The numbers.</param>
    /// <param name="command">The command that makes it again.</param>
    /// <returns>The path of compare.html.</returns>
    /// <exception cref="UserErrorException">The folder cannot be written.</exception>
    public static string Write(string folder, RunComparison comparison, string command)
    {
        AtomicFile.WriteText(folder, "compare.json", CanonicalJson.ToText(comparison));
        var figures = CompareTables.Build(comparison).Select(table => FigureWriter.Write(folder, table)).OfType<FigureFile>().ToArray();
        foreach (var table in CompareTables.TextTables(comparison))
        {
            AtomicFile.WriteText(folder, $"tables/{table.Name}.md", table.ToMarkdown());
            AtomicFile.WriteText(folder, $"tables/{table.Name}.tex", table.ToLatex());
        }

        AtomicFile.WriteText(folder, "compare.html", ComparePage.Compose(comparison, figures, command));
        return Path.Combine(folder, "compare.html");
    }
}

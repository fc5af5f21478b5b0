namespace ForensicHeads.Reporting.Protocols;

/// <summary>Writes report.html and figures/ of a protocol beside its results.json. The same inputs give the same bytes.</summary>
public static class ProtocolWriter
{
    private static readonly string[] Endings = [".csv", ".svg", ".png"];

    /// <summary>A protocol that leaves something out of training.</summary>
    /// <returns>The path of report.html.</returns>
    /// <exception cref="UserErrorException">The folder cannot be written.</exception>
    public static string Write(string folder, GeneralisationResults results, ProtocolFacts facts)
    {
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(facts);
        return Page(folder, GeneralisationPage.Compose(results, facts, Figures(folder, ProtocolFigures.Of(results))));
    }

    /// <summary>A protocol that trains on one slice and tests on another.</summary>
    /// <returns>The path of report.html.</returns>
    /// <exception cref="UserErrorException">The folder cannot be written.</exception>
    public static string Write(string folder, CrossResults results, ProtocolFacts facts)
    {
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(facts);
        return Page(folder, CrossPage.Compose(results, facts, Figures(folder, ProtocolFigures.Of(results))));
    }

    private static FigureFile[] Figures(string folder, IReadOnlyList<FigureTable> tables)
    {
        // An earlier run may have drawn one for which this run has no numbers.
        foreach (var stale in ProtocolFigures.Figures.Select(figure => figure.Kind).Except(tables.Select(table => table.Name)))
            foreach (var ending in Endings) OwnFiles.Delete(folder, $"figures/{stale}{ending}");
        OwnFiles.DeleteIfEmpty(folder, "figures");
        return [.. tables.Select(table => FigureWriter.Write(folder, table)).OfType<FigureFile>()];
    }

    private static string Page(string folder, string html)
    {
        AtomicFile.WriteText(folder, "report.html", html);
        return Path.Combine(folder, "report.html");
    }
}

/// <summary>What the page of a protocol shows besides its results.</summary>
/// <param name="Command">The command that makes it again.</param>
/// <param name="Environment">Package versions, device, CPU, without times.</param>
public sealed record ProtocolFacts(string Command, IReadOnlyList<ReportFact> Environment);

using System.Text.Json;

namespace ForensicHeads.Experiments;

/// <summary>Reads finished experiments for a comparison.</summary>
public static class FinishedRun
{
    /// <summary>The experiments of some folders, named by them: by the folder alone where that is enough, with its parents where it is
    /// not.</summary>
    /// <param name="folders">At least two different folders with results.json; scores.parquet and quality.csv are read
    /// where they are there.</param>
    /// <exception cref="UserErrorException">Fewer than two, one twice, or a file that cannot be read.</exception>
    public static IReadOnlyList<ComparedRun> Read(IReadOnlyList<string> folders)
    {
        ArgumentNullException.ThrowIfNull(folders);
        var full = folders.Select(folder => Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))).ToArray();
        if (full.Length < 2) throw new UserErrorException("A comparison needs at least two finished experiments; name their folders.",
            exitCode: 2);
        if (full.GroupBy(path => path, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1)
            is { } twice) throw new UserErrorException($"{twice.Key} is named twice; name different experiments.", exitCode: 2);
        return [.. full.Select((path, i) =>
            new ComparedRun(NameOf(path, full), TitleOf(folders[i]), ExperimentResults.Read(folders[i]),
            ScoresOf(folders[i])) { Quality = QualityOf(folders[i]) })];
    }

    private static string NameOf(string path, string[] all)
    {
        string Tail(string of, int parts) => string.Join('/', of.Split(Path.DirectorySeparatorChar).TakeLast(parts));
        var parts = 1;
        while (all.Count(other => Tail(other, parts) == Tail(path, parts)) > 1) parts++;
        return Tail(path, parts);
    }

    private static string TitleOf(string folder)
    {
        var file = Path.Combine(folder, "report.json");
        if (!PlainFile.IsThere(folder, "report.json")) return "";
        try
        {
            using var document = JsonDocument.Parse(PlainFile.ReadText(folder, "report.json"));
            return document.RootElement.GetProperty("title").GetString() ?? "";
        }
        catch (Exception error)
            when (error is JsonException or KeyNotFoundException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{file} is damaged: {error.Message} Restore it or run the experiment again.", inner: error);
        }
    }

    private static IReadOnlyList<ScoredItem> ScoresOf(string folder) =>
        PlainFile.IsThere(folder, ScoreFile.Name) ? ScoreFile.Read(folder) : [];

    private static IReadOnlyDictionary<QualityKind, IReadOnlyList<PersonQuality>> QualityOf(string folder) =>
        PlainFile.IsThere(folder, "quality.csv")
            ? QualitySummary.ReadPeople(FigureTable.Parse("quality", PlainFile.ReadText(folder, "quality.csv")))
            : new Dictionary<QualityKind, IReadOnlyList<PersonQuality>>();
}

namespace ForensicHeads.Datasets.Layouts.Fakes;

/// <summary>Finds the frames that a list names by paths of another machine: by the longest end of the path that is a file here.</summary>
internal sealed class FrameFinder(DatasetTree tree)
{
    private const int Ends = 3;
    private readonly Dictionary<string, string[]> byEnd = tree.Media.GroupBy(End, StringComparer.Ordinal)
        .ToDictionary(same => same.Key, same => same.ToArray(), StringComparer.Ordinal);

    /// <summary>The file here; null for none, or where several fit equally well.</summary>
    public string? Find(string path)
    {
        var parts = path.Replace('\\', '/').Split('/', StringSplitOptions.RemoveEmptyEntries).SkipWhile(part => part
            is "." or "..").ToArray();
        for (var from = 0; from < parts.Length - 1; from++)
            if (string.Join('/', parts[from..]) is var below && tree.Has(below)) return below;
        if (!byEnd.TryGetValue(End(string.Join('/', parts)), out var like)) return null;
        var best = like.GroupBy(file => Common(file.Split('/'), parts)).MaxBy(same => same.Key)!.ToArray();
        return best.Length == 1 ? best[0] : null;
    }

    private static string End(string path) => string.Join('/', path.Split('/').TakeLast(Ends));

    private static int Common(string[] one, string[] other)
    {
        var same = 0;
        while (same < one.Length && same < other.Length && one[^(same + 1)] == other[^(same + 1)]) same++;
        return same;
    }
}

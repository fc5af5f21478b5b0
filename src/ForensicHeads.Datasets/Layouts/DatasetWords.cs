namespace ForensicHeads.Datasets.Layouts;

/// <summary>The words of data sets for labels and parts.</summary>
public static class DatasetWords
{
    /// <summary>What most call what a camera saw.</summary>
    internal const string Real = "real";

    private static readonly string[] Reals = [Real, "original", "genuine", "bonafide", "bona-fide", "pristine", "authentic", "live"];
    private static readonly string[] Fakes =
        ["fake", "generated", "manipulated", "synthetic", "synthesis", "deepfake", "spoof", "altered", "forged", "swapped"];

    private static readonly char[] Between = ['-', '.', '_', ' ', '(', ')'];

    /// <summary>Real or generated; null for any other word, a digit above all: 1 is real in one data set and fake in the next.</summary>
    public static Label? LabelOf(string? word)
    {
        var plain = word?.Trim().ToLowerInvariant();
        return Reals.Contains(plain) ? Label.Real : Fakes.Contains(plain) ? Label.Generated : null;
    }

    /// <summary>The role of a part of an official split; null for any other word.</summary>
    public static SplitRole? RoleOf(string? part) => part?.Trim().ToLowerInvariant() switch
    {
        "train" or "training" => SplitRole.Train,
        "val" or "valid" or "validation" or "dev" => SplitRole.Validation,
        "test" or "testing" or "eval" or "evaluation" or "testa" or "testb" => SplitRole.Test,
        "calibration" => SplitRole.Calibration,
        _ => null,
    };

    /// <summary>The part that a path speaks of: the last of its folders, and then its name, that holds such a word between
    /// <c>-._</c>, blanks or digits; null for none.</summary>
    public static string? PartIn(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var parts = path.Split('/');
        foreach (var part in parts[..^1].Reverse().Append(Path.GetFileNameWithoutExtension(parts[^1])))
            if (Words(part).FirstOrDefault(word => RoleOf(word) is not null) is { } word) return word.ToLowerInvariant();
        return null;
    }

    /// <summary>Whether a folder's name speaks of a label or a part, so that it is nobody's name.</summary>
    internal static bool IsNoPerson(string folder) => Words(folder).Any(word => LabelOf(word) is not null || RoleOf(word) is not null
        || word.ToLowerInvariant() is "df" or "videos" or "video" or "images" or "frames" or "originals" or "fakes" or "reals" or "raw"
            or "audio" or "data" or "mp4" or "source" or "sources");

    private static IEnumerable<string> Words(string text) => text.Split(Between, StringSplitOptions.RemoveEmptyEntries)
        .Select(word => word.Trim('0', '1', '2', '3', '4', '5', '6', '7', '8', '9'));
}

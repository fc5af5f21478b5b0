namespace ForensicHeads.Detector.Folder;

/// <summary>The detectors that come with the toolkit, folders <c>weights/detector-…</c> beside the program; the last by name is taken where
/// no other is named.</summary>
public static class ShippedDetector
{
    /// <summary>The folder given, or a shipped detector's.</summary>
    /// <param name="given">Folder of <c>--detector</c>, or the name of a shipped one where no such folder exists; null for the last
    /// shipped.</param>
    /// <exception cref="UserErrorException">None is given and none is shipped.</exception>
    public static string Resolve(string? given)
    {
        if (given is not null) return Directory.Exists(given) ? given : Find(given) ?? given;
        return All is [.., var last] ? last : throw new UserErrorException(
            "No detector comes with this build, so --detector DIR must name one; 'detect train --real STORE --generated STORE --out DIR' "
                + "makes one.", exitCode: 2);
    }

    /// <summary>The folder of the shipped detector of a name; null where none has it.</summary>
    public static string? Find(string name) => All.FirstOrDefault(folder => Path.GetFileName(folder) == name);

    private static IReadOnlyList<string> All
    {
        get
        {
            var weights = Path.Combine(AppContext.BaseDirectory, "weights");
            return Directory.Exists(weights)
                ? [.. Directory.EnumerateDirectories(weights, "detector-*").Order(StringComparer.Ordinal)] : [];
        }
    }
}

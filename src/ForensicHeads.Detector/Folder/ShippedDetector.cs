namespace ForensicHeads.Detector.Folder;

/// <summary>The detector that comes with the toolkit: the last folder <c>weights/detector-…</c> beside the program, by name.</summary>
public static class ShippedDetector
{
    /// <summary>The folder given, or the shipped detector's.</summary>
    /// <param name="given">Folder of <c>--detector</c>; null for the shipped one.</param>
    /// <exception cref="UserErrorException">None is given and none is shipped.</exception>
    public static string Resolve(string? given) => given ?? Find() ?? throw new UserErrorException(
        "No detector comes with this build, so --detector DIR must name one; 'detect train --real STORE --generated STORE --out DIR' "
            + "makes one.", exitCode: 2);

    /// <summary>The shipped detector's folder; null where there is none.</summary>
    public static string? Find()
    {
        var weights = Path.Combine(AppContext.BaseDirectory, "weights");
        return Directory.Exists(weights)
            ? Directory.EnumerateDirectories(weights, "detector-*").Order(StringComparer.Ordinal).LastOrDefault() : null;
    }
}

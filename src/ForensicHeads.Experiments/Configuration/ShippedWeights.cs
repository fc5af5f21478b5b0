namespace ForensicHeads.Experiments.Configuration;

/// <summary>The weights that come with the toolkit, all trained on procedural heads.</summary>
public static class ShippedWeights
{
    /// <summary>Path of weights given by shipped name or by path.</summary>
    /// <exception cref="UserErrorException">Neither exists.</exception>
    public static string Resolve(string nameOrPath)
    {
        if (File.Exists(nameOrPath) || Directory.Exists(nameOrPath)) return nameOrPath;
        if (Find(nameOrPath) is { } shipped) return shipped;
        var folder = Path.Combine(AppContext.BaseDirectory, "weights");
        var names = Directory.Exists(folder)
            ? string.Join(", ",
            Directory.EnumerateFiles(folder, "*.safetensors").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal))
            : "none";
        throw new UserErrorException($"'{nameOrPath}' is neither a file, a run folder, nor shipped weights. Shipped are: {names}.");
    }

    /// <summary>Path of shipped weights, or null where there are none of that name.</summary>
    public static string? Find(string name)
    {
        var shipped = Path.Combine(AppContext.BaseDirectory, "weights", name + ".safetensors");
        return File.Exists(shipped) ? shipped : null;
    }
}

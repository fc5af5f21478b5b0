using System.Globalization;

namespace ForensicHeads.Experiments.Configuration;

/// <summary>The weights that come with the toolkit, all trained on procedural heads.</summary>
public static class ShippedWeights
{
    private static string Folder => Path.Combine(AppContext.BaseDirectory, "weights");

    private static string[] Names => Directory.Exists(Folder)
        ? [.. Directory.EnumerateFiles(Folder, "*.safetensors").Select(path => Path.GetFileNameWithoutExtension(path))
            .Order(StringComparer.Ordinal)]
        : [];

    /// <summary>Path of weights given by shipped name or by path.</summary>
    /// <exception cref="UserErrorException">Neither exists.</exception>
    public static string Resolve(string nameOrPath)
    {
        if (File.Exists(nameOrPath) || Directory.Exists(nameOrPath)) return nameOrPath;
        if (Find(nameOrPath) is { } shipped) return shipped;
        var names = Names is { Length: > 0 } some ? string.Join(", ", some) : "none";
        throw new UserErrorException($"'{nameOrPath}' is neither a file, a run folder, nor shipped weights. Shipped are: {names}.");
    }

    /// <summary>The same for frames of a size: a shipped name without its size (<c>landmarks</c>) stands for the largest of that name that
    /// needs no larger frames, and for the smallest where all do.</summary>
    /// <param name="nameOrPath">A shipped name, with or without its size, or a path.</param>
    /// <param name="size">Side of the frames in pixels.</param>
    /// <exception cref="UserErrorException">There is no such thing.</exception>
    public static string Resolve(string nameOrPath, int size)
    {
        ArgumentNullException.ThrowIfNull(nameOrPath);
        var sides = Names.Where(name => name.StartsWith($"{nameOrPath}-", StringComparison.Ordinal))
            .Select(name => int.TryParse(name.AsSpan(nameOrPath.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var side)
                ? side : 0)
            .Where(side => side > 0).OrderBy(side => side <= size ? -side : side).ToArray();
        return sides.Length == 0 ? Resolve(nameOrPath) : Find(FormattableString.Invariant($"{nameOrPath}-{sides[0]}"))!;
    }

    /// <summary>Path of shipped weights, or null where there are none of that name.</summary>
    public static string? Find(string name)
    {
        var shipped = Path.Combine(Folder, name + ".safetensors");
        return File.Exists(shipped) ? shipped : null;
    }
}

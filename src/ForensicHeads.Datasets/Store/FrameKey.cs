using System.Text.RegularExpressions;

namespace ForensicHeads.Datasets.Store;

/// <summary>Names as keys: people and videos may be called anything and at any length, keys may not.</summary>
public static partial class FrameKey
{
    private const int Longest = 96;

    /// <summary>The text itself where it may be a key; else what may of it, told apart by a hash of the whole.</summary>
    /// <param name="wanted">Any text, at least one character.</param>
    public static string Of(string wanted)
    {
        ArgumentException.ThrowIfNullOrEmpty(wanted);
        var safe = Unsafe().Replace(wanted, "_");
        if (safe == wanted && safe.Length <= Longest) return safe;
        var hash = Hashes.OfText(wanted)[..12];
        return $"{safe[..Math.Min(safe.Length, Longest - hash.Length - 1)]}-{hash}";
    }

    [GeneratedRegex("[^A-Za-z0-9_-]")]
    private static partial Regex Unsafe();
}

using System.Globalization;
using System.Text.RegularExpressions;

namespace ForensicHeads.Datasets.Store;

/// <summary>Names as keys: people and videos may be called anything and at any length, keys may not.</summary>
public static partial class FrameKey
{
    private const int Longest = 96;

    /// <summary>The text itself where it may be a key; else what may of it, told apart by a hash of the whole.</summary>
    /// <param name="wanted">Any text, at least one character.</param>
    public static string Of(string wanted) => Cut(wanted, Longest);

    /// <summary>The same of the place in a sequence, which stays the last part: <c>name-0007</c>.</summary>
    /// <param name="wanted">Any text, at least one character.</param>
    /// <param name="index">From 0.</param>
    public static string Of(string wanted, int index)
    {
        var place = string.Create(CultureInfo.InvariantCulture, $"-{index:D4}");
        return Cut(wanted, Longest - place.Length) + place;
    }

    private static string Cut(string wanted, int longest)
    {
        ArgumentException.ThrowIfNullOrEmpty(wanted);
        var safe = Unsafe().Replace(wanted, "_");
        if (safe == wanted && safe.Length <= longest) return safe;
        var hash = Hashes.OfText(wanted)[..12];
        return $"{safe[..Math.Min(safe.Length, longest - hash.Length - 1)]}-{hash}";
    }

    [GeneratedRegex("[^A-Za-z0-9_-]")]
    private static partial Regex Unsafe();
}

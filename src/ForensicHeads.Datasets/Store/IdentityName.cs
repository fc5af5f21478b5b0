using System.Text;
using ICU4N.Text;

namespace ForensicHeads.Datasets.Store;

/// <summary>What may name a person in a store or manifest, and when two names are one.</summary>
/// <remarks>The runtime's own normalisation does nothing under invariant globalisation, so ICU's is used.</remarks>
public static class IdentityName
{
    /// <summary>Longest name in bytes of UTF-8.</summary>
    public const int MostBytes = 200;

    /// <summary>The name in one way of writing its letters (Unicode normalisation form C): <c>Zoë</c> with one character or two is one
    /// person.</summary>
    public static string Canonical(string identity)
    {
        ArgumentNullException.ThrowIfNull(identity);
        return Ascii.IsValid(identity) ? identity : Normalizer2.NFCInstance.Normalize(identity);
    }

    /// <summary>Whether two names are canonically equivalent.</summary>
    public static bool Same(string? one, string? other) =>
        one is null || other is null ? one == other : Canonical(one) == Canonical(other);

    /// <summary>What names have in common that differ in case, spaces around them or Unicode form alone.</summary>
    public static string Folded(string identity)
    {
        ArgumentNullException.ThrowIfNull(identity);
        return Normalizer2.NFKCCaseFoldInstance.Normalize(identity.Trim());
    }

    /// <summary>What is wrong with a name, in a few words, or null: any text that is one line, no path, and not too long names a
    /// person.</summary>
    public static string? Fault(string? identity)
    {
        if (string.IsNullOrEmpty(identity)) return "identity is empty";
        if (Encoding.UTF8.GetByteCount(
            identity) > MostBytes) return $"identity has {Encoding.UTF8.GetByteCount(identity)} bytes; at most {MostBytes} are allowed";
        if (identity.Any(char.IsControl)) return $"identity '{identity}' has a control character";
        return identity.AsSpan().IndexOfAny('/', '\\') >= 0
            ? $"identity '{identity}' has a separator of paths; '/' and '\\' are not allowed" : null;
    }
}

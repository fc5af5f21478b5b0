using System.Text;

namespace ForensicHeads.Datasets.Store;

/// <summary>What may name a person in a store or manifest.</summary>
public static class IdentityName
{
    /// <summary>Longest name in bytes of UTF-8.</summary>
    public const int MostBytes = 200;

    /// <summary>What is wrong with a name, in a few words, or null: any text that is one line, no path, and not too long names a person.</summary>
    public static string? Fault(string? identity)
    {
        if (string.IsNullOrEmpty(identity)) return "identity is empty";
        if (Encoding.UTF8.GetByteCount(identity) > MostBytes) return $"identity has {Encoding.UTF8.GetByteCount(identity)} bytes; at most {MostBytes} are allowed";
        if (identity.Any(char.IsControl)) return $"identity '{identity}' has a control character";
        return identity.AsSpan().IndexOfAny('/', '\\') >= 0 ? $"identity '{identity}' has a separator of paths; '/' and '\\' are not allowed" : null;
    }
}

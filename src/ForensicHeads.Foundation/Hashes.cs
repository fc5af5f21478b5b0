using System.Security.Cryptography;
using System.Text;

namespace ForensicHeads.Foundation;

/// <summary>SHA-256 as lower-case hexadecimal.</summary>
public static class Hashes
{
    /// <summary>Hash of bytes.</summary>
    public static string Of(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>Hash of a text's UTF-8 bytes.</summary>
    public static string OfText(string text) => Of(Encoding.UTF8.GetBytes(text));

    /// <summary>Hash of what is left of a stream.</summary>
    public static string Of(Stream stream) => Convert.ToHexStringLower(SHA256.HashData(stream));

    /// <summary>Hash of a file that the user named or this toolkit made; see <see cref="PlainFile.Hash"/> for one that came in a
    /// folder.</summary>
    public static string OfFile(string path)
    {
        using var stream = PlainFile.Open(path);
        return Of(stream);
    }
}

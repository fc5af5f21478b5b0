using System.Text.RegularExpressions;

namespace ForensicHeads.Foundation.Files;

/// <summary>The one way from a name that stands in data to a part of a path.</summary>
public static partial class PathPart
{
    /// <summary>Characters of a plain name, in words for messages.</summary>
    public const string Allowed = "1 to 180 letters, digits, '-', '_' and '.', not beginning with '.'";

    /// <summary>Whether a name can stand in a path as it is.</summary>
    public static bool IsPlain(string? name) => name is not null && Plain().IsMatch(name);

    /// <summary>A plain name as it is, any other as <c>@</c> and the half of its SHA-256: never two names in one part, and no part that
    /// leads elsewhere.</summary>
    public static string Of(string name) => IsPlain(name) ? name : "@" + Hashes.OfText(name)[..32];

    /// <summary>The name if it is plain.</summary>
    /// <param name="name">As read.</param>
    /// <param name="where">What holds it, for the message: <c>report.json names the table</c>.</param>
    /// <exception cref="UserErrorException">It is not.</exception>
    public static string Checked(string? name, string where) => IsPlain(name) ? name! : throw new UserErrorException(
        $"{where} '{name}', which is no plain name ({Allowed}), so nothing is read or written under it. Do not use this folder, or "
            + "correct the name.");

    [GeneratedRegex(@"^[A-Za-z0-9_-][A-Za-z0-9._-]{0,179}\z")]
    private static partial Regex Plain();
}

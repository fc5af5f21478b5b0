namespace ForensicHeads.Detector.Person;

/// <summary>The words of a verdict on who a clip shows, for those of a verdict on how it was made.</summary>
public static class PersonVerdict
{
    /// <summary>What stands before every verdict.</summary>
    public const string Worth =
        "This asks whom a clip shows, not how it was made. A look-alike or an impostor is 'not consistent', too; and a fake that keeps the "
        + "person's face, such as new lips on a true clip, can be 'consistent'.";

    /// <summary>log10 LR of at most −<see cref="Verdict.Threshold"/>.</summary>
    public static string Consistent(string name) => $"consistent with {name}";

    /// <summary>log10 LR of at least <see cref="Verdict.Threshold"/>.</summary>
    public static string NotConsistent(string name) => $"not consistent with {name}";

    /// <summary>A text with the one word for the other.</summary>
    internal static string? Of(string? text, string name) => text?.Replace(Verdict.Generated, NotConsistent(name), StringComparison.Ordinal)
        .Replace(Verdict.Real, Consistent(name), StringComparison.Ordinal);
}

/// <summary>Whom a file was said to show, and what that was judged by.</summary>
/// <param name="Name">The person.</param>
/// <param name="Network">The recogniser.</param>
/// <param name="References">How many pictures of the person were held.</param>
/// <param name="LowerBound">Smallest log10 LR ever stated.</param>
/// <param name="UpperBound">Largest log10 LR ever stated.</param>
public sealed record PersonClaim(string Name, string Network, int References, double LowerBound, double UpperBound);

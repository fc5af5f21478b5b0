namespace ForensicHeads.Detector.Folder;

/// <summary>How many fakes a detector takes for real whose generator, person and collection it never learnt from: what its word "consistent
/// with real" is worth.</summary>
/// <param name="Clips">Fakes that were scored.</param>
/// <param name="Generators">Generators that made them.</param>
/// <param name="Missed">Those whose evidence spoke for real as clearly as a verdict needs.</param>
public sealed record UnseenFakes(int Clips, int Generators, int Missed)
{
    /// <summary>Largest share of missed fakes with which a detector may call a file consistent with real.</summary>
    public const double MostMissed = 0.05;

    /// <summary>From the words that clips of left-out generators would get.</summary>
    /// <param name="shares">The shares.</param>
    /// <param name="videos">The clips, each once.</param>
    public static UnseenFakes Of(VerdictShares shares, IReadOnlyList<VideoScore> videos)
    {
        ArgumentNullException.ThrowIfNull(shares);
        ArgumentNullException.ThrowIfNull(videos);
        return new UnseenFakes(shares.GeneratedClips,
            videos.Select(video => video.Origin.Generator).OfType<string>().Distinct(StringComparer.Ordinal).Count(),
            (int)Math.Ceiling(shares.GeneratedCalledReal * shares.GeneratedClips - 1e-9));
    }

    /// <summary>Why a detector says "no sign of generation found" in place of "consistent with real"; null where it need not.</summary>
    public static string? Doubt(UnseenFakes? measured) => measured switch
    {
        null => "nobody has measured how often it says so of fakes by generators that it never saw",
        { Clips: > 0 } when measured.Missed <= MostMissed * measured.Clips => null,
        _ => FormattableString.Invariant(
            $"it said so of {measured.Missed} of {measured.Clips} fakes by {measured.Generators} generators that it never saw"),
    };
}

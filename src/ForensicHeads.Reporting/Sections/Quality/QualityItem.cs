using System.Text.Json.Serialization;
namespace ForensicHeads.Reporting.Sections.Quality;

/// <summary>What was measured on one frame of a test person: a made one against the true frame it re-enacts, or that true frame
/// itself.</summary>
public sealed record QualityItem
{
    /// <summary>The true frames themselves, whose measures are the ceiling (identity, retrieval) and the floor (landmark error) of all
    /// others.</summary>
    public static Method Truth { get; } = Method.Of("truth");

    /// <summary>The person.</summary>
    public required string Identity { get; init; }

    /// <summary>The driver frame; the same for every way of making it.</summary>
    public required string Driver { get; init; }

    /// <summary>How the frame came to be.</summary>
    public required FrameOrigin Origin { get; init; }

    /// <summary>What made it, or <see cref="Truth"/>.</summary>
    public Method Mode => Origin.Method ?? Truth;

    /// <summary>Shot count T; null for anchors and the truth.</summary>
    public int? Shots => Origin.Shots;

    /// <summary>Budget of the fine-tuning; null where it plays no part.</summary>
    public Arm? Arm => Origin.Arm;

    /// <summary>Draw of the shots.</summary>
    public int Draw => Origin.Draw ?? 0;

    /// <summary>Structural similarity to the true frame; null for the truth.</summary>
    public double? Ssim { get; init; }

    /// <summary>Peak signal-to-noise ratio, dB, at most 100; null for the truth.</summary>
    public double? Psnr { get; init; }

    /// <summary>Cosine to the mean identity vector of the person's true frames from another video; null where not measured.</summary>
    public double? IdentitySimilarity { get; init; }

    /// <summary>Whether that person is the nearest of the gallery; null where not measured.</summary>
    public bool? Retrieved { get; init; }

    /// <summary>Whether landmarks were found; null where none were looked for.</summary>
    public bool? FaceFound { get; init; }

    /// <summary>Error of the found landmarks over the outer-eye distance; null for a failure.</summary>
    public double? Nme { get; init; }

    /// <summary>
    /// Distance of the found landmarks from those that the same finder finds in the true frame, over the true outer-eye distance: what the
    /// finder gets wrong about the person cancels. Null for the truth, for a failure, and where the true frame shows no face to the finder.
    /// </summary>
    public double? NmeRedetected { get; init; }

    /// <summary>Features for KID and FID, <c>float32[d]</c>; null where not measured.</summary>
    public float[]? Features { get; init; }
}

/// <summary>One way of making frames.</summary>
/// <param name="Mode"><c>ff</c>, <c>ft</c>, a baseline, an anchor, or the truth.</param>
/// <param name="Shots">Shot count T; null for anchors and the truth.</param>
/// <param name="Arm">Budget of fine-tuning; empty where it plays no part.</param>
public sealed record QualityKind(Method Mode, int? Shots, Arm? Arm)
{
    /// <summary>Whether the kind is a point of the quality curves: ff, ft, the two baselines that a generator must beat, and generators of
    /// others.</summary>
    internal bool IsPoint => IsPointOf(Mode, Shots);

    /// <summary>Place in the table: baselines, then ff and ft, then the anchors and the truth.</summary>
    internal int Rank => Mode == QualityItem.Truth ? int.MaxValue : Generators.Of(Mode)?.Rank ?? Generators.RankOfUnknown;

    internal static bool IsPointOf(Method mode, int? shots) =>
        shots is not null && (mode.IsHead || Generators.Of(mode) is null or { IsRival: true });

    internal static QualityKind Of(QualityItem item) => new(item.Mode, item.Shots, item.Arm);

    /// <summary>Kinds in the order of the table.</summary>
    internal static IOrderedEnumerable<T> Order<T>(IEnumerable<T> all, Func<T, QualityKind> kind) =>
        all.OrderBy(one => kind(one).Rank).ThenBy(one => kind(one).Mode).ThenBy(one => kind(one).Arm).ThenBy(one => kind(one).Shots);
}

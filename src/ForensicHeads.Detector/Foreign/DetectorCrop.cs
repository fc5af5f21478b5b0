namespace ForensicHeads.Detector.Foreign;

/// <summary>What of a picture a network is fed.</summary>
/// <remarks>
/// Of a face it is a square, in one of three ways: <c>none</c> is upright in the picture, about the middle of the box of the 68 landmarks,
/// with a side of <see cref="Margin"/> times the longer side of that box. <c>upright</c> is about the nose and turned so that the mouth
/// lies straight below the eyes, with a side of <see cref="Margin"/> times the longer of the distances between the eyes and from eyes to
/// mouth (2.86 is what MesoNet was taught on). <c>five_points</c> brings eyes, tip of the nose and corners of the mouth as near as a
/// similarity can to <see cref="Template"/>, by least squares. What lies outside the picture is its mirror image.
/// </remarks>
public sealed record DetectorCrop
{
    private const int Points = 5;
    private const double LeastMargin = 0.1;
    private const double MostMargin = 20;

    /// <summary>Of what.</summary>
    public required CropOf Of { get; init; }

    /// <summary>How a face is turned. Default none.</summary>
    public CropAlign Align { get; init; }

    /// <summary>Side of the square of a face, in units of the face, 0.1 … 20; null where no such square is asked for.</summary>
    public double? Margin { get; init; }

    /// <summary>For <c>five_points</c>: x and y of the left eye in the picture, the other eye, the tip of the nose and both corners of the
    /// mouth, as shares of the crop's side from its left and upper edge, −1 … 2; else null.</summary>
    public IReadOnlyList<IReadOnlyList<double>>? Template { get; init; }

    internal void Check(DetectorFileCheck check)
    {
        var aligned = Align == CropAlign.FivePoints;
        if (Of != CropOf.Face)
        {
            check.Require(Align == CropAlign.None, "crop.align", OptionCheck.Words(Align.ToString()), $"none where crop.of is {Words}");
            check.Require(Margin is null, "crop.margin", Margin ?? 0, $"nothing where crop.of is {Words}");
        }
        else if (aligned)
        {
            check.Require(Margin is null, "crop.margin", Margin ?? 0, "nothing beside a template");
        }
        else
        {
            check.Require(Margin is >= LeastMargin and <= MostMargin, "crop.margin",
                Margin is { } margin ? FormattableString.Invariant($"{margin}") : "missing",
                FormattableString.Invariant($"{LeastMargin} to {MostMargin}"));
        }

        check.Require(aligned == Template is not null, "crop.template", Template is null ? "missing" : "there",
            "five pairs with align five_points, nothing else");
        if (Template is null) return;
        check.Require(Template.Count == Points && Template.All(pair => pair is { Count: 2 } && pair.All(at => at is >= -1 and <= 2))
            && Template.Select(pair => (pair[0], pair[1])).Distinct().Count() == Points, "crop.template",
            $"[{string.Join(", ", Template.Select(pair => DetectorFileCheck.List(pair ?? [])))}]",
            "five different pairs [x, y] of -1 to 2, shares of the crop's side");
    }

    private string Words => OptionCheck.Words(Of.ToString());
}

/// <summary>What a crop is taken of.</summary>
public enum CropOf
{
    /// <summary>The face, by its landmarks.</summary>
    Face,

    /// <summary>The store's crop as it is.</summary>
    Store,

    /// <summary>The whole picture of the source file.</summary>
    Frame,
}

/// <summary>How a face is turned and moved.</summary>
public enum CropAlign
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Five points to a template.</summary>
    FivePoints,

    /// <summary>The mouth straight below the eyes.</summary>
    Upright,
}

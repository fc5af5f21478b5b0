using System.Globalization;

namespace ForensicHeads.Cli.Scoring;

/// <summary>A scorer's figures on a training's validation people; intervals by person.</summary>
/// <param name="Name"><c>detector</c> or a baseline.</param>
/// <param name="FrameAuc">AUC of frames.</param>
/// <param name="VideoAuc">AUC of videos.</param>
internal sealed record ValidationFigures(string Name, Estimate FrameAuc, Estimate VideoAuc)
{
    /// <summary>The figures of one scorer.</summary>
    public static ValidationFigures Of(ValidationScores scores) => new(
        scores.Name,
        Auc(scores.Frames.Select(frame => new ClusteredScore(frame.Identity, frame.Generated, frame.Score))),
        Auc(VideoScore.Aggregate(scores.Frames).Select(video => new ClusteredScore(video.Identity, video.Generated, video.Score))));

    // No jackknife sees a spread in scores that are all the same, and limits of 0.500 would look like certainty.
    private static Estimate Auc(IEnumerable<ClusteredScore> scores)
    {
        ClusteredScore[] all = [.. scores];
        var estimate = ClusteredAuc.Interval(all);
        return all.All(score => score.Score == all[0].Score)
            ? estimate with { Low = null, High = null, Warning = "all have the same score" } : estimate;
    }

    /// <summary>One line for the terminal.</summary>
    public string Line() => $"  {Name,-20} AUC {Text(FrameAuc)} of frames, {Text(VideoAuc)} of videos";

    /// <summary>What must be said where a baseline does as well as the detector; null where none does.</summary>
    /// <param name="all">The detector first.</param>
    public static string? Doubt(IReadOnlyList<ValidationFigures> all)
    {
        if (all.Count < 2 || all.Skip(1).MaxBy(one => one.VideoAuc.Value) is not { } best
            || !(best.VideoAuc.Value >= all[0].VideoAuc.Value)) return null;
        return string.Create(CultureInfo.InvariantCulture,
            $"on the validation videos {best.Name} does as well as the detector (AUC {best.VideoAuc.Value:0.000} and "
            + $"{all[0].VideoAuc.Value:0.000}): {Why(best.VideoAuc)}");
    }

    private static string Why(Estimate best) => best.Low > 0.5
        ? "the stores can be told apart without looking for traces of the making, so this number says little of other stores"
        : "neither was shown to tell the classes apart, so the detector was not shown to have learnt anything";

    private static string Text(Estimate estimate) => estimate.Low is null
        ? string.Create(CultureInfo.InvariantCulture, $"{estimate.Value:0.000} (no interval: {estimate.Warning})")
        : string.Create(CultureInfo.InvariantCulture, $"{estimate.Value:0.000} [{estimate.Low:0.000}, {estimate.High:0.000}]");
}

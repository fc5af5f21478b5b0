namespace ForensicHeads.Detector.Controls;

/// <summary>
/// The control that the generator's output path (tanh range, rounding, writer) leaves no trace: true frames against themselves passed
/// through it, told apart by a small model of its own, in paired form.
/// </summary>
/// <remarks>
/// Unpaired, a shift of one grey level drowns in the differences between people (tens of levels), and the detector's families hardly move
/// with brightness at all. So the model sees the difference d = features(passed) − features(true) of each pair, on the detector's families
/// and <c>trivial_pixels</c>: logistic regression through the origin, P(d rather than −d) = 1/(1 + exp(−w·d)), each column scaled by the
/// root mean square of the training differences, so that even a tiny but constant difference counts in full. The score table gives the
/// passed frame +w·d/2 and the true frame −w·d/2. A path that returns the same bytes gives d = 0, every score 0 and an AUC of exactly 0.5;
/// anything systematic, however small, drives it to 1. That is stricter than what an unpaired detector could use, on purpose: such a
/// difference can be mended, so it must be. How the main detector sees passed frames is another question, answered by scoring them with
/// <see cref="FrameDetector"/>.
/// </remarks>
public static class PassthroughControl
{
    /// <summary>The families to measure: the detector's and <c>trivial_pixels</c>.</summary>
    public static FeatureLayout Layout(IReadOnlyList<string> detectorFamilies, int size)
    {
        ArgumentNullException.ThrowIfNull(detectorFamilies);
        return new FeatureLayout([.. detectorFamilies.Append(TrivialPixelsFamily.FamilyName).Distinct()], size);
    }

    /// <summary>Trains on the pairs of training people and scores those of test people.</summary>
    /// <param name="train">Pairs of true (<c>Real</c>) and passed (<c>Made</c>) frames.</param>
    /// <param name="test">Pairs of other people.</param>
    /// <returns>Two rows a test pair, labelled real and generated.</returns>
    /// <exception cref="UserErrorException">An empty side, or a person on both sides.</exception>
    public static IReadOnlyList<FrameScore> Scores(IReadOnlyList<PairedFeatures> train, IReadOnlyList<PairedFeatures> test)
    {
        PairChecks.Check(train, test);
        // Both signs make the columns' means 0 and the fit symmetric, hence the intercept 0.
        var differences = train.SelectMany(pair => new[] { Difference(pair, 1), Difference(pair, -1) }).ToArray();
        var standardiser = new Standardiser(differences);
        var model = new RidgeLogistic(standardiser.Apply(differences));
        var weights = model.Fit([.. differences.Select((_, i) => i % 2 == 0)]);
        weights[^1] = 0;
        var scores = RidgeLogistic.Score(weights, standardiser.Apply([.. test.Select(pair => Difference(pair, 1))]));
        return
        [
            .. test.SelectMany((pair, i) => new[]
            {
                new FrameScore(pair.Driver, pair.Identity, pair.Video, FrameOrigin.Real, -scores[i] / 2.0),
                new FrameScore(pair.Key, pair.Identity, pair.MadeVideo, pair.Origin, scores[i] / 2.0),
            }),
        ];
    }

    private static float[] Difference(PairedFeatures pair, float sign) =>
        [.. pair.Made.Select((value, c) => sign * (value - pair.Real[c]))];
}

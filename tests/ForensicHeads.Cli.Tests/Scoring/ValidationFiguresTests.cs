using ForensicHeads.Testing;

namespace ForensicHeads.Cli.Tests.Scoring;

public class ValidationFiguresTests
{
    [Fact]
    public void Intervals_are_by_person_and_a_baseline_that_does_as_well_is_named()
    {
        // Of six people one is taken the wrong way round; the frames of a video differ by a little.
        var (good, flat) =
            (Scores("detector", (person, generated) => generated == (person > 0) ? 1 : 0), Scores("trivial_pixels", (_, _) => 0));
        Assert.Equal(6, good.VideoAuc.Identities);
        // Of 36 pairs of videos 25 are the right way round, 10 are ties and one is wrong.
        Assert.Equal(30 / 36.0, good.VideoAuc.Value!.Value, 1e-12);
        var interval = ClusteredAuc.Interval(
            from person in Enumerable.Range(0, 6)
            from generated in new[] { false, true }
            select new ClusteredScore($"p{person}", generated, generated == (person > 0) ? 1 : 0));
        Assert.Equal((interval.Low, interval.High), (good.VideoAuc.Low, good.VideoAuc.High));
        Assert.StartsWith($"  detector             AUC {good.FrameAuc.Value:0.000} [{good.FrameAuc.Low:0.000}, ", good.Line(),
            StringComparison.Ordinal);
        Assert.Equal(
            "  trivial_pixels       AUC 0.500 (no interval: all have the same score) of frames, 0.500 (no interval: all have the same "
            + "score) of videos", flat.Line());
        Assert.Null(ValidationFigures.Doubt([good, flat]));
        Assert.StartsWith("on the validation videos detector does as well as the detector (AUC 0.833 and 0.500)",
            ValidationFigures.Doubt([flat, good]), StringComparison.Ordinal);
        Assert.Contains("was shown to tell the classes apart", ValidationFigures.Doubt([flat, flat]), StringComparison.Ordinal);
        Assert.Null(ValidationFigures.Doubt([]));
    }

    private static ValidationFigures Scores(string name, Func<int, bool, double> score) => ValidationFigures.Of(new ValidationScores(name,
    [
        .. from person in Enumerable.Range(0, 6) from generated in new[] { false, true } from frame in Enumerable.Range(0, 2)
           select new FrameScore($"{person}-{generated}-{frame}", $"p{person}", $"v{person}", Origins.Of(generated),
               score(person, generated) * (1 + (frame / 100.0))),
    ]));
}

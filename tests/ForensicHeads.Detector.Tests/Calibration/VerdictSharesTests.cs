namespace ForensicHeads.Detector.Tests.Calibration;

public class VerdictSharesTests
{
    [Fact]
    public void Clear_scores_get_their_words_and_cost_little()
    {
        var said = VerdictShares.Of(Scores(4, 1))!;
        Assert.Equal((24, 24), (said.RealClips, said.GeneratedClips));
        Assert.True(said.GeneratedCalledGenerated > 0.7 && said.RealCalledReal > 0.7, $"{said}");
        Assert.True(said.GeneratedCalledReal < 0.05 && said.RealCalledGenerated < 0.05, $"{said}");
        Assert.True(said.Cllr < 0.5 && said.CllrMin <= said.Cllr, $"{said}");
    }

    [Fact]
    public void Of_scores_that_know_nothing_nearly_all_is_inconclusive()
    {
        var said = VerdictShares.Of(Scores(0, 2))!;
        Assert.True(said.GeneratedCalledReal + said.GeneratedCalledGenerated + said.RealCalledReal + said.RealCalledGenerated < 0.2,
            $"{said}");
        Assert.InRange(said.Cllr, 0.9, 1.1);
    }

    [Fact]
    public void What_a_round_says_of_itself_plays_no_part_in_its_calibrator()
    {
        // One generator's clips lie far on the wrong side: calibrated on the others, they count for real.
        var scores = Scores(4, 3).Select(score => score.Video.Generated && score.LeftOut == "g0"
            ? score with { Video = score.Video with { Score = -3 } } : score).ToArray();
        var said = VerdictShares.Of(scores)!;
        Assert.Equal(0.25, said.GeneratedCalledReal, 2);
        // With one generator nobody is left to calibrate on.
        Assert.Null(VerdictShares.Of([.. scores.Where(score => score.LeftOut == "g0")]));
    }

    // Four generators with six clips of six people each, 24 real people in four folds.
    private static RoundVideo[] Scores(double shift, int seed)
    {
        var random = new SeededRandom(seed, "verdicts");
        var made = Enumerable.Range(0, 24).Select(_ => random.Gaussian(shift / 2)).ToArray();
        var real = Enumerable.Range(0, 24).Select(_ => random.Gaussian(-shift / 2)).ToArray();
        return [.. from g in Enumerable.Range(0, 4) from fold in Enumerable.Range(0, 4) from i in Enumerable.Range(0, 12) select i < 6
            ? new RoundVideo($"g{g}", fold, new VideoScore($"x{g}{i}", $"f{g}{i}", FrameOrigin.MadeBy($"g{g}"), made[(6 * g) + i], 0, 2))
            : new RoundVideo($"g{g}", fold,
                new VideoScore($"p{fold}{i}", $"r{fold}{i}", FrameOrigin.Real, real[(6 * fold) + i - 6], 0, 2))];
    }
}

using ForensicHeads.Testing;

namespace ForensicHeads.Detector.Tests.Calibration;

public class CalibrationTests
{
    [Fact]
    public void Well_separated_people_get_the_bound_of_their_number_and_no_more()
    {
        var calibrator = VideoCalibrator.Fit(Videos(20, 2, separation: 30, seed: 1));
        Assert.True(double.IsFinite(calibrator.Slope));
        Assert.Equal(Math.Log10(21), Math.Max(calibrator.UpperBound, -calibrator.LowerBound), 0.02);
        Assert.InRange(calibrator.Llr(1e9), 0.5, Math.Log10(21));
        Assert.InRange(calibrator.Llr(-1e9), -Math.Log10(21), -0.5);
    }

    [Fact]
    public void Many_videos_of_few_people_do_not_widen_the_bound()
    {
        var calibrator = VideoCalibrator.Fit(Videos(3, 200, separation: 30, seed: 2));
        Assert.Equal(600 * 2, calibrator.Videos);
        Assert.InRange(calibrator.UpperBound, 0, Math.Log10(4) + 1e-12);
        Assert.InRange(calibrator.LowerBound, -Math.Log10(4) - 1e-12, 0);
    }

    [Fact]
    public void The_ratio_does_not_depend_on_how_many_people_of_each_class_there_are()
    {
        var all = Videos(400, 1, separation: 2, seed: 3);
        var lopsided =
            all.Where(video => video.Generated || int.Parse(video.Identity, System.Globalization.CultureInfo.InvariantCulture) < 100)
            .ToArray();
        // Equal Gaussians at 0 and 2: the true ratio at 1 is 1 and its slope 2 per unit, 0.869 in log10.
        foreach (var calibrator in new[] { VideoCalibrator.Fit(all), VideoCalibrator.Fit(lopsided) })
        {
            Assert.Equal(0, calibrator.Llr(1), 0.12);
            Assert.Equal(2 / Math.Log(10), calibrator.Slope, 0.2);
        }
    }

    [Fact]
    public void A_person_with_many_videos_weighs_one()
    {
        var videos = Videos(10, 1, separation: 2, seed: 4);
        var repeated = videos.Concat(Enumerable.Repeat(videos[0], 50)).ToArray();
        var plain = VideoCalibrator.Fit(videos);
        var heavy = VideoCalibrator.Fit(repeated);
        Assert.Equal(plain.Slope, heavy.Slope, 1e-9);
        Assert.Equal(plain.Offset, heavy.Offset, 1e-9);
    }

    [Fact]
    public void An_order_that_calibration_people_contradict_is_inconclusive_everywhere()
    {
        var calibrator =
            VideoCalibrator.Fit([.. Videos(20, 2, separation: 3, seed: 5).Select(video => video with { Score = -video.Score })]);
        Assert.Equal(0, calibrator.Slope);
        Assert.All(new[] { -3.0, -1.5, 0 }, score => Assert.Equal(Verdict.Inconclusive, calibrator.Judge(Video(score)).Verdict));
    }

    [Fact]
    public void Verdicts_use_the_designs_words_and_give_a_reason_when_there_is_none()
    {
        var calibrator = VideoCalibrator.Fit(Videos(60, 2, separation: 4, seed: 6));
        Assert.Equal("consistent with generated", calibrator.Judge(Video(4)).Verdict);
        Assert.Equal("consistent with real", calibrator.Judge(Video(0)).Verdict);
        var middle = calibrator.Judge(Video(-calibrator.Offset / calibrator.Slope));
        Assert.Equal("inconclusive", middle.Verdict);
        Assert.Equal(0, middle.Llr!.Value, 1e-9);
        Assert.Matches("^log10 LR -?0 is within ±0.5$", middle.Reason);
        var outside = calibrator.Judge(Video(calibrator.MaximumScore + 0.01));
        Assert.Equal("inconclusive", outside.Verdict);
        Assert.Contains("outside the calibrated range", outside.Reason, StringComparison.Ordinal);
        var frame = calibrator.Judge(Video(4) with { Frames = 1 });
        Assert.Null(frame.Verdict);
        Assert.Null(frame.Llr);
        Assert.Equal(4, frame.Score);
    }

    [Fact]
    public void Missing_classes_and_scores_are_refused()
    {
        var videos = Videos(4, 1, separation: 1, seed: 7);
        Assert.Contains("0 with generated",
            Assert.Throws<UserErrorException>(() => VideoCalibrator.Fit([.. videos.Where(video => !video.Generated)])).Message,
            StringComparison.Ordinal);
        Assert.Contains("NaN",
            Assert.Throws<UserErrorException>(() => VideoCalibrator.Fit([videos[0] with { Score = double.NaN }, .. videos])).Message,
            StringComparison.Ordinal);
        Assert.Contains("0 generated", Assert.Throws<UserErrorException>(() => OperatingPoint.Choose([1, 2], [false, false])).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_threshold_is_the_midpoint_of_best_balanced_accuracy_whatever_the_order()
    {
        var point = OperatingPoint.Choose([0, 1, 2, 3, 4, 10], [false, false, true, false, true, true]);
        // Between 3 and 4: TPR 2/3, TNR 1; between 1 and 2: TPR 1, TNR 2/3. Tied and mirrored; both gaps are 1; the lower one.
        Assert.Equal(new OperatingPoint(1.5, 5 / 6.0, 1, 2 / 3.0), point with { BalancedAccuracy = 5 / 6.0 });
        Assert.Equal(5 / 6.0, point.BalancedAccuracy, 1e-12);
        Assert.Equal(point, OperatingPoint.Choose([10, 4, 3, 2, 1, 0], [true, true, false, true, false, false]));
        Assert.Equal(7, OperatingPoint.Choose([4, 10, 3], [false, true, false]).Threshold);
        Assert.Equal(0.5, OperatingPoint.Choose([2, 2], [false, true]).BalancedAccuracy);
        // Plain accuracy would take 6.5 (7 of 8 right, half the generated missed); balanced accuracy takes 4.25.
        Assert.Equal(4.25,
            OperatingPoint.Choose([1, 2, 3, 4, 5, 6, 4.5, 7], [false, false, false, false, false, false, true, true]).Threshold);
    }

    private static VideoScore Video(double score) => new("x", "v", Origins.Of(false), score, 0.1, 10);

    private static List<VideoScore> Videos(int people, int each, double separation, long seed)
    {
        var random = new SeededRandom(seed, "videos");
        return
        [
            .. from person in Enumerable.Range(0, people)
               from generated in new[] { false, true }
               from video in Enumerable.Range(0, each)
               select new VideoScore($"{person}", $"{person}-{generated}-{video}", Origins.Of(generated),
                   random.Gaussian(generated ? separation : 0), 0.1, 10),
        ];
    }
}

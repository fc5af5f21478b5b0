namespace ForensicHeads.Detector.Tests.Conditions;

/// <summary>Every condition and every step of the robustness ladder does what its name says.</summary>
public class LadderTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void The_ladder_holds_the_steps_of_the_design_and_refuses_others()
    {
        Assert.Equal(
            ["jpeg-90", "jpeg-70", "jpeg-50", "jpeg-30", "resize-half", "blur-1", "blur-2", "noise-2", "noise-5", "brightness-up-20",
                "brightness-down-20", "contrast-up-20", "contrast-down-20", "h264-crf18", "h264-crf23", "h264-crf28",
                "h264-crf32", "h264-crf36", "h264-crf40"],
            FrameConditions.Ladder);
        Assert.Contains("blur-2", Assert.Throws<UserErrorException>(() => FrameConditions.Step("clean")).Message, StringComparison.Ordinal);
        Assert.Contains("h264-crf40", Assert.Throws<UserErrorException>(() => FrameConditions.All.ByName("h264-crf41")).Message,
            StringComparison.Ordinal);
        Assert.Throws<UserErrorException>(() => new H264Condition(52));
    }

    [Fact]
    public void Every_step_but_clean_changes_every_frame_keeps_its_size_and_leaves_the_input_alone()
    {
        var sequences = Sequences(2, 4);
        foreach (var condition in FrameConditions.All.All)
        {
            var before = sequences.SelectMany(sequence => sequence).Select(frame => Hashes.Of(frame.Image.Pixels)).ToArray();
            var results = condition.Apply(sequences, Stop);
            Assert.Equal(before, sequences.SelectMany(sequence => sequence).Select(frame => Hashes.Of(frame.Image.Pixels)));
            Assert.Equal([4, 4], results.Select(result => result.Images.Count));
            var psnr = results.SelectMany((result, s) => result.Images.Select((image, f) => Psnr(sequences[s][f].Image, image))).ToArray();
            TestContext.Current.TestOutputHelper?.WriteLine($"{condition.Name}: {psnr.Min():0.0} … {psnr.Max():0.0} dB");
            // dB, below which a step would have destroyed the picture.
            if (condition.Name == "clean") Assert.All(psnr, value => Assert.True(double.IsPositiveInfinity(value)));
            else Assert.All(psnr, value => Assert.InRange(value, 8, 50));
            Assert.Equal(condition is H264Condition, results.All(result => result.Bits > 0));
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public void Noise_has_its_deviation_no_mean_and_another_draw_for_each_frame(int sigma)
    {
        var grey = new RgbImage(64, 64, [.. Enumerable.Repeat((byte)128, 64 * 64 * 3)]);
        var condition = FrameConditions.OfPixels.ByName($"noise-{sigma}");
        var values = condition.Apply(grey, "a", "v").Pixels.Select(value => value - 128.0).ToArray();
        // Grey levels: 12,288 draws, four standard errors of mean and deviation; rounding to whole levels adds a variance of 1/12.
        Assert.Equal(0, values.Average(), 4 * sigma / Math.Sqrt(values.Length));
        Assert.Equal(Math.Sqrt((sigma * sigma) + (1 / 12.0)), Math.Sqrt(values.Average(value => value * value)),
            4 * sigma / Math.Sqrt(2.0 * values.Length));
        Assert.Equal(condition.Apply(grey, "a", "w").Pixels, condition.Apply(grey, "a", "v").Pixels);
        Assert.NotEqual(condition.Apply(grey, "b", "v").Pixels, condition.Apply(grey, "a", "v").Pixels);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Blur_turns_an_edge_into_a_slope_of_its_width(int sigma)
    {
        var edge =
            new RgbImage(64, 16, [.. Enumerable.Range(0, 64 * 16).SelectMany(i => Enumerable.Repeat((byte)(i % 64 < 32 ? 0 : 255), 3))]);
        var blurred = FrameConditions.OfPixels.ByName($"blur-{sigma}").Apply(edge, "f", "v");
        // The slope's derivative is the kernel: its variance is σ², in pixels²; 8-bit rounding and sampling cost a few percent.
        var kernel = Enumerable.Range(1, 63).Select(x => (X: x - 32.0, Weight: (blurred[x, 8][0] - blurred[x - 1, 8][0]) / 255.0))
            .ToArray();
        Assert.Equal(1, kernel.Sum(point => point.Weight), 1e-12);
        Assert.Equal(sigma * sigma, kernel.Sum(point => point.Weight * point.X * point.X), 0.06 * sigma * sigma);
    }

    [Fact]
    public void Halving_and_enlarging_takes_the_finest_detail_and_keeps_the_coarse()
    {
        var checkers = new RgbImage(64, 64,
            [.. Enumerable.Range(0, 64 * 64).SelectMany(i => Enumerable.Repeat((byte)(((i % 64) + (i / 64)) % 2 == 0 ? 60 : 180), 3))]);
        var halved = FrameConditions.OfPixels.ByName("resize-half").Apply(checkers, "f", "v");
        Assert.All(halved.Pixels, value => Assert.Equal(120, value));
        var ramp = new RgbImage(64, 64, [.. Enumerable.Range(0, 64 * 64).SelectMany(i => Enumerable.Repeat((byte)(2 * (i % 64)), 3))]);
        Assert.True(Psnr(ramp, FrameConditions.OfPixels.ByName("resize-half").Apply(ramp, "f", "v")) > 45);
    }

    [Theory]
    [InlineData("up", 1.2)]
    [InlineData("down", 0.8)]
    public void Brightness_scales_the_mean_and_contrast_the_spread_around_it(string direction, double factor)
    {
        // 60 … 180: nothing is clipped.
        var image = Pictures.Scene(64, 4, noise: 1);
        for (var i = 0; i < image.Pixels.Length; i++) image.Pixels[i] = (byte)(60 + (image.Pixels[i] * 120 / 255));
        var (mean, spread) = Moments(image);
        var (brightMean, brightSpread) = Moments(FrameConditions.OfPixels.ByName($"brightness-{direction}-20").Apply(image, "f", "v"));
        var (contrastMean, contrastSpread) = Moments(FrameConditions.OfPixels.ByName($"contrast-{direction}-20").Apply(image, "f", "v"));
        // Rounding moves single values by half a level at most.
        Assert.Equal(factor * mean, brightMean, 0.05);
        Assert.Equal(factor * spread, brightSpread, 0.05);
        Assert.Equal(mean, contrastMean, 0.05);
        Assert.Equal(factor * spread, contrastSpread, 0.05);
    }

    [Fact]
    public void A_higher_rate_factor_costs_quality_and_saves_bits_and_both_are_those_of_the_sequence_alone()
    {
        var sequences = Sequences(3, 8);
        var (fine, coarse) = (new H264Condition(23).Apply(sequences, Stop), new H264Condition(40).Apply(sequences, Stop));
        for (var s = 0; s < sequences.Length; s++)
        {
            double Mean(ConditionedSequence result) => result.Images.Select((image, f) => Psnr(sequences[s][f].Image, image)).Average();
            Assert.True(Mean(fine[s]) > Mean(coarse[s]) + 2, $"{Mean(fine[s])} and {Mean(coarse[s])} dB");
            Assert.True(fine[s].Bits > 1.3 * coarse[s].Bits, $"{fine[s].Bits} and {coarse[s].Bits} bits");
            var alone = Assert.Single(new H264Condition(23).Apply([sequences[s]], Stop));
            Assert.Equal(fine[s].Bits, alone.Bits);
            Assert.Equal(fine[s].Images.Select(image => Hashes.Of(image.Pixels)), alone.Images.Select(image => Hashes.Of(image.Pixels)));
        }
    }

    [Fact]
    public void Frames_of_a_sequence_are_predicted_from_each_other()
    {
        // Eight frames that move cost far less than eight times one; were they coded one by one, it would be the same.
        var (one, eight) = (Sequences(1, 1), Sequences(1, 8));
        var condition = new H264Condition(23);
        Assert.True(condition.Apply(eight, Stop)[0].Bits < 6 * condition.Apply(one, Stop)[0].Bits);
    }

    [Fact]
    public void Sequences_of_unequal_length_and_odd_sizes_are_refused()
    {
        var error = Assert.Throws<UserErrorException>(() => new H264Condition(23).Apply([.. Sequences(1, 4), .. Sequences(1, 5)], Stop));
        Assert.Contains("4 to 5 frames", error.Message, StringComparison.Ordinal);
        var odd = new ConditionFrame(new RgbImage(63, 64), Face, "f", "v");
        Assert.Contains("63×64", Assert.ThrowsAny<Exception>(() => new H264Condition(23).Apply([[odd]], Stop)).ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Face_only_gives_two_pictures_that_differ_in_the_background_the_same_face()
    {
        var frame = Sequences(1, 1)[0][0];
        var result = new FaceOnlyCondition().Apply([[frame]], Stop)[0].Images[0];
        Assert.Equal(FaceHull.FaceOnly(frame.Image, frame.Landmarks).Pixels, result.Pixels);
        Assert.Equal(frame.Image[32, 32].ToArray(), result[32, 32].ToArray());
        Assert.Equal(result[0, 0].ToArray(), result[63, 63].ToArray());
    }

    [Fact]
    public void Augmentation_gives_what_is_made_from_a_video_the_step_of_the_video_and_another_copy_another_step()
    {
        var (first, second) = (new AugmentCondition(1, 0), new AugmentCondition(1, 1));
        Assert.Equal("augment-0", first.Name);
        var videos = Enumerable.Range(0, 60).Select(i => $"video{i}").ToArray();
        Assert.True(videos.Select(first.StepOf).Distinct().Count() >= 12);
        Assert.Contains(videos, video => first.StepOf(video) != second.StepOf(video));
        var sequences = Sequences(3, 2);
        ConditionFrame[][] made =
            [.. sequences.Select(sequence => sequence.Select(frame => frame with { Name = frame.Name + "-made" }).ToArray())];
        var results = first.Apply([.. sequences, .. made], Stop);
        for (var s = 0; s < sequences.Length; s++)
        {
            var step = FrameConditions.Step(first.StepOf(sequences[s][0].Video));
            Assert.Equal(step.Apply([sequences[s]], Stop)[0].Images[1].Pixels, results[s].Images[1].Pixels);
            Assert.Equal(step.Apply([made[s]], Stop)[0].Images[1].Pixels, results[3 + s].Images[1].Pixels);
        }
    }

    private static Landmarks68 Face =>
        new([.. Enumerable.Range(0, 68).SelectMany(i => new[] { 32 + (18 * MathF.Cos(i)), 32 + (20 * MathF.Sin(i)) })]);

    // A scene that drifts to the left, with sensor noise of its own in each frame.
    private static ConditionFrame[][] Sequences(int count, int frames) => [.. Enumerable.Range(0, count).Select(s =>
    {
        var wide = Pictures.Scene(128, 40 + s, noise: 0);
        return Enumerable.Range(0, frames).Select(f =>
        {
            var random = new SeededRandom(f, $"sensor{s}");
            var image = new RgbImage(64, 64);
            for (var y = 0; y < 64; y++)
            {
                for (var x = 0; x < 64; x++)
                {
                    for (var c = 0; c < 3; c++) image[x, y][c] = (byte)Math.Clamp(wide[x + f, y][c] + random.Gaussian(0, 3), 0, 255);
                }
            }

            return new ConditionFrame(image, Face, $"s{s}-f{f}", $"s{s}");
        }).ToArray();
    })];

    private static (double Mean, double Spread) Moments(RgbImage image)
    {
        var mean = image.Pixels.Average(value => (double)value);
        return (mean, Math.Sqrt(image.Pixels.Average(value => (value - mean) * (value - mean))));
    }

    private static double Psnr(RgbImage a, RgbImage b)
    {
        Assert.Equal((a.Width, a.Height), (b.Width, b.Height));
        var error = a.Pixels.Zip(b.Pixels, (x, y) => (double)(x - y) * (x - y)).Average();
        return error == 0 ? double.PositiveInfinity : 10 * Math.Log10(255 * 255 / error);
    }
}

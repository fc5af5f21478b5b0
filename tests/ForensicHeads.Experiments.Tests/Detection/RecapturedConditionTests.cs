namespace ForensicHeads.Experiments.Tests.Detection;

public class RecapturedConditionTests
{
    private static readonly RgbImage Grey = new(64, 64, [.. Enumerable.Repeat((byte)128, 64 * 64 * 3)]);
    private readonly RecapturedCondition condition = new(1);

    [Fact]
    public void The_same_picture_and_names_give_the_same_bytes_and_the_picture_is_left_alone()
    {
        Assert.Equal(condition.Apply(Grey, "f", "v").Pixels, new RecapturedCondition(1).Apply(Grey, "f", "v").Pixels);
        Assert.All(Grey.Pixels, value => Assert.Equal(128, value));
    }

    [Fact]
    public void Another_frame_video_or_seed_gives_another_picture()
    {
        var picture = condition.Apply(Grey, "f", "v").Pixels;
        Assert.NotEqual(picture, condition.Apply(Grey, "g", "v").Pixels);
        Assert.NotEqual(picture, condition.Apply(Grey, "f", "w").Pixels);
        Assert.NotEqual(picture, new RecapturedCondition(2).Apply(Grey, "f", "v").Pixels);
    }

    [Fact]
    public void Frames_of_one_video_share_a_camera()
    {
        // The fixed pattern is what a camera's frames have in common: means over frames of one camera correlate, those of two do not.
        var (a, b, other) = (Mean("v", 0), Mean("v", 40), Mean("w", 0));
        Assert.True(Correlation(a, b) > 0.2);
        // 12,288 samples, smoothed by demosaicing and JPEG to fewer: five standard deviations are below 0.15.
        Assert.InRange(Correlation(a, other), -0.15, 0.15);
    }

    private double[] Mean(string video, int first)
    {
        var sum = new double[Grey.Pixels.Length];
        for (var i = 0; i < 40; i++)
        {
            var pixels = condition.Apply(Grey, $"frame{first + i}", video).Pixels;
            for (var j = 0; j < sum.Length; j++) sum[j] += pixels[j];
        }

        return sum;
    }

    private static double Correlation(double[] a, double[] b)
    {
        var (meanA, meanB) = (a.Average(), b.Average());
        var products = a.Zip(b).Sum(pair => (pair.First - meanA) * (pair.Second - meanB));
        return products / Math.Sqrt(a.Sum(value => (value - meanA) * (value - meanA)) * b.Sum(value => (value - meanB) * (value - meanB)));
    }
}

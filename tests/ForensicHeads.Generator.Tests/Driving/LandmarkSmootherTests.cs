namespace ForensicHeads.Generator.Tests.Driving;

public sealed class LandmarkSmootherTests
{
    private const float Noise = 0.5f;
    private const int Length = 75;
    private static readonly double[] Times = [.. Enumerable.Range(0, Length).Select(i => i / 25.0)];
    private static readonly Landmarks68 Still = ProceduralMotion.Landmarks(0, 0, 1)[0].Transform(16, 0, 0);

    [Fact]
    public void A_still_face_trembles_at_most_half_as_much()
    {
        var noisy = Tremble(i => Still);
        var smooth = LandmarkSmoother.Smooth(noisy, Times, DrivingOptions.UsualSmoothing);
        Assert.InRange(Jitter(smooth) / Jitter(noisy), 0.05, 0.5);
    }

    [Theory]
    [InlineData("blink")]
    [InlineData("mouth")]
    public void A_fast_movement_keeps_nine_tenths_of_its_way(string what)
    {
        // Closed for one frame of 25 a second, half way in the frames before and after: as fast as a blink, or as a p.
        double Share(int i) => i == 40 ? 1 : i is 39 or 41 ? 0.5 : 0;
        var clean = Enumerable.Range(0, Length).Select(i => Moved(what, Share(i))).ToArray();
        var smooth = LandmarkSmoother.Smooth(Tremble(i => clean[i]), Times, DrivingOptions.UsualSmoothing);
        var (before, at) = (Opening(what, smooth[30]), Opening(what, smooth[40]));
        var (wasBefore, wasAt) = (Opening(what, clean[30]), Opening(what, clean[40]));
        Assert.InRange((before - at) / (wasBefore - wasAt), 0.9, 1.1);
    }

    [Fact]
    public void A_turning_head_is_not_held_back()
    {
        // 40 pixels to the right and back within a second and a half, in pictures of 256.
        Landmarks68 At(int i) => Still.Transform(1, (float)(40 * Math.Sin(i / 25.0 * Math.PI / 1.5)), 0);
        var smooth = LandmarkSmoother.Smooth(Tremble(At), Times, DrivingOptions.UsualSmoothing);
        for (var i = 5; i < Length - 5; i++) Assert.Equal(At(i).Values[54], smooth[i].Values[54], 2.5f * Noise);
    }

    [Fact]
    public void Exact_landmarks_no_time_or_few_frames_change_nothing()
    {
        var exact = Enumerable.Repeat(Still, Length).ToArray();
        foreach (var frame in LandmarkSmoother.Smooth(exact, Times, 0.08)) Assert.All(
            frame.Values.Zip(Still.Values), pair => Assert.Equal(pair.Second, pair.First, 1e-3f));
        var noisy = Tremble(i => Still);
        Assert.Same(noisy, LandmarkSmoother.Smooth(noisy, Times, 0));
        Assert.Equal(4, LandmarkSmoother.Smooth(noisy[..4], Times[..4], 0.08).Count);
    }

    private static Landmarks68[] Tremble(Func<int, Landmarks68> clean)
    {
        var random = new SeededRandom(1, "tremble");
        return [.. Enumerable.Range(0, Length)
            .Select(i => new Landmarks68([.. clean(i).Values.Select(value => (float)(value + (Noise * random.Gaussian())))]))];
    }

    private static Landmarks68 Moved(string what, double share)
    {
        var values = (float[])Still.Values.Clone();
        if (what == "blink")
        {
            foreach (var (upper, lower) in new[] { (37, 41), (38, 40), (43, 47), (44, 46) }) values[(2 * upper)
                + 1] += (float)(share * (values[(2 * lower) + 1] - values[(2 * upper) + 1]));
        }
        else
        {
            // Open by 14 pixels but for the moment of closing.
            foreach (var point in new[] { 55, 56, 57, 58, 59, 65, 66, 67, 7, 8, 9 }) values[(2 * point) + 1] += (float)(14 * (1 - share));
        }

        return new Landmarks68(values);
    }

    private static double Opening(string what, Landmarks68 frame) =>
        what == "blink" ? frame[41].Y - frame[37].Y + frame[40].Y - frame[38].Y : frame[66].Y - frame[62].Y;

    private static double Jitter(IReadOnlyList<Landmarks68> frames) =>
        frames.Skip(1).Zip(frames, (next, frame) => Enumerable.Range(0, 68).Average(i => Landmarks68.Distance(next, i, frame, i)))
            .Average();
}
